import { CLEAR, type RuleMatches } from '../judge.ts';
import { createBesideLists } from './beside-lists.ts';
import { createGuesser } from './sensitive.ts';

/** A site whose administrator has written nothing. */
export function withoutRules(): RuleMatches {
  const guesser = createGuesser();
  const besideLists = createBesideLists(document);
  return {
    of(element) {
      besideLists.see(element);
      return CLEAR;
    },
    isEmpty: true,
    likely: guesser.likely,
    all: () => [],
    adopt: besideLists.adopt,
    beside: besideLists.find,
    update(hasChanged) {
      if (hasChanged) guesser.forget();
      return [];
    },
  };
}
