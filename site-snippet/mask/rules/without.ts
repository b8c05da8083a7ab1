import { CLEAR, type RuleMatches } from '../judge.ts';
import { forgetLabels, likelySecret } from './sensitive.ts';

/** A site whose administrator has written nothing. */
export const WITHOUT_RULES: RuleMatches = {
  of: () => CLEAR,
  isEmpty: true,
  likely: likelySecret,
  all: () => [],
  adopt() {},
  update() {
    forgetLabels();
    return [];
  },
};
