import { afterAll, expect, test } from 'vitest';
import type { Rule } from '../protocol/rules.ts';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';

declare const lab: Lab;

/** Masks that come, go and change their rules in a storm of changes: what was masked since it is there is never told. */
eachInLab();

/** How often a secret was looked for: chance may leave a round without any, and not all of them. */
let looked = 0;
afterAll(() => expect(looked).toBeGreaterThan(0));

test.for(seeds(3))('masks change by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML = '<div id=root><section data-alongside=mask></section><section class=m0></section></div>';
    const root = document.getElementById('root')!;
    /** Also bodies of frames. Elements of this window are put there, so that they are of its classes. */
    let roots: (Element | ShadowRoot)[] = [root];
    const gone: Element[] = [];
    const rules = (['m0', 'm1'] as const).map((name): Rule => ({
      name: '',
      urls: [],
      selectors: [`.${name}`],
      action: 'mask',
    }));
    let inForce: Rule[] = [rules[0]!];
    let count = 0;
    let looked = 0;
    /** Words that nobody may have seen yet, by the node or the element that has them. */
    const secrets = new Map<string, Node>();
    const told = new Set<string>();
    const word = (): string => `zq${(count += 1)}xk${first}w${below(1e6)}`;
    const around = (at: Node): Node | null =>
      at.parentNode ?? (at as ShadowRoot).host ?? (at as Document).defaultView?.frameElement ?? null;
    const isMasked = (node: Node): boolean => {
      for (let at: Node | null = node; at; at = around(at)) {
        if (at.nodeType !== Node.ELEMENT_NODE) continue;
        const element = at as Element;
        if (element.hasAttribute('data-alongside')) return true;
        if (inForce.some(({ selectors: [selector = ''] }) => element.matches(selector))) return true;
      }
      return false;
    };
    const make = (): Element => {
      const element = document.createElement(one(['p', 'div', 'section', 'section', 'input', 'textarea', 'b']));
      const said = word();
      if (element.localName === 'input') {
        if (below(2) === 0) element.setAttribute('value', said);
        else (element as HTMLInputElement).value = said;
      } else element.append(said);
      if (below(3) === 0) element.title = word();
      return element;
    };
    const all = (): HTMLElement[] =>
      roots.flatMap((at) => [...at.querySelectorAll<HTMLElement>('*')]).filter((at) => at.isConnected);
    const holds = (element: Element, place: Node): boolean => {
      for (let node: Node | null = place; node; node = around(node)) if (node === element) return true;
      return false;
    };
    const frame = (): void => {
      const element = document.createElement('iframe');
      put(element);
      const body = element.contentDocument?.body;
      if (!body) return;
      body.append(make(), make());
      roots.push(body);
    };
    const put = (element: Element): void => {
      const places = [
        ...roots.filter((at) => at.isConnected),
        ...all().filter(({ localName }) => localName === 'section' || localName === 'div'),
      ].filter((place) => !holds(element, place));
      const place = one(places);
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    /** After each step: whatever can be seen now may be told. */
    const note = (): void => {
      for (const at of [root, ...all()]) {
        const words: [string, Node][] = [[at.title, at]];
        if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement)
          words.push([at.value, at], [at.getAttribute('value') ?? '', at]);
        for (const child of at.childNodes) if (child instanceof Text) words.push([child.data, child]);
        for (const child of at.shadowRoot?.childNodes ?? []) if (child instanceof Text) words.push([child.data, child]);
        for (const [said, node] of words) {
          if (!said) continue;
          if (isMasked(node)) {
            if (!told.has(said)) secrets.set(said, node);
          } else {
            told.add(said);
            secrets.delete(said);
          }
        }
      }
    };
    const change = (): void => {
      const kind = below(15);
      // A frame that is moved has another document.
      roots = roots.filter(({ ownerDocument }) => ownerDocument.defaultView);
      const elements = all();
      const element = elements.length > 0 ? one(elements) : null;
      if (kind < 2 || !element || elements.length < 10) put(make());
      else if (kind === 2) {
        const text = element.firstChild;
        if (text instanceof Text) text.data = word();
      } else if (kind === 3) element.title = word();
      else if (kind === 4 && element instanceof HTMLInputElement) element.value = word();
      else if (kind === 4) element.append(word());
      else if (kind === 5) element.setAttribute('data-alongside', one(['mask', 'mask', 'hide']));
      else if (kind === 6) root.querySelector('[data-alongside]')?.removeAttribute('data-alongside');
      else if (kind === 7) element.classList.toggle(one(['m0', 'm1']));
      else if (kind === 8 || kind === 9) put(element);
      else if (kind === 10) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 11 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 12 && below(2) === 0) {
        inForce = rules.filter(() => below(2) === 0);
        lab.publish(inForce);
      } else if (
        kind === 13 &&
        roots.length < 7 &&
        /^(?:section|div)$/u.test(element.localName) &&
        !element.shadowRoot
      ) {
        const shadow = element.attachShadow({ mode: 'open' });
        shadow.append(make(), make());
        roots.push(shadow);
      } else if (kind === 14 && roots.length < 7) frame();
      note();
    };
    Object.assign(window, {
      storm: () => lab.storm(chance, 16, change),
      leaks: () => {
        const wire = lab.wireText();
        looked += secrets.size;
        return [...secrets]
          .filter(([said]) => wire.includes(said))
          .map(([said, node]) => `${said} in ${(node as Element).outerHTML ?? node.parentElement?.outerHTML}`);
      },
      looked: () => looked,
    });
    for (const masked of root.children) masked.append(make(), make());
    note();
    for (let step = 0; step < 20; step += 1) change();
    lab.hurryClock(chance);
    await lab.start(inForce);
  }, seed);
  for (let round = 0; round < 4; round += 1) {
    await page.evaluate('storm()');
    await page.evaluate(() => lab.settle());
    expect(await page.evaluate('leaks()')).toEqual([]);
  }
  expect(await page.evaluate(() => lab.faults())).toEqual([]);
  looked += await page.evaluate<number>('looked()');
});
