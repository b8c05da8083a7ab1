import { expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';

declare const lab: Lab;

/** Attributes of every kind and pictures from everywhere change, and the files of these come in any order. */
eachInLab();

test.for(seeds(3))('attributes and pictures change by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML = '<div id=root class=pictured></div>';
    const root = document.getElementById('root')!;
    const gone: Element[] = [];
    let count = 0;
    const XLINK = 'http://www.w3.org/1999/xlink';
    const XML = 'http://www.w3.org/XML/1998/namespace';
    const drawing = (): string =>
      `data:image/svg+xml;base64,${btoa(`<svg xmlns='http://www.w3.org/2000/svg' width='${1 + below(9)}' height='${(count += 1)}'/>`)}`;
    const blobs: string[] = [];
    const blob = (): string => {
      const url = URL.createObjectURL(new Blob([atob(drawing().split(',')[1]!)], { type: 'image/svg+xml' }));
      blobs.push(url);
      return url;
    };
    const file = (): string =>
      one([drawing, drawing, blob, () => `/lab/${below(6)}.png`, () => `p${below(6)}.png?a=1`, () => ''])();
    const set = (): string =>
      one([() => `${drawing()} 1x`, () => `${blob()} 1x`, () => `${drawing()} 20w, ${drawing()} 2000w`])();
    const markup = (): string =>
      one([
        () => `<img src="${file()}">`,
        () => `<img src="${drawing()}" srcset="${set()}" sizes="${below(900)}px">`,
        () => `<img srcset="${set()}">`,
        () => `<img loading=lazy src="${file()}">`,
        () =>
          `<picture><source srcset="${set()}" media="(min-width: ${below(3000)}px)"><img src="${drawing()}"></picture>`,
        () => `<input type=image src="${file()}">`,
        () => `<video poster="${file()}"></video>`,
        () => `<object data-object data="${file()}"></object>`,
        () => `<table><tr><td background="${file()}">t</table>`,
        () => `<p style="background: url('${file()}')">p</p>`,
        () => `<p style="color: red">p</p>`,
        () =>
          `<svg><image href="${file()}"/><rect fill="url(#a)"/><a xlink:href="#a${count}" xml:lang="en"/><use href="#u${count}"/></svg>`,
        () => `<b @click="a" :x="b" [y]="c" (z)="d" #r *i="e" v-on:x.y="f" data-ä="g" "q="h" _="">t</b>`,
        () => `<a href="/x/y${count}" target=_blank rel="noopener x" download>a</a>`,
        () => `<details open><summary>s</summary></details>`,
        () => `<section><i>i</i></section>`,
        () => `<form name=f><button disabled popovertarget=x>b</button><fieldset disabled></fieldset></form>`,
      ])();
    const tops = (): ParentNode[] => {
      const found: ParentNode[] = [root];
      for (const at of found)
        for (const { shadowRoot } of at.querySelectorAll('section, p')) if (shadowRoot) found.push(shadowRoot);
      return found;
    };
    const all = (): HTMLElement[] => tops().flatMap((at) => [...at.querySelectorAll<HTMLElement>('*')]);
    const holds = (element: Element, place: Node): boolean => {
      for (let node: Node | null = place; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null)
        if (node === element) return true;
      return false;
    };
    const put = (element: Element): void => {
      if (element.namespaceURI?.endsWith('svg') && element.localName !== 'svg') return;
      const into = element.localName === 'source' || element.localName === 'img' ? 'section, picture' : 'section';
      const places = tops()
        .flatMap((at) => [at, ...at.querySelectorAll(into)])
        .filter((place) => !holds(element, place));
      const place = one(places);
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const make = (): Element => {
      const made = document.createElement('div');
      made.innerHTML = markup();
      return made.firstElementChild!;
    };
    const pick = (elements: HTMLElement[], selector: string): HTMLElement | null => {
      const found = elements.filter((element) => element.matches(selector));
      return found.length > 0 ? one(found) : null;
    };
    /** Nobody tells that one of the others has no file any more. */
    const PLAIN = 'img:not([srcset], picture > *)';
    const change = (): void => {
      const kind = below(28);
      const elements = all();
      const element = elements.length > 0 ? one(elements) : null;
      if (kind < 4 || !element || elements.length < 15) put(make());
      else if (kind === 4 && !element.matches('picture > *')) put(element);
      else if (kind === 5 && !element.matches('picture > *')) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 6 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind < 10) pick(elements, 'img, input')?.setAttribute('src', file());
      else if (kind === 10) pick(elements, PLAIN)?.removeAttribute('src');
      else if (kind === 11) pick(elements, 'img, source')?.setAttribute('srcset', set());
      else if (kind === 12) pick(elements, 'img')?.setAttribute('sizes', `${below(900)}px`);
      else if (kind === 13) pick(elements, 'source')?.setAttribute('media', one(['all', 'not all', '(width > 1px)']));
      else if (kind === 14) {
        const at = pick(elements, 'object, video, td, image')!;
        const name = { object: 'data', video: 'poster', td: 'background', image: 'href' }[at?.localName ?? ''];
        if (name) at[below(4) ? 'setAttribute' : 'removeAttribute'](name, file());
      } else if (kind === 15) {
        const at = pick(elements, 'svg a, svg use, svg image');
        if (at && below(4))
          at.setAttributeNS(
            XLINK,
            one(['xlink:href', 'href']),
            at.localName === 'image' ? file() : `#x${(count += 1)}`,
          );
        else at?.removeAttributeNS(XLINK, 'href');
      } else if (kind === 16) {
        const at = pick(elements, 'svg *');
        if (below(3)) at?.setAttributeNS(XML, one(['xml:lang', 'xml:space']), one(['de', 'fr', 'preserve']));
        else at?.removeAttribute('xml:lang');
      } else if (kind === 17)
        pick(elements, 'rect')?.setAttribute(one(['fill', 'mask', 'filter']), one(['red', 'url(#b)', 'none']));
      else if (kind === 18 && element.style) element.style.backgroundImage = one([`url("${file()}")`, 'none', '']);
      else if (kind === 19)
        element.style?.setProperty(one(['color', '--p', 'width', 'display']), one(['red', '9px', 'inherit', '']));
      else if (kind === 20)
        element.attributeStyleMap?.[below(3) ? 'set' : 'delete'](one(['opacity', 'z-index', '--q']), String(below(5)));
      else if (kind === 21) element.classList.toggle(one(['k', 'l', 'ä', 'm:n', 'w-[3px]']));
      else if (kind === 22)
        element.toggleAttribute(
          one([
            'hidden',
            'inert',
            'open',
            'contenteditable',
            'popover',
            'draggable',
            'translate',
            'disabled',
            'required',
          ]),
        );
      else if (kind === 23)
        element.setAttribute(
          one([
            'title',
            'lang',
            'dir',
            'data-x',
            'aria-label',
            'part',
            'role',
            'tabindex',
            'contenteditable',
            'hidden',
            'x:y',
            'nonce',
            'onclick',
          ]),
          one(['', 'rtl', 'true', String(count), 'x'.repeat(below(3) === 0 ? 70_000 : 3), '\u2028 <&> é']),
        );
      else if (kind === 24 && !element.matches('picture > *, [srcset]')) {
        for (const name of element.getAttributeNames())
          if (below(2) && !/^(?:data-object|type|class)$/u.test(name)) element.removeAttribute(name);
      } else if (kind === 25 && blobs.length > 0) URL.revokeObjectURL(one(blobs));
      else if (kind === 26 && /^(?:section|p)$/u.test(element.localName) && !element.shadowRoot) {
        element.attachShadow({ mode: 'open' }).innerHTML = `<slot></slot>${markup()}${markup()}`;
      } else if (kind === 27 && below(2)) {
        element.style?.setProperty('background', `url(${file()})`);
        if (element.style) element.style.cssText = one(['', 'color: blue', `background: url("${file()}")`]);
      } else if (kind === 27) {
        // Odd names, which only a parser makes, go from one element to the other.
        const [attribute] = pick(elements, 'b')?.attributes ?? [];
        if (attribute) {
          attribute.ownerElement?.removeAttributeNode(attribute);
          element.setAttributeNode(attribute);
          attribute.value = String(count);
        }
      }
      if (elements.length > 60) root.firstElementChild?.remove();
    };
    Object.assign(window, { storm: () => lab.storm(chance, 16, change) });
    lab.letPicturesCome((come) => void setTimeout(come, below(120)));
    for (let step = 0; step < 20; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  const difference = (): Promise<string> =>
    page.evaluate(() => {
      if (lab.faults().length > 0) return lab.faults().join('\n');
      const [seen, mirrored] = [lab.pictures().split('\n'), lab.mirrorPictures().split('\n')];
      const at = seen.findIndex((line, index) => line !== mirrored[index]);
      return at === -1 ? '' : `${seen[at]?.slice(0, 600)}\nin the mirror: ${mirrored[at]?.slice(0, 600)}`;
    });
  for (let round = 0; round < 4; round += 1) {
    await page.evaluate('storm()');
    await expect.poll(difference, { timeout: 20_000 }).toBe('');
  }
});
