import { expect, test } from 'vitest';
import type { Rule } from '../protocol/rules.ts';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';

declare const lab: Lab;

/** Rules that hide and mask come and go while nodes move in and out: what has come of it is what a new picture shows. */
eachInLab();

test.for(seeds(3))('rules come and go by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML = '<div id=root><section class=m></section><section class=h></section></div>';
    const root = document.getElementById('root')!;
    const gone: Element[] = [];
    let count = 0;
    let frames = 0;
    const rule = (action: 'mask' | 'hide', ...selectors: string[]): Rule => ({ name: '', urls: [], selectors, action });
    const rules = [
      rule('mask', '.m'),
      rule('hide', '.h'),
      rule('mask', 'ul > li:first-child'),
      rule('hide', 'section section p'),
      rule('mask', 'svg, select'),
      rule('hide', 'p:has(b)'),
      rule('mask', '[title]'),
    ];
    let inForce = rules.slice(0, 2);
    // Of letters, and short: what was masked is masked for as long as a session lives, wherever it stands.
    const text = (): string => `w${(count += 1).toString(4).replace(/\d/gu, (digit) => 'abcd'[+digit]!)}`;
    const mark = (): string =>
      one(['', '', '', ' class=m', ' class=h', ' title=t', ' data-alongside=mask', ' data-alongside=hide']);
    const markup = (): string =>
      one([
        () => `<p${mark()}>${text()} <b${mark()}>${text()}</b> ${text()}</p>`,
        () => `<p${mark()}>${text()}</p>`,
        () => `<section${mark()}>${text()}<p${mark()}>${text()}</p></section>`,
        () => `<ul${mark()}><li>${text()}<li${mark()}>${text()}<li>${text()}</ul>`,
        () => `<svg viewBox="0 0 9 9"><g><text>${text()}</text></g></svg>`,
        () => `<select${mark()}><option>a<option selected>b<option>c</select>`,
        () => `<section${mark()}><template shadowrootmode=open><p${mark()}>${text()}</p></template>${text()}</section>`,
        () => `<input type=checkbox checked${mark()}>`,
        () => `<details open${mark()}><summary>s</summary>${text()}</details>`,
        () =>
          (frames += 1) < 12
            ? `<iframe${mark()} srcdoc="<section class=${one(['m', 'h', 'x'])}><p>${text()}</section><p class=${one(['m', 'h', 'x'])}>${text()}"></iframe>`
            : '<hr>',
      ])();
    const roots = (): (Element | ShadowRoot)[] => {
      const found: (Element | ShadowRoot)[] = [root];
      for (const at of found)
        for (const element of at.querySelectorAll('*')) {
          if (element.shadowRoot) found.push(element.shadowRoot);
          const body = (element as HTMLIFrameElement).contentDocument?.body;
          if (body?.firstChild) found.push(body);
        }
      return found;
    };
    const all = (): Element[] => roots().flatMap((at) => [...at.querySelectorAll('*:not(option)')]);
    const { holds } = lab;
    const put = (element: Element): void => {
      const into = element.matches('g, text') ? 'svg, g' : 'section, li, p, ul, details, td';
      const tops = element.matches('g, text') ? [] : roots();
      const places = [...tops, ...all().filter((at) => at.matches(into))].filter((place) => !holds(element, place));
      if (places.length === 0) return;
      const place = one<Element | ShadowRoot>(places);
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const make = (): Element => {
      const made = document.createElement('section');
      made.setHTMLUnsafe(markup());
      return made;
    };
    const change = (): void => {
      const kind = below(20);
      const elements = all();
      const element = elements.length > 0 ? one(elements) : null;
      if (kind < 3 || !element || elements.length < 14) put(make());
      else if (kind < 6) {
        const next = rules.filter(() => below(2) === 0);
        // They come by themselves, never amid what a script does.
        setTimeout(() => lab.publish((inForce = next)));
      } else if (kind === 6) element.classList.toggle(one(['m', 'h']));
      else if (kind === 7) element.toggleAttribute('title');
      else if (kind === 8) element.setAttribute('data-alongside', one(['mask', 'hide']));
      else if (kind === 9)
        one(elements.filter((at) => at.hasAttribute('data-alongside')))?.removeAttribute('data-alongside');
      else if (kind < 12) put(element);
      else if (kind === 12 && element.parentElement)
        element.parentElement.moveBefore(element, below(2) ? element.parentElement.firstChild : null);
      else if (kind === 13) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 14 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 15 && element.firstChild?.nodeType === Node.TEXT_NODE) element.firstChild.nodeValue = text();
      else if (kind === 16 && element.matches('p, section, li, b')) element.append(text());
      else if (kind === 17) (element as HTMLElement).style?.setProperty('width', `${below(90)}px`);
      else if (kind === 18 && element.localName === 'select') (element as HTMLSelectElement).selectedIndex = below(3);
      else if (kind === 19 && element.matches('p, section') && !element.shadowRoot)
        element.attachShadow({ mode: 'open' }).innerHTML = `<p${mark()}>${text()}</p>`;
      if (elements.length > 90) root.firstElementChild?.remove();
    };
    Object.assign(window, {
      storm: () => lab.storm(chance, 16, change),
      anew: () => lab.start(inForce),
    });
    for (let step = 0; step < 20; step += 1) change();
    lab.hurryClock(chance);
    await lab.start(inForce);
  }, seed);
  for (let round = 0; round < 3; round += 1) {
    await page.evaluate('storm()');
    const changed = await whenStill();
    await page.evaluate('anew()');
    await expect
      .poll(async () => firstOther(changed, await page.evaluate(() => lab.mirrorWhole())), { timeout: 5_000 })
      .toBe('');
    expect(await page.evaluate(() => lab.faults())).toEqual([]);
  }
});

/** What the mirror shows once nothing comes any more. */
async function whenStill(): Promise<string> {
  let last = '';
  for (let times = 0; times < 6;) {
    const now = await page.evaluate(async () => {
      await lab.settle();
      return lab.mirrorWhole();
    });
    times = now === last ? times + 1 : 0;
    last = now;
  }
  return last;
}

/** Where the mirror is not what a new picture shows. */
function firstOther(changed: string, anew: string): string {
  const [lines, others] = [changed.split('\n'), anew.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  if (at === -1) return lines.length === others.length ? '' : `then: ${others[lines.length]}`;
  return `${lines.slice(Math.max(0, at - 3), at + 4).join('\n')}\nanew: ${others.slice(at, at + 4).join('\n')}`;
}
