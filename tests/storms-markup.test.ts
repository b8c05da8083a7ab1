import { test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** What trees are made of besides elements and texts: namespaces, slots, templates, comments, late classes, whole documents. */
eachInLab();

test.for(seeds(3))('markup of all kinds changes by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML = '<div id=root><section></section><section></section></div>';
    const root = document.getElementById('root')!;
    const SVG = 'http://www.w3.org/2000/svg';
    const MATHML = 'http://www.w3.org/1998/Math/MathML';
    const gone: Element[] = [];
    let count = 0;
    let frames = 0;
    let defined = 0;
    const text = (): string => `t${(count += 1)}`;
    const slot = (): string => one(['', ' slot=a', ' slot=b', ' slot=c']);
    const shadow = (): string =>
      one([
        () => `<p>${text()}<slot></slot></p><slot name=a>${text()}</slot>`,
        () => `<slot name=a></slot><section><slot name=b><i>${text()}</i></slot></section><slot></slot>`,
        () => `<x-${below(4)}><slot name=c slot=a></slot><slot></slot></x-${below(4)}>`,
        () => `<slot name=a></slot><slot name=a></slot><svg viewBox="0 0 9 9"><g></g></svg>`,
      ])();
    const markup = (): string =>
      one([
        () => `<p id=e${count}${slot()}>${text()}<!-- ${text()} -->${text()}</p>`,
        () => `<section id=e${count}${slot()}>${text()}</section>`,
        () => `<x-${below(4)} id=e${count}${slot()}>${text()}<b id=f${count} slot=a>${text()}</b></x-${below(4)}>`,
        () =>
          `<section${slot()}><template shadowrootmode=open>${shadow()}</template><b id=f${count}${slot()}>${text()}</b>${text()}</section>`,
        () => `<template><p>${text()}</p></template>`,
        () =>
          `<svg id=e${count} viewBox="0 0 9 9"><defs><g id=d${count}><path d="M0 0h9"/></g></defs><use href="#d${count}"/><text>${text()}<tspan>${text()}</tspan></text><title>${text()}</title></svg>`,
        () =>
          `<svg><foreignObject><section>${text()}<math><mi>${text()}</mi></math></section></foreignObject><style>.z { fill: red }</style><a><text>${text()}</text></a></svg>`,
        () =>
          `<math><mrow><mi>${text()}</mi><mo>+</mo></mrow><annotation-xml encoding="text/html"><p>${text()}</p></annotation-xml></math>`,
        () => `<noscript><p>${text()}</p></noscript><script type=text/plain>${text()}</script>`,
        () => `<table>${text()}<tr><td>${text()}</table>`,
        () => `<b id=f${count}${slot()}></b>${text()}`,
        () => ((frames += 1) < 15 ? `<iframe srcdoc="<section>${text()}</section><p>${text()}"></iframe>` : '<hr>'),
        () => ((frames += 1) < 15 ? `<iframe></iframe>` : '<hr>'),
      ])();
    const roots = (): (Document | ShadowRoot)[] => {
      const found: (Document | ShadowRoot)[] = [document];
      for (const at of found) {
        for (const { shadowRoot } of at.querySelectorAll('*')) {
          if (shadowRoot && (at !== document || root.contains(shadowRoot.host))) found.push(shadowRoot);
        }
        for (const { contentDocument } of at.querySelectorAll('iframe'))
          if (contentDocument) found.push(contentDocument);
      }
      return found;
    };
    const isDocument = (node: Node): node is Document => node.nodeType === Node.DOCUMENT_NODE;
    const topsOf = (at: Document | ShadowRoot): (Element | ShadowRoot)[] =>
      at === document
        ? [root]
        : !isDocument(at)
          ? [at]
          : at.body
            ? [at.body]
            : at.documentElement
              ? [at.documentElement]
              : [];
    const all = (): Element[] => roots().flatMap((at) => topsOf(at).flatMap((top) => [...top.querySelectorAll('*')]));
    const around = (at: Node): Node | null =>
      at.parentNode ?? (at as ShadowRoot).host ?? (at as Document).defaultView?.frameElement ?? null;
    const holds = (element: Node, place: Node): boolean => {
      for (let node: Node | null = place; node; node = around(node)) if (node === element) return true;
      return false;
    };
    /** Of the others the mirror has only the places. */
    const isShown = ({ localName }: Element): boolean => !/^(?:template|script|noscript)$/u.test(localName);
    const kindOf = (node: Node): string => (node as Element).namespaceURI?.slice(-4) ?? '';
    const put = (node: Node): void => {
      const { localName } = node as Element;
      // Scripts also put them where no drawing is, if nothing of HTML's has their name.
      const isAstray = below(4) === 0 && !['a', 'title', 'style'].includes(localName);
      const isDrawn = !isAstray && kindOf(node) === '/svg' && localName !== 'svg';
      const isFormula = !isAstray && kindOf(node) === 'thML' && localName !== 'math';
      const into = isDrawn
        ? 'svg, g, defs'
        : isFormula
          ? 'math, mrow'
          : 'section, td, foreignObject, annotation-xml, [id^=e], x-0, x-1';
      const places = roots()
        .flatMap(topsOf)
        .flatMap((top) => [...(isDrawn || isFormula ? [] : [top]), ...top.querySelectorAll(into)])
        .filter((place) => !holds(node, place));
      if (places.length === 0) return;
      const place = one(places);
      place.insertBefore(node, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const make = (): DocumentFragment => {
      const made = document.createElement('div');
      made.setHTMLUnsafe(markup());
      const fragment = document.createDocumentFragment();
      fragment.append(...made.childNodes);
      return fragment;
    };
    const textsIn = (elements: Element[]): Text[] =>
      elements.flatMap(({ childNodes }) => [...childNodes].filter(({ nodeType }) => nodeType === 3) as Text[]);
    const change = (): void => {
      const kind = below(32);
      const elements = all();
      const element = elements.length > 0 ? one(elements) : null;
      const texts = textsIn(elements);
      if (kind < 4 || !element || elements.length < 12) put(make());
      else if (kind === 4 || kind === 5) put(element);
      else if (kind === 6) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 7 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 8 && texts.length > 0) {
        const some = one(texts);
        some.splitText(below(some.length + 1));
      } else if (kind === 9) element.normalize();
      else if (kind === 10 && texts.length > 0) one(texts).data = one(['', text(), ' ']);
      else if (kind === 11) put(document.createTextNode(one(['', text(), '\n '])));
      else if (kind === 12)
        put(
          one<() => Node>([
            () => document.createComment(text()),
            () => document.createProcessingInstruction('x', text()),
          ])(),
        );
      else if (kind === 13) {
        const cdata = document.implementation.createDocument(null, 'x').createCDATASection(text());
        put(cdata);
      } else if (kind === 14 && isShown(element)) element.setAttribute('slot', one(['', 'a', 'b', 'c']));
      else if (kind === 15) element.removeAttribute('slot');
      else if (kind === 16) {
        const slots = elements.filter(({ localName }) => localName === 'slot');
        if (slots.length > 0) one(slots).setAttribute('name', one(['', 'a', 'b', 'c']));
      } else if (kind === 17 && !element.shadowRoot && /^(?:section|p|x-.)$/u.test(element.localName)) {
        element.attachShadow({ mode: 'open', slotAssignment: one(['named', 'manual']) }).innerHTML = shadow();
      } else if (kind === 18) {
        const manual = elements.filter(({ shadowRoot }) => shadowRoot?.slotAssignment === 'manual');
        if (manual.length > 0) {
          const { shadowRoot, children } = one(manual);
          const slots = [...shadowRoot!.querySelectorAll('slot')];
          if (slots.length > 0) one(slots).assign(...[...children].filter((child) => isShown(child) && below(2) === 0));
        }
      } else if (kind === 19 && defined < 4 && below(3) === 0) {
        const own = below(2) === 0;
        const inner = shadow();
        customElements.define(
          `x-${(defined += 1) - 1}`,
          class extends HTMLElement {
            constructor() {
              super();
              if (own && !this.shadowRoot)
                this.attachShadow({ mode: 'open' }).innerHTML = inner.replaceAll(/x-\d/gu, 'p');
            }
          },
        );
      } else if (kind === 20 && /^(?:section|p|x-.)$/u.test(element.localName)) {
        element.setHTMLUnsafe(markup());
      } else if (kind === 21 && element.shadowRoot) element.shadowRoot.setHTMLUnsafe(shadow());
      else if (kind === 22) {
        const template = elements.find(({ localName }) => localName === 'template') as HTMLTemplateElement | undefined;
        if (below(2) === 0) template?.content.append(make());
        else if (template) put(template.content.cloneNode(true));
      } else if (kind === 23) element.replaceChildren(...element.childNodes, document.createComment('c'));
      else if (kind === 24) {
        const g = document.createElementNS(SVG, one(['g', 'rect', 'text', 'a', 'title', 'style', 'foreignObject']));
        g.textContent = text();
        put(g);
      } else if (kind === 25) {
        const m = document.createElementNS(MATHML, one(['mi', 'mrow', 'mtext']));
        m.textContent = text();
        put(m);
      } else if (kind === 26) {
        // A document of a frame.
        const inner = roots().filter((at) => at !== document && isDocument(at)) as Document[];
        if (inner.length === 0) return;
        const at = one(inner);
        const act = below(9);
        if (act === 0) {
          at.open();
          at.write(`<!doctype html><title>${text()}</title>${markup()}`);
          if (below(2) === 0) at.close();
        } else if (act === 1) at.write(markup());
        else if (act === 2) at.head?.remove();
        else if (act === 3) at.body?.remove();
        else if (act === 4) at.documentElement?.append(at.createElement(one(['head', 'body', 'section'])));
        else if (act === 5) at.documentElement?.prepend(at.createElement('body'), text());
        else if (act === 6) {
          const anew = one<() => Element>([
            () => at.createElement('html'),
            () => at.createElementNS(SVG, 'svg'),
            () => at.createElement('section'),
          ])();
          anew.append(make());
          if (at.documentElement) at.documentElement.replaceWith(anew);
          else at.append(anew);
        } else if (act === 7) at.documentElement?.remove();
        else if (at.body) at.body = at.createElement('body');
      } else if (kind === 27) {
        // The page's own.
        const act = below(5);
        if (act === 0) document.head?.remove();
        else if (act === 1) document.documentElement.prepend(document.createElement('head'));
        else if (act === 2)
          document.documentElement.append(document.createElement('body'), document.createComment(text()));
        else if (act === 3) document.documentElement.append(root);
        else if (document.body) document.body.append(root);
        const bodies = document.querySelectorAll('html > body');
        if (bodies.length > 2) bodies[2]!.remove();
      } else if (kind === 28) {
        const at = one(texts.length > 0 ? texts : [document.createTextNode('')]);
        at.replaceWith(text(), document.createTextNode(''), text());
      } else if (kind === 29 && element.parentElement) {
        element.parentElement.moveBefore(element, below(2) ? element.parentElement.firstChild : null);
      } else if (kind === 30) put(element.cloneNode(true));
      else if (kind === 31 && element.parentNode && element.localName !== 'slot') {
        // Taken apart: what is in it stands in its place.
        if (kindOf(element) === 'html' && !element.querySelector('g, mi')) element.replaceWith(...element.childNodes);
      }
      if (elements.length > 110) root.firstElementChild?.remove();
    };
    Object.assign(window, { storm: () => lab.storm(chance, 16, change) });
    for (let step = 0; step < 20; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
});
