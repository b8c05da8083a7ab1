import '../frame/frame.ts';

const contents = [...document.querySelectorAll<HTMLAnchorElement>('#contents a')];

/** Marks the section being read in the table of contents. */
const observer = new IntersectionObserver(
  (entries) => {
    const seen = entries.find((entry) => entry.isIntersecting);
    if (!seen) return;
    for (const link of contents) {
      if (link.hash === `#${seen.target.id}`) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  },
  { rootMargin: '-15% 0px -75% 0px' },
);
for (const heading of document.querySelectorAll('.prose h2[id]')) observer.observe(heading);
