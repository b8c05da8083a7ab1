import {
  ELEMENTS,
  TEXTS,
  attributeNamesOf,
  attributeOf,
  contentOf,
  findAll,
  isElement,
  parentOf,
  shadowOf,
} from '../../native.ts';
import { tagOf } from '../../record/tree/places.ts';
import { maskedSheet } from './masked-sheet.ts';
import type { Remembering } from '../last-look.ts';
import { rememberAttribute } from '../sink.ts';

const MAX_REMEMBERED_NODES = 2_000;
/** A list to choose from that is about the customer: those of countries or years are longer. */
const MAX_OPTIONS = 20;
/** No shorter than "Asthma"; and of what stands in most lists, nothing. */
const TELLING = /^(?!select|choose|please|other|unknown|not ).{6}/iu;

/** What drawings are made of: icons have the same all over the page. */
const DRAWN = /^(?:d|points|transform|viewBox|[cr]?[xy]\d?|r)$/u;

/** The values and texts of something masked, into shadow roots and frames, so that they are known wherever else they stand. */
export function rememberWithin(top: Node, lastLook: Remembering): void {
  let left = MAX_REMEMBERED_NODES;
  walk(top);

  function walk(root: Node): void {
    const walker = document.createTreeWalker(root, ELEMENTS | TEXTS);
    for (let node: Node | null = root; node && left > 0; node = walker.nextNode()) {
      left -= 1;
      if (!isElement(node)) {
        const text = node.nodeValue ?? '';
        const isOfSheet = tagOf(parentOf(node)) === 'style';
        lastLook.rememberText(text, isOfSheet);
        if (isOfSheet) maskedSheet(text, lastLook); // Which remembers what it takes out.
        continue;
      }
      rememberAttributes(node);
      lastLook.watch(node);
      const inner = shadowOf(node) ?? (node as Partial<HTMLIFrameElement>).contentDocument;
      if (inner) walk(inner);
    }
  }

  function rememberAttributes(element: Element): void {
    for (const name of attributeNamesOf(element)) {
      const raw = attributeOf(element, name) ?? '';
      // A frame may show it only when nothing masks it any more.
      if (name === 'srcdoc') for (const text of raw.split(/[<>]/u)) lastLook.rememberText(text);
      else if (!DRAWN.test(name)) rememberAttribute(element, name, raw, lastLook);
    }
  }
}

/** Widgets copy a list that they stand for, word for word. */
export function rememberOptions(select: HTMLSelectElement, lastLook: Remembering): void {
  const options = findAll(select, 'option');
  // The months and years of cards stand everywhere.
  if (options.length > MAX_OPTIONS || attributeOf(select, 'autocomplete')?.includes('cc-')) return;
  for (const option of options) {
    const text = contentOf(option)?.trim() ?? '';
    if (TELLING.test(text)) lastLook.remember(text);
  }
}
