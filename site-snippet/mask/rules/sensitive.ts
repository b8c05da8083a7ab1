import { HARMLESS_AUTOFILL, secretIn, type Secret } from '../../../protocol/secret-words.ts';
import type { Field } from '../judge.ts';

/**
 * Which fields hold secrets, judged by what they say of themselves: docs/site.md, "How a field is judged". A guess that
 * masks too much costs the agent a look; one that masks too little costs the customer a secret.
 */
const TYPED = new Set(['text', 'tel', 'number', 'search', 'month', 'date', 'url', 'email', 'password']);
/** Four groups of four: a card. */
const CARD_SHAPE = /(?:[\dx•●*#·]{4}[ -]?){3}[\dx•●*#·]{3,4}(?![\dx])/iu;
const EXPIRY_SHAPE = /^\s*(?:mm|m)\s?[/.-]?\s?(?:yy|jj|aa|rr|гг|y)/iu;
const DOTS = /^[•●∙*·]{4,}$/u;
export interface Guesser {
  /** What the field looks like. */
  likely(field: Field): Secret | null;
  /** The page has changed: labels may say something else. */
  forget(): void;
}

export function createGuesser(): Guesser {
  /** What labels say, by the field they name, for each document and shadow root looked into since `forget`. */
  let labels = new WeakMap<Root, Map<Element, string[]>>();

  function labelsOf(field: Field): string[] {
    const root = field.getRootNode() as Root;
    let byField = labels.get(root);
    if (!byField) {
      byField = 'querySelectorAll' in root ? readLabels(root) : new Map<Element, string[]>();
      labels.set(root, byField);
    }
    const texts = [...(byField.get(field) ?? [])];
    for (const id of (field.getAttribute('aria-labelledby') ?? '').split(/\s+/u)) {
      const label = id === '' || !('getElementById' in root) ? null : root.getElementById(id);
      if (label) texts.push(label.textContent);
    }
    return texts;
  }

  return {
    likely(field) {
      if (isInput(field) && !TYPED.has(field.type)) return null;
      const autofill = field.getAttribute('autocomplete');
      if (autofill !== null && HARMLESS_AUTOFILL.test(autofill.trim())) return null;
      // Its own name says more than the words around it: a field named `zip` under "Card details" is a postal code.
      const own = [field.getAttribute('name'), field.id, autofill];
      const shown = [field.getAttribute('aria-label'), field.getAttribute('placeholder'), field.title];
      return secretIn([...own, ...shown, ...labelsOf(field)]) ?? secretShape(field);
    },
    forget() {
      labels = new WeakMap();
    },
  };
}

type Root = Document | ShadowRoot;

/** All labels at once: `field.labels` walks through the whole document, for every field again. */
function readLabels(root: Root): Map<Element, string[]> {
  const texts = new Map<Element, string[]>();
  for (const label of root.querySelectorAll('label')) {
    const { control } = label;
    if (control === null) continue;
    const known = texts.get(control);
    if (known) known.push(label.textContent);
    else texts.set(control, [label.textContent]);
  }
  return texts;
}

/** A field that says nothing in words may still show what it waits for. */
function secretShape(field: Field): Secret | null {
  const placeholder = field.getAttribute('placeholder') ?? '';
  if (CARD_SHAPE.test(placeholder)) return 'card';
  if (EXPIRY_SHAPE.test(placeholder) && !/d/iu.test(placeholder)) return 'card';
  if (DOTS.test(placeholder)) return 'password';
  if (!isInput(field)) return null;
  const isNumeric = /^(?:numeric|decimal)$/iu.test(field.inputMode) || field.type === 'tel' || field.type === 'number';
  // One digit a field: the usual form of a one-time code.
  if (field.maxLength === 1 && (isNumeric || /\\d|0-9/u.test(field.pattern))) return 'code';
  return null;
}

/** A frame's fields are of its own window's class. */
function isInput(field: Field): field is HTMLInputElement {
  return field.localName === 'input';
}
