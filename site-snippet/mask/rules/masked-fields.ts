import { isNamed } from '../../control/path.ts';
import { valueOf } from '../../field-value.ts';
import { contentOf, isConnected, matches } from '../../native.ts';
import { EDITORS } from '../judge.ts';
import type { MaskedFields, Remembering } from '../last-look.ts';
import { formsOfDate } from './dates.ts';
import { echoesAmong } from './echoes.ts';
import { innerRoots } from './inner-roots.ts';
import { rememberOptions } from './remember-within.ts';
import { rememberValue } from '../sink.ts';

/** A security code. What is shorter is one only while it is typed: everything else has one or two digits, too. */
const CODE = /^\d{3}$/u;
const DIGITS = /^\d{1,3}$/u;
/** Longer ones are written, and nobody shows them again in one piece. */
const MAX_EDITED_UNITS = 200;

/**
 * What masked fields say, in every document of the picture and in what is hidden. Scripts set values without telling
 * anybody and show them in the same breath, so all of these are asked before anything is written.
 */
export function createMaskedFields(): MaskedFields {
  const said = new Map<Element, { readonly value: string; readonly longest: string }>();
  /** What there is to choose from, which often comes only when something else has been chosen. */
  const lists = new Map<HTMLSelectElement, string | null>();
  /** Fields that have come to say something since the last time but one that all were asked: pages draw it at once. */
  let typed = new Set<Element>();
  let typedBefore = typed;

  function watch(field: Element, lastLook: Remembering): void {
    if (isNamed(field, 'select')) {
      const options = contentOf(field);
      if (lists.get(field) === options) return;
      lists.set(field, options);
      rememberOptions(field, lastLook);
      return;
    }
    const value = typedIn(field);
    const before = said.get(field);
    if (value === null || before?.value === value) return;
    const longest = isField(field)
      ? rememberValue(field, value, lastLook, before?.longest)
      : lastLook.remember(value, before?.longest);
    said.set(field, { value, longest });
    if (before !== undefined) typed.add(field);
    if (isField(field)) for (const form of formsOfDate(field.type, value)) lastLook.remember(form);
  }

  /** Whether a field is secret takes long to find out: asked only when something short has been seen. */
  function shortValues(isSecret: (field: Element) => boolean): ReadonlySet<string> {
    const short = new Set<string>();
    for (const [field, { value }] of said) {
      const isKnown = CODE.test(value) || (DIGITS.test(value) && (typed.has(field) || typedBefore.has(field)));
      if (isKnown && !short.has(value) && isSecret(field)) short.add(value);
    }
    return short;
  }

  return {
    watch,
    rootsIn: innerRoots,
    forget(field) {
      said.delete(field);
      lists.delete(field as HTMLSelectElement);
    },
    echoes(changed, isSecret) {
      if (![...said.values()].some(({ value }) => DIGITS.test(value))) return [];
      let short: ReadonlySet<string> | null = null;
      return echoesAmong(changed, (text) => DIGITS.test(text) && (short ??= shortValues(isSecret)).has(text));
    },
    learn(isMasked, lastLook) {
      typedBefore = typed;
      typed = new Set();
      for (const list of lists.keys()) {
        if (!isConnected(list)) lists.delete(list);
        else if (isMasked(list)) watch(list, lastLook);
      }
      for (const [field, { value }] of said) {
        // Nothing is around one that has gone, and what was around it may have been what masked it.
        const hasGone = !isConnected(field);
        if (typedIn(field) !== value && (hasGone || isMasked(field))) watch(field, lastLook);
        if (hasGone) said.delete(field);
      }
    },
  };
}

/** What a field says, or an element that people type in; `null`: it is neither, or a text of many lines. */
function typedIn(field: Element): string | null {
  if (isField(field)) return valueOf(field);
  if (!matches(field, EDITORS)) return null;
  const text = contentOf(field) ?? '';
  return text.length <= MAX_EDITED_UNITS ? text : null;
}

function isField(element: Element): element is HTMLInputElement | HTMLTextAreaElement {
  return isNamed(element, 'input') || isNamed(element, 'textarea');
}
