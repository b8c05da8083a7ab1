import { isNamed } from '../../control/path.ts';
import { valueOf } from '../../field-value.ts';
import { contentOf, isConnected } from '../../native.ts';
import type { MaskedFields, Remembering } from '../last-look.ts';
import { formsOfDate } from './dates.ts';
import { innerRoots } from './inner-roots.ts';
import { rememberOptions } from './remember-within.ts';
import { rememberValue } from '../sink.ts';

/**
 * What masked fields say, in every document of the picture and in what is hidden. Scripts set values without telling
 * anybody and show them in the same breath, so all of these are asked before anything is written.
 */
export function createMaskedFields(): MaskedFields {
  const said = new Map<HTMLInputElement | HTMLTextAreaElement, { readonly value: string; readonly longest: string }>();
  /** What there is to choose from, which often comes only when something else has been chosen. */
  const lists = new Map<HTMLSelectElement, string | null>();

  function watch(field: Element, lastLook: Remembering): void {
    if (isNamed(field, 'select')) {
      const options = contentOf(field);
      if (lists.get(field) === options) return;
      lists.set(field, options);
      rememberOptions(field, lastLook);
      return;
    }
    if (!isNamed(field, 'input') && !isNamed(field, 'textarea')) return;
    const value = valueOf(field);
    const before = said.get(field);
    if (before?.value === value) return;
    said.set(field, { value, longest: rememberValue(field, value, lastLook, before?.longest) });
    for (const form of formsOfDate(field.type, value)) lastLook.remember(form);
  }

  return {
    watch,
    rootsIn: innerRoots,
    forget(field) {
      said.delete(field as HTMLInputElement);
      lists.delete(field as HTMLSelectElement);
    },
    learn(isMasked, lastLook) {
      for (const list of lists.keys()) {
        if (!isConnected(list)) lists.delete(list);
        else if (isMasked(list)) watch(list, lastLook);
      }
      for (const [field, { value }] of said) {
        // Nothing is around one that has gone, and what was around it may have been what masked it.
        const hasGone = !isConnected(field);
        if (valueOf(field) !== value && (hasGone || isMasked(field))) watch(field, lastLook);
        if (hasGone) said.delete(field);
      }
    },
  };
}
