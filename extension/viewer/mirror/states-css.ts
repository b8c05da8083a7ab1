import { COMMENT, STRING } from '../../../protocol/css-text.ts';
import { ELEMENT_STATES } from '../../../protocol/page-message.ts';
import { ASKED, ASKED_PREFIX } from './allowed.ts';

/** Attributes of ours that stand for a pseudo-class. */
export const PREFIX = 'data-alongside-';
const REPLACED = [...ELEMENT_STATES, 'hover', 'focus', 'focus-within', 'defined'].filter(
  (state) => !['modal', 'popover-open', 'undefined'].includes(state),
);
/**
 * A pseudo-class in a selector: no part of a name, and a block comes after it. `animation:hover 1s` is a declaration and
 * `(hover:hover)` a media feature.
 */
const PSEUDO = new RegExp(`(?<!\\\\|hover):(${REPLACED.join('|')})(?![\\w-])(?=[^{};]*\\{)`, 'giu');

/** The same of what the mirror has under another name; what stands in strings and comments is passed over. */
const PASSED = `${COMMENT}|${STRING}`;
const NAMES = `\\[\\s*(?:href|${ASKED.join('|')})(?=\\s*[\\]~|^$*=])`;
const MAY_ASK = new RegExp(NAMES, 'iu');
const ATTRIBUTE = new RegExp(`${PASSED}|${NAMES}(?=(?:${PASSED}|[^{};"'])*\\{)`, 'giu');

/**
 * Chromium's own rule for the body of an extension page (own-style.ts) beats rules without specificity, so those that
 * name the body get its own.
 */
const BODY_WITHOUT_SPECIFICITY = /(?<=(?:^|[{},/])\s*):where\((?:[^(){}]*,)?\s*body\s*(?:,[^(){}]*)?\)(?=\s*[{,])/giu;

/** A sheet that asks for our attributes where it asked for a state of the browser's. */
export function restate(css: string): string {
  const weighed = css.includes(':where(') ? css.replace(BODY_WITHOUT_SPECIFICITY, '$&,body') : css;
  const asked = MAY_ASK.test(weighed) ? weighed.replace(ATTRIBUTE, askOther) : weighed;
  return asked.replace(PSEUDO, (_pseudo, name: string) => {
    const state = name.toLowerCase();
    return state === 'defined' ? `:not([${PREFIX}undefined])` : `[${PREFIX}${state}]`;
  });
}

function askOther(found: string): string {
  return found.startsWith('[') ? `[${ASKED_PREFIX}${found.slice(1).trim()}` : found;
}
