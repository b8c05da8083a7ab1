import { MAX_SENSITIVE, type SensitiveField } from '../picker-message.ts';
import type { Coverage } from './coverage.ts';
import { FIELDS, isField, labelTexts } from './form-field.ts';
import { whySensitive } from './looks-sensitive.ts';
import { findAll, type Root } from './page-roots.ts';
import { proposeSelectors } from './propose-selectors.ts';
import { isStableName } from './stable-name.ts';

export interface SensitiveFields {
  /** An agent would see them. */
  readonly uncovered: readonly SensitiveField[];
  /** No rule names them, and an agent does not see them all the same. */
  readonly byDefault: readonly SensitiveField[];
}

/** Fields that look sensitive, but those that a rule or the page itself hides. */
export function sensitiveFields(coverage: Coverage, roots: readonly Root[]): SensitiveFields {
  const uncovered: SensitiveField[] = [];
  const byDefault: SensitiveField[] = [];
  for (const field of findAll(FIELDS, roots) ?? []) {
    const covered = coverage.of(field);
    const isHidden = covered?.look === 'mask' || covered?.look === 'hide';
    if (isHidden && !covered.byDefault) continue;
    const list = isHidden ? byDefault : uncovered;
    const why = list.length === MAX_SENSITIVE ? null : whySensitive(factsOf(field));
    const [best] = why === null ? [] : proposeSelectors(field, roots);
    if (why !== null && best !== undefined) list.push({ label: labelOf(field), selector: best.selector, why });
  }
  return { uncovered, byDefault };
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
  const labels = isField(field) ? labelTexts(field) : [];
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
