import { likelySecret } from '../../../protocol/likely-secret.ts';
import type { Secret } from '../../../protocol/secret-words.ts';
import { byId, contentOf, documentOf, findAll, nameOf, rootOf, viewOf } from '../../native.ts';
import type { Field } from '../judge.ts';

export interface Guesser {
  /** What the field looks like. */
  likely(field: Field): Secret | null;
  /** The page has changed: labels may say something else. */
  forget(): void;
}

export function createGuesser(): Guesser {
  /** What labels say, by the field they name, for each document and shadow root looked into since `forget`. */
  let labels = new WeakMap<Node, Map<Element, string[]>>();
  const dotted = new WeakSet<Element>();

  /** Shown as dots by a style sheet: a password that the browser is not to keep. Shown for a moment, it stays one. */
  function isDotted(field: Field): boolean {
    if (dotted.has(field)) return true;
    if (nameOf(field) === 'select') return false;
    const style = viewOf(documentOf(field))?.getComputedStyle(field);
    const isIt = !/^(?:none)?$/u.test(style?.getPropertyValue('-webkit-text-security') ?? '');
    if (isIt) dotted.add(field);
    return isIt;
  }

  function labelsOf(field: Field): string[] {
    const root = rootOf(field);
    let byField = labels.get(root);
    if (!byField) {
      byField = readLabels(root);
      labels.set(root, byField);
    }
    const texts = byField.get(field) ?? [];
    const ids = field.getAttribute('aria-labelledby');
    if (ids === null) return texts;
    const named = ids.split(/\s+/u).map((id) => (id === '' ? null : byId(root, id)));
    return [...texts, ...named.flatMap((label) => (label ? (contentOf(label) ?? []) : []))];
  }

  return {
    likely: (field) => likelySecret(field, labelsOf) ?? (isDotted(field) ? 'password' : null),
    forget() {
      labels = new WeakMap();
    },
  };
}

/** All labels at once: `field.labels` walks through the whole document, for every field again. */
function readLabels(root: Node): Map<Element, string[]> {
  const texts = new Map<Element, string[]>();
  for (const label of findAll(root, 'label')) {
    const { control } = label as HTMLLabelElement;
    if (control === null) continue;
    const known = texts.get(control);
    if (known) known.push(contentOf(label) ?? '');
    else texts.set(control, [contentOf(label) ?? '']);
  }
  return texts;
}
