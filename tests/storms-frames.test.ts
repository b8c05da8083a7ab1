import { test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** Frames that come, go, move, are written into and led elsewhere, one in the other, while what is in them changes. */
eachInLab();

test.for(seeds(3))('frames change by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML = '<div id=root><section></section><section></section></div>';
    const root = document.getElementById('root')!;
    const gone: Element[] = [];
    let count = 0;
    let made = 0;
    const markup = (depth: number): string => {
      count += 1;
      const inner = depth < 3 && below(4) === 0 ? `<iframe srcdoc="<b>inner${count}</b>"></iframe>` : '';
      return `<section class=s><p>t${count}</p><input value=v${count}>${inner}</section>`;
    };
    /** Those that the page may read, and how deep they are. */
    const documents = (): [Document, number][] => {
      const found: [Document, number][] = [[document, 0]];
      for (const [at, depth] of found)
        for (const { contentDocument } of framesIn(at))
          if (contentDocument?.body) found.push([contentDocument, depth + 1]);
      return found;
    };
    const framesIn = (at: Document): HTMLIFrameElement[] => {
      const shadows = [...at.querySelectorAll('section')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
      return [at, ...shadows].flatMap((place) => [...place.querySelectorAll('iframe')]);
    };
    const placesIn = (at: Document): ParentNode[] => {
      const sections = [...(at === document ? root : at.body).querySelectorAll('section')];
      const shadows = sections.flatMap(({ shadowRoot }) => shadowRoot ?? []);
      return [at === document ? root : at.body, ...sections, ...shadows];
    };
    const put = (element: Element, at: Document): void => {
      const place = one(placesIn(at).filter((other) => !element.contains(other) && !contains(element, other)));
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const contains = (element: Element, place: Node): boolean => {
      const shadow = place.getRootNode();
      return shadow instanceof ShadowRoot && element.contains(shadow.host);
    };
    const frame = (at: Document, depth: number): HTMLIFrameElement => {
      const element = at.createElement('iframe');
      made += 1;
      const kind = below(4);
      if (kind === 0) element.src = 'data:text/html,elsewhere';
      else if (kind < 3) element.srcdoc = markup(depth);
      return element;
    };
    const change = (): void => {
      const kind = below(18);
      const [at, depth] = one(documents());
      const frames = framesIn(at);
      const some = frames.length > 0 ? one(frames) : null;
      const inner = some?.contentDocument ?? null;
      const [, section] = placesIn(at);
      if (made < 60 && depth < 3 && (kind === 0 || (!some && kind < 9))) put(frame(at, depth + 1), at);
      else if (kind === 1 && some) some.srcdoc = markup(depth + 1);
      else if (kind === 2 && some) some.src = one(['about:blank', 'data:text/html,else', 'about:blank#a']);
      else if (kind === 3 && some) some.removeAttribute('srcdoc');
      else if (kind === 4 && some) put(some, at);
      else if (kind === 5 && some) {
        some.remove();
        if (below(2) === 0) gone.push(some);
      } else if (kind === 6 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!, at);
      else if (kind === 7 && inner) {
        inner.open();
        inner.write(markup(depth + 1));
        if (below(2) === 0) inner.close();
      } else if (kind === 8 && inner) inner.write(markup(depth + 1));
      else if (kind === 9 && inner) {
        const anew = inner.createElement('html');
        anew.innerHTML = `<body>${markup(depth + 1)}`;
        if (inner.documentElement) inner.documentElement.replaceWith(anew);
        else inner.append(anew);
      } else if (kind === 10 && inner?.body) inner.body.innerHTML = markup(depth + 1);
      else if (kind === 11 && section instanceof Element && section.parentNode) {
        const parent = section.parentNode as ParentNode & Node;
        (parent as Element).moveBefore(section, below(2) ? parent.firstChild : null);
      } else if (kind === 12 && section instanceof Element) {
        section.remove();
        if (below(2) === 0) gone.push(section);
      } else if (kind === 13 && section instanceof Element && !section.shadowRoot) {
        const shadow = section.attachShadow({ mode: 'open' });
        shadow.innerHTML = `<p>shadow</p>${below(2) ? '<slot></slot>' : ''}`;
      } else if (kind === 14) {
        const field = at.querySelector('input');
        if (field) field.value = `w${(count += 1)}`;
      } else if (kind === 15 && at.head) {
        const style = at.head.querySelector('style') ?? at.head.appendChild(at.createElement('style'));
        if (below(2) === 0) style.sheet?.insertRule(`p { --p: ${(count += 1)} }`);
        else style.textContent = `p { --q: ${(count += 1)} }`;
      } else {
        const made = at.createElement('section');
        made.innerHTML = markup(depth);
        put(made, at);
      }
      if (at.querySelectorAll('section').length > 12) at.querySelector('#root > section, body > section')?.remove();
    };
    Object.assign(window, { storm: () => lab.storm(chance, 14, change) });
    for (let step = 0; step < 8; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
});
