import { afterAll, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** What the page hides and shows again while it changes: empty boxes stand in its place, and no word of it is told. */
eachInLab();

/** How often a secret was looked for: chance may leave a round without any, and not all of them. */
let looked = 0;
afterAll(() => expect(looked).toBeGreaterThan(0));

test.for(seeds(3))('boxes come and go by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML = '<div id=root><section></section><section></section></div>';
    const root = document.getElementById('root')!;
    const gone: Element[] = [];
    let count = 0;
    let frames = 0;
    /** Words that nobody may have seen yet, by the node that has them. */
    const secrets = new Map<string, Node>();
    const told = new Set<string>();
    // Of letters alone: of what has been hidden, numbers are not told again.
    const word = (): string =>
      `zq${(count += 1)}xk${first}w${below(1e6)}`.replace(/\d/gu, (digit) => 'abcdefghij'[+digit]!);
    const markup = (): string =>
      one([
        () => `<p title=${word()}>${word()}</p>`,
        () => `<p>${word()} <b>${word()}</b> ${word()}</p>`,
        () => `<section class=s>${word()}<p>${word()}</p></section>`,
        () => `<section class=s><i style="float:left;width:${below(90)}px">${word()}</i></section>`,
        () => `<ul><li>${word()}<li>${word()}<li>${word()}</ul>`,
        () => `<table><tr><td>${word()}<td>${word()}<tr><td>${word()}</table>`,
        () => `<svg viewBox="0 0 9 9"><g><text>${word()}</text></g><path d="M0 0h9v9"/></svg>`,
        () => `<select><option>a<option selected>b<option>c</select>`,
        () => `<input value=${below(999)}>`,
        () => `<details open><summary>${word()}</summary>${word()}</details>`,
        () => `<dialog open>${word()}</dialog>`,
        () => `<div popover=manual>${word()}</div>`,
        () => `<span>${word()}</span>`,
        () => `<canvas width=${below(50)} height=9></canvas>`,
        () => `<div style="display:none">${word()}</div>`,
        () => ((frames += 1) < 25 ? `<iframe srcdoc="<section>${word()}</section><p>${word()}"></iframe>` : '<hr>'),
      ])();
    const framesIn = (at: Document | ShadowRoot): Document[] =>
      [...at.querySelectorAll('iframe')].flatMap(({ contentDocument }) =>
        contentDocument?.body?.firstChild ? contentDocument : [],
      );
    /** The page's own, and all below it. */
    const roots = (): (Document | ShadowRoot)[] => {
      const found: (Document | ShadowRoot)[] = [document];
      for (const at of found) {
        for (const { shadowRoot } of at.querySelectorAll('section, li, p, span'))
          if (shadowRoot) found.push(shadowRoot);
        found.push(...framesIn(at));
      }
      return found;
    };
    const topOf = (at: Document | ShadowRoot): Element | ShadowRoot =>
      at === document ? root : at.nodeType === Node.DOCUMENT_NODE ? (at as Document).body : (at as ShadowRoot);
    const all = (): Element[] => roots().flatMap((at) => [...topOf(at).querySelectorAll('*')]);
    const around = (at: Node): Node | null =>
      at.parentNode ?? (at as ShadowRoot).host ?? (at as Document).defaultView?.frameElement ?? null;
    const holds = (element: Element, place: Node): boolean => {
      for (let node: Node | null = place; node; node = around(node)) if (node === element) return true;
      return false;
    };
    const isHidden = (node: Node): boolean => {
      for (let at: Node | null = node; at; at = around(at))
        if (at.nodeType === Node.ELEMENT_NODE && (at as Element).hasAttribute('data-alongside')) return true;
      return false;
    };
    const put = (element: Element): void => {
      const places = roots()
        .map(topOf)
        .flatMap((top) =>
          element.matches('g, path, text')
            ? [...top.querySelectorAll('svg, g')]
            : [top, ...top.querySelectorAll('section, li, td, g, details')],
        )
        .filter((place) => !holds(element, place));
      if (places.length === 0) return;
      const place = one(places);
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const make = (): Element => {
      const made = document.createElement('div');
      made.innerHTML = markup();
      return made.firstElementChild!;
    };
    /** After each step: whatever can be seen now may be told. */
    const note = (): void => {
      const see = (said: string | null, node: Node): void => {
        if (!said?.includes('xk')) return;
        if (!isHidden(node)) {
          told.add(said);
          secrets.delete(said);
        } else if (!told.has(said)) secrets.set(said, node);
      };
      for (const at of roots()) {
        const walker = document.createTreeWalker(topOf(at), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.nodeType === Node.TEXT_NODE) see(node.nodeValue!.trim(), node);
          else for (const { value } of (node as Element).attributes) see(value, node);
          if ('value' in node && typeof node.value === 'string') see(node.value, node);
        }
      }
    };
    const change = (): void => {
      // Frames have loaded meanwhile.
      note();
      const kind = below(20);
      const elements = all();
      const element =
        elements.length > 0 ? one(elements.filter(({ localName }) => !/^option$/u.test(localName))) : null;
      const hidden = elements.filter((at) => at.hasAttribute('data-alongside'));
      if (kind < 2 || !element || elements.length < 10) put(make());
      else if (kind < 5) element.setAttribute('data-alongside', 'hide');
      else if (kind < 7 && hidden.length > 0) one(hidden).removeAttribute('data-alongside');
      else if (kind === 7 || kind === 8) put(element);
      else if (kind === 9 && hidden.length > 0) put(one(hidden));
      else if (kind === 10) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 11 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 12) {
        const text = element.firstChild;
        if (text?.nodeType === Node.TEXT_NODE) text.nodeValue = word();
        else if (/^(?:p|section|span|li)$/u.test(element.localName)) element.append(word());
      } else if (kind === 13) element.setAttribute('title', word());
      else if (kind === 14 && /^(?:section|p|span)$/u.test(element.localName) && !element.shadowRoot) {
        element.attachShadow({ mode: 'open' }).innerHTML = `<p>${word()}</p>${below(2) ? '<b></b>' : ''}`;
      } else if (kind === 15 && element.parentElement) {
        element.parentElement.moveBefore(element, below(2) ? element.parentElement.firstChild : null);
      } else if (kind === 16) {
        // A frame's whole page, or the part of a component that is shown.
        const [, ...inner] = roots();
        const at = inner.length > 0 ? one(inner) : null;
        const top = at && (at.nodeType === Node.DOCUMENT_NODE ? (at as Document).body : at.firstElementChild);
        if (top?.toggleAttribute('data-alongside')) top.setAttribute('data-alongside', 'hide');
      } else if (kind === 17) (element as HTMLElement).style?.setProperty('width', `${below(90)}px`);
      else if (kind === 18)
        (element as HTMLElement).style?.setProperty('display', one(['none', 'block', 'inline', 'flex']));
      else if (kind === 19 && hidden.length > 0) {
        // What is hidden is rendered anew.
        const old = one(hidden);
        const anew = old.cloneNode(true) as Element;
        if (below(3) === 0) anew.removeAttribute('data-alongside');
        old.replaceWith(anew);
      }
      if (elements.length > 90) root.firstElementChild?.remove();
      note();
    };
    let looked = 0;
    const leaked: string[] = [];
    /** Each time anew: what is a secret now may be shown later. */
    const lookForLeaks = (): void => {
      const wire = lab.wireText();
      looked += secrets.size;
      const found = [...secrets].filter(([said]) => wire.includes(said));
      leaked.push(
        ...found.map(([said, node]) => `${said} in ${(node as Element).outerHTML ?? node.parentElement?.outerHTML}`),
      );
    };
    Object.assign(window, {
      storm: () => {
        lookForLeaks();
        return lab.storm(chance, 16, change);
      },
      leaks: () => {
        lookForLeaks();
        return leaked;
      },
      looked: () => looked,
    });
    for (let step = 0; step < 40; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
  expect(await page.evaluate('leaks()')).toEqual([]);
  looked += await page.evaluate<number>('looked()');
});
