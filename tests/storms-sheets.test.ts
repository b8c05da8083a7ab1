import { test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** Style sheets of all kinds that change, move, come and go, and are masked and not, while the page changes. */
eachInLab();

test.for(seeds(3))('sheets change by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML = `<div id=root>${'<section><p class=a></p><p class=b></p><p class=c></p></section>'.repeat(4)}<div id=host></div><div id=other></div></div>`;
    const root = document.getElementById('root')!;
    const roots: (Document | ShadowRoot)[] = [document];
    for (const id of ['host', 'other']) {
      const shadow = document.getElementById(id)!.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<p class=a></p><p class=b></p><p class=c></p>';
      roots.push(shadow);
    }
    let count = 0;
    const rule = (): string => {
      count += 1;
      const selector = one(['.a', '.b', '.c', 'p', ':host', 'section > .a']);
      const body = one([
        `color: rgb(${count % 256}, 1, 2)`,
        `--p: ${count}`,
        `--q: ${count}`,
        `--p: ${count}; --q: ${count}`,
      ]);
      const plain = `${selector} { ${body}${below(5) === 0 ? ' !important' : ''} }`;
      return below(6) === 0 ? `@media ${one(['all', 'print', 'not all'])} { ${plain} }` : plain;
    };
    const text = (): string => Array.from({ length: below(4) }, rule).join(' ');
    const link = (css: string): string => `data:text/css,${encodeURIComponent(css)}`;
    const constructed = Array.from({ length: 3 }, () => new CSSStyleSheet());
    const gone: Element[] = [];
    const owners = (): (HTMLStyleElement | HTMLLinkElement)[] =>
      roots
        .flatMap((at) => [...at.querySelectorAll<HTMLStyleElement>('style, link')])
        .filter((owner) => !('type' in owner && owner.type === 'module'));
    const places = (): (Element | ShadowRoot)[] => [
      root,
      document.head,
      ...root.querySelectorAll('section'),
      ...(roots.slice(1) as ShadowRoot[]),
    ];
    const put = (element: Element): void => {
      const place = one(places());
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const sheets = (): CSSStyleSheet[] => [
      ...constructed,
      ...owners().flatMap(({ sheet }) => (sheet && importsOf(sheet) === 0 ? sheet : [])),
    ];
    const importsOf = ({ cssRules }: CSSStyleSheet): number =>
      [...cssRules].filter((one) => one instanceof CSSImportRule).length;
    const change = (): void => {
      const kind = below(26);
      const all = owners();
      const owner = all.length > 0 ? one(all) : null;
      const sheet = one(sheets());
      if (kind === 0 || all.length < 3) {
        const style = document.createElement('style');
        if (below(3) > 0) style.append(text());
        put(style);
        if (below(3) === 0) style.sheet!.insertRule(rule());
      } else if (kind === 1 && all.length < 12) {
        const element = document.createElement('link');
        element.rel = 'stylesheet';
        element.href = link(text());
        put(element);
      } else if (kind < 5) sheet.insertRule(rule(), one([importsOf(sheet), sheet.cssRules.length]));
      else if (kind === 5 && sheet.cssRules.length > 0) sheet.deleteRule(below(sheet.cssRules.length));
      else if (kind === 6 && sheet.cssRules.length > 0) {
        const edited = one(sheet.cssRules);
        if (edited instanceof CSSStyleRule) edited.style.setProperty('--q', `${(count += 1)}`);
      } else if (kind === 7) one(constructed).replaceSync(text());
      else if (kind === 8) void one(constructed).replace(text());
      else if (kind === 9)
        one(roots).adoptedStyleSheets = constructed.filter(() => below(2) === 0).sort(() => below(3) - 1);
      else if (kind === 10) sheet.disabled = below(2) === 0;
      else if (kind === 11) sheet.media.mediaText = one(['', 'all', 'print', 'screen']);
      else if (kind === 12) owner!.media = one(['', 'all', 'print', 'screen']);
      else if (kind === 13 && owner instanceof HTMLStyleElement) {
        const how = below(4);
        if (how === 0) owner.textContent = text();
        else if (how === 1) owner.append(text());
        else if (how === 2) owner.prepend(text());
        else if (owner.firstChild instanceof Text) owner.firstChild.data = text();
      } else if (kind === 13 && owner instanceof HTMLLinkElement) owner.href = link(text());
      else if (kind === 14) put(owner!);
      else if (kind === 15) {
        owner!.remove();
        if (below(3) > 0) gone.push(owner!);
      } else if (kind === 16 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 17) owner!.disabled = below(2) === 0;
      else if (kind === 19) {
        const section = root.querySelector('section');
        if (section && below(2) === 0) {
          section.remove();
          gone.push(section);
        } else if (section) root.moveBefore(section, root.firstChild);
      } else if (kind === 21 && owner instanceof HTMLStyleElement) {
        owner.textContent = `@import '${link(text())}' ${one(['', 'print', 'all', 'layer(one)'])}; ${text()}`;
      } else if (kind === 22 && owner instanceof HTMLLinkElement) {
        owner.rel = one(['stylesheet', 'stylesheet', 'preload']);
      } else if (kind === 23 && owner instanceof HTMLStyleElement) owner.type = one(['', 'text/css', 'text/plain']);
      else if (kind === 24) {
        const group = [...sheet.cssRules].find((edited) => edited instanceof CSSMediaRule);
        if (group && below(2) === 0) group.insertRule(rule().replace(/^@media[^{]*\{(.*)\}$/u, '$1'));
        else if (group && group.cssRules.length > 0) group.deleteRule(0);
        else if (group) group.media.mediaText = one(['all', 'print']);
      } else if (kind === 25) {
        const section = root.querySelector('section') ?? root;
        if (below(2) === 0) section.setAttribute('data-alongside', 'mask');
        else section.removeAttribute('data-alongside');
      } else if (kind === 20) {
        const place = one(places());
        if (owner && place instanceof Element) place.moveBefore(owner, null);
      } else if (kind === 18) {
        const sections = root.querySelectorAll('section');
        if (sections.length > 0) root.insertBefore(one(sections), one(root.childNodes));
      }
    };
    Object.assign(window, { storm: () => lab.storm(chance, 14, change) });
    for (let step = 0; step < 10; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
});
