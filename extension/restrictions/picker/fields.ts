import { MAX_UNCOVERED, type Uncovered } from '../picker-message.ts';
import type { Coverage } from './coverage.ts';
import { whySensitive } from './looks-sensitive.ts';
import { findAll, type Root } from './page-roots.ts';
import { proposeSelectors } from './propose-selectors.ts';
import { isStableName } from './stable-name.ts';

const FIELDS =
  ':is(input, textarea, select):not([type="hidden" i], [type="submit" i], [type="button" i], [type="reset" i], [type="image" i], [type="file" i], [type="checkbox" i], [type="radio" i], [type="range" i], [type="color" i])';

/** Fields that look sensitive and that an agent would see. */
export function uncoveredFields(coverage: Coverage, roots: readonly Root[]): Uncovered[] {
  const uncovered: Uncovered[] = [];
  for (const field of findAll(FIELDS, roots) ?? []) {
    const look = coverage.of(field)?.look;
    if (look === 'mask' || look === 'hide') continue;
    const why = whySensitive(factsOf(field));
    const [best] = why === null ? [] : proposeSelectors(field, roots);
    if (why === null || best === undefined) continue;
    uncovered.push({ label: labelOf(field), selector: best.selector, why });
    if (uncovered.length === MAX_UNCOVERED) break;
  }
  return uncovered;
}

/** What an element is called by those who made the page; never a text of it that could be a customer's. */
export function labelOf(element: Element): string {
  const label = isField(element) ? element.labels?.[0] : undefined;
  const candidates = [
    ownText(label),
    element.getAttribute('aria-label'),
    element.getAttribute('placeholder'),
    element.getAttribute('name'),
    isStableName(element.id) ? element.id : null,
  ];
  return candidates.find((text) => text !== null && text !== '') ?? element.localName;
}

function factsOf(field: Element) {
  const names = ['id', 'name', 'placeholder', 'aria-label', 'title'].map((name) => field.getAttribute(name) ?? '');
  const labels = isField(field) ? Array.from(field.labels ?? [], (label) => label.textContent) : [];
  return {
    type: isField(field) ? field.type : '',
    autocomplete: field.getAttribute('autocomplete') ?? '',
    texts: [...names, ...labels].filter((text) => text !== ''),
  };
}

/** A label's words without those of the controls in it: a `select` there would list its options. */
function ownText(label: Element | undefined): string | null {
  if (label === undefined) return null;
  const texts = [...label.childNodes].filter(
    (node) => node.nodeType === Node.TEXT_NODE || !/^(?:SELECT|TEXTAREA|OUTPUT|INPUT)$/u.test(node.nodeName),
  );
  return texts
    .map((node) => node.textContent ?? '')
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 80);
}

function isField(element: Element): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return /^(?:input|textarea|select)$/u.test(element.localName);
}
