import { test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** Every act by which scripts put nodes elsewhere: ranges, fragments, other documents, what editors do to their texts. */
eachInLab();

test.for(seeds(3))('nodes are cut, wrapped and adopted by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML =
      '<div id=root><section></section><section></section><iframe></iframe><iframe></iframe></div>';
    const root = document.getElementById('root')!;
    const elsewhere = document.implementation.createHTMLDocument();
    const kept: Node[] = [];
    const closed: ShadowRoot[] = [];
    const ranges: Range[] = [];
    let count = 0;
    const text = (): string => `t${(count += 1)}`;
    const markup = (): string =>
      one([
        () => `<p title=${text()}>${text()} <b>${text()}</b> ${text()}</p>`,
        () => `<section>${text()}<p>${text()}</p><i></i>${text()}</section>`,
        () => `<ul><li>${text()}<li>${text()}<li><b>${text()}</b></ul>`,
        () => `${text()}<!--${text()}-->${text()}`,
        () => `<table><tr><td>${text()}<td>${text()}<tr><td>${text()}</table>`,
        () => `<p contenteditable>${text()}<br>${text()}</p>`,
        () =>
          `<section><template shadowrootmode=${one(['open', 'closed'])}><p>${text()}</p><slot></slot></template>${text()}</section>`,
        () => `<svg viewBox="0 0 9 9"><g><text>${text()}</text></g></svg>`,
        () =>
          `<input value=${text()}><textarea>${text()}</textarea><select><option>${text()}<option>${text()}</select>`,
        () => `<style>.z { --p: ${(count += 1)} }</style>`,
      ])();
    /** The page's own, those of frames and of components: what may be cut in. */
    const tops = (): (Element | ShadowRoot)[] => {
      const found: (Element | ShadowRoot)[] = [root];
      for (const at of found)
        for (const element of at.querySelectorAll('*')) {
          if (element.shadowRoot) found.push(element.shadowRoot);
          const { contentDocument } = element as HTMLIFrameElement;
          if (contentDocument?.body) found.push(contentDocument.body);
        }
      return found;
    };
    const all = (): Element[] => tops().flatMap((top) => [...top.querySelectorAll('*')]);
    const { holds } = lab;
    const isPlace = (element: Element): boolean => /^(?:section|p|b|i|li|ul|td)$/u.test(element.localName);
    const placesFor = (node: Node): (Element | ShadowRoot)[] =>
      [...tops(), ...all().filter(isPlace), ...closed].filter((place) => !holds(node, place));
    const put = (node: Node): void => {
      const place = one(placesFor(node));
      place.insertBefore(node, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const nodesIn = (top: Element | ShadowRoot): Node[] => {
      const found: Node[] = [];
      const walker = document.createTreeWalker(top);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (
          !(node as Element).closest?.('svg, select, textarea, style, iframe') &&
          !node.parentElement?.closest('svg, select, textarea, style')
        )
          found.push(node);
      return found;
    };
    const someText = (): Text | undefined => {
      const found = tops()
        .flatMap(nodesIn)
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return found.length > 0 ? (one(found) as Text) : undefined;
    };
    const someRange = (): Range | null => {
      const nodes = nodesIn(one(tops()));
      if (nodes.length === 0) return null;
      const range = document.createRange();
      const [from, to] = [one(nodes), one(nodes)];
      const at = (node: Node): number =>
        below((node.nodeType === 1 ? node.childNodes.length : (node as Text).length) + 1);
      range.setStart(from, at(from));
      range.setEnd(to, at(to));
      return range.startContainer.getRootNode() === range.endContainer.getRootNode() ? range : null;
    };
    const attempt = (act: () => void): void => {
      try {
        act();
      } catch (error) {
        if (String(error).startsWith('TypeError')) throw error;
      }
    };
    const change = (): void => {
      const kind = below(30);
      const elements = all();
      const element = elements.length > 0 ? one(elements) : null;
      const range = someRange();
      const some = someText();
      if (kind < 3 || !element || elements.length < 12) {
        const made = document.createElement('section');
        made.setHTMLUnsafe(markup());
        put(made);
      } else if (kind === 3 && range) kept.push(range.extractContents());
      else if (kind === 4 && range)
        attempt(() => range.surroundContents(document.createElement(one(['b', 'section', 'i']))));
      else if (kind === 5 && range) range.deleteContents();
      else if (kind === 6 && range) attempt(() => range.insertNode(document.createTextNode(text())));
      else if (kind === 7 && range) put(range.cloneContents());
      else if (kind === 8 && range) put(range.createContextualFragment(markup()));
      else if (kind === 9 && kept.length > 0) put(kept.splice(below(kept.length), 1)[0]!);
      else if (kind === 10) {
        const [inner] =
          one([...document.querySelectorAll('iframe')])?.contentDocument?.querySelectorAll('section, p') ?? [];
        if (inner) kept.push(below(2) ? document.adoptNode(inner) : document.importNode(inner, true));
      } else if (kind === 11) kept.push(elsewhere.adoptNode(element));
      else if (kind === 12 && !element.closest('svg'))
        attempt(() =>
          element.insertAdjacentHTML(one(['beforebegin', 'afterbegin', 'beforeend', 'afterend']), markup()),
        );
      else if (kind === 13 && isPlace(element)) element.replaceChildren(...[...element.childNodes].reverse(), text());
      else if (kind === 14 && isPlace(element)) {
        const other = elements.find(
          (at) => isPlace(at) && at !== element && !holds(at, element) && !holds(element, at),
        );
        other?.replaceChildren(...element.childNodes);
      } else if (kind === 15) element.normalize();
      else if (kind === 16) some?.splitText(below(some.length + 1));
      else if (kind === 17 && some) some.replaceData(below(some.length + 1), below(3), text());
      else if (kind === 18 && some) some.data = one([() => '', () => 'long '.repeat(40_000) + text(), () => ' \n '])();
      else if (kind === 19) {
        const place = one(placesFor(element));
        attempt(() =>
          (place as Element).moveBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null),
        );
      } else if (kind === 20 && isPlace(element))
        element.outerHTML = markup().startsWith('<style') ? '<b></b>' : markup();
      else if (kind === 21 && isPlace(element)) element.textContent = one(['', text()]);
      else if (kind === 22) {
        const other = one(elements);
        if (!holds(other, element) && !holds(element, other) && isPlace(other) && isPlace(element)) {
          // They change places.
          const mark = document.createComment('');
          element.replaceWith(mark);
          other.replaceWith(element);
          mark.replaceWith(other);
        }
      } else if (kind === 23) {
        // Editors work in what they have taken out, and put it back.
        const parent = element.parentNode;
        const next = element.nextSibling;
        element.remove();
        element.append(text());
        element.firstChild?.remove();
        parent?.insertBefore(element, next);
      } else if (kind === 24 && /^(?:section|p|b|i)$/u.test(element.localName)) {
        element.replaceWith(...element.childNodes);
      } else if (kind === 25 && /^(?:section|p|li)$/u.test(element.localName)) {
        const wrap = document.createElement('section');
        element.replaceWith(wrap);
        wrap.append(element);
      } else if (kind === 26) {
        const host = elements.find(
          (at) => at.localName === 'section' && !at.shadowRoot && at.firstElementChild === null,
        );
        attempt(() => host && closed.push(host.attachShadow({ mode: 'closed' })));
        closed.at(-1)?.append(text(), document.createElement('p'), document.createElement('slot'));
      } else if (kind === 27 && element.shadowRoot) element.shadowRoot.replaceChildren(...element.childNodes);
      else if (kind === 28 && element.shadowRoot) element.append(...element.shadowRoot.childNodes);
      else if (kind === 29) {
        if (range) ranges.push(range);
        const old = ranges.length > 3 ? ranges.shift() : undefined;
        if (old) kept.push(old.extractContents());
      }
      if (elements.length > 120) root.querySelector(':scope > :not(iframe)')?.remove();
    };
    Object.assign(window, { storm: () => lab.storm(chance, 16, change) });
    for (let step = 0; step < 20; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
});
