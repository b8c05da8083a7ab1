import { autofillSaid } from './autofill.ts';
import { ARE_WORDS_FOUND, HARMLESS_AUTOFILL, secretIn, type Secret } from './secret-words.ts';
import { isTyped } from './typed-input.ts';

/**
 * Which fields hold secrets, judged by what they say of themselves: docs/site.md, "How a field is judged". A guess that
 * masks too much costs the agent a look; one that masks too little costs the customer a secret. The snippet masks by it,
 * and the restrictions editor tells an administrator what is masked without a rule.
 */
/** Four groups of four: a card. */
const CARD_SHAPE = /(?:[\dx•●*#·]{4}[ -]?){3}[\dx•●*#·]{3,4}(?![\dx])/iu;
const EXPIRY_SHAPE = /^\s*(?:mm|m)\s?[/.-]?\s?(?:yy|jj|aa|rr|гг|y)/iu;
const DOTTED = /text-security\s*:\s*(?!none)/iu;
const DOTS = /^[•●∙*·]{3,}$/u;
/**
 * Its own name says more than the words around it: a field named `zip` under "Card details" is a postal code. Angular's
 * forms name their fields by attributes of their own; editors have a placeholder of theirs.
 */
export const NAMES =
  'name formcontrolname ng-model id autocomplete aria-label placeholder aria-placeholder data-placeholder title'.split(
    ' ',
  );

/** As much of an input, a text area or a select as it is judged by. */
export interface JudgedField {
  readonly localName: string;
  /** Inputs have one. */
  readonly type?: string | undefined;
  readonly inputMode: string;
  /** Inputs have one. */
  readonly maxLength?: number | undefined;
  getAttribute(name: string): string | null;
}

/** What the field looks like. @param labels gives what the labels say that name it */
export function likelySecret<Field extends JudgedField>(
  field: Field,
  labels: (field: Field) => readonly string[],
): Secret | null {
  if (field.localName === 'input' && !isTyped(field.type ?? '')) return null;
  if (!ARE_WORDS_FOUND) return 'password';
  const autofill = autofillSaid(field.getAttribute('autocomplete'), field.getAttribute('role'));
  if (autofill !== null && HARMLESS_AUTOFILL.test(autofill.trim())) return null;
  const names = NAMES.map((name) => (name === 'autocomplete' ? autofill : field.getAttribute(name)));
  return secretIn([...names, ...labels(field)]) ?? secretShape(field);
}

/** A field that says nothing in words may still show what it waits for. */
function secretShape(field: JudgedField): Secret | null {
  const placeholder = field.getAttribute('placeholder') ?? '';
  if (CARD_SHAPE.test(placeholder)) return 'card';
  if (EXPIRY_SHAPE.test(placeholder) && !/d/iu.test(placeholder)) return 'card';
  if (DOTS.test(placeholder)) return 'password';
  if (field.localName !== 'input') return null;
  // Dots without a password field, so that the browser does not offer to keep it.
  if (DOTTED.test(field.getAttribute('style') ?? '')) return 'password';
  const isNumeric = /^(?:numeric|decimal)$/iu.test(field.inputMode) || field.type === 'tel' || field.type === 'number';
  // One digit a field: the usual form of a one-time code.
  const hasOne = field.maxLength === 1;
  return hasOne && (isNumeric || /\\d|0-9/u.test(field.getAttribute('pattern') ?? '')) ? 'code' : null;
}
