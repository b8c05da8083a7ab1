import { CLEAR, type RuleMatches } from '../judge.ts';
import { createGuesser } from './sensitive.ts';

/** A site whose administrator has written nothing. */
export function withoutRules(): RuleMatches {
  const guesser = createGuesser();
  return {
    of: () => CLEAR,
    isEmpty: true,
    likely: guesser.likely,
    all: () => [],
    adopt() {},
    update(hasChanged) {
      if (hasChanged) guesser.forget();
      return [];
    },
  };
}
