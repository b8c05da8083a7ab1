import { PASSED } from '../../../../protocol/css-text.ts';
import { ELEMENT_STATES } from '../../../../protocol/page-message.ts';
import { TOLD_SELECTOR, tokenOf } from '../../../../protocol/told-selectors.ts';
import { ASKED, ASKED_PREFIX } from '../tree/allowed.ts';

/** What the customer has selected is marked by this name: the browser's own selection is the agent's, to copy from. */
export const SELECTION_NAME = 'alongside-selection';
/** Attributes of ours that stand for a pseudo-class. */
export const PREFIX = 'data-alongside-';
const REPLACED = [...ELEMENT_STATES, '-webkit-autofill', 'focus', 'focus-within', 'defined'].filter(
  (state) => !['modal', 'popover-open', 'undefined'].includes(state),
);
/** A pseudo-class: no part of a name, and no value of a media feature (`(hover:hover)`). */
const PSEUDO = `(?<!\\\\|hover):(${REPLACED.join('|')})(?![\\w-])`;
/** Of which the page tells who matches. */
export const MATCHES = `${PREFIX}matches`;
/** The same of what the mirror has under another name. */
const NAMES = `\\[\\s*(?:${ASKED.join('|')})(?=\\s*[\\]~|^$*=])`;
/** The list of a `select`, which is here none of the browser's popovers. */
const OPEN_LIST = '::picker\\(\\s*select\\s*\\):popover-open';
const SELECTION = '::selection(?![\\w-])';
const FOUND = new RegExp(`${PASSED}|${NAMES}|${OPEN_LIST}|${SELECTION}|${PSEUDO}|(${TOLD_SELECTOR})`, 'giu');
/** Rules of nothing but what is selected, up to their declarations. */
const OF_SELECTED = new RegExp(`(?<=^|[{};])(?:[^{};,]*::highlight\\(${SELECTION_NAME}\\)\\s*(?:,|(?=\\{)))+\\{`, 'gu');
const BOUNDARY = new RegExp(`${PASSED}|[{};]`, 'gu');

/**
 * Chromium's own rule for the body of an extension page (own-style.ts) beats rules without specificity, so those that
 * name the body get its own.
 */
const BODY_WITHOUT_SPECIFICITY = /(?<=(?:^|[{},/])\s*):where\((?:[^(){}]*,)?\s*body\s*(?:,[^(){}]*)?\)(?=\s*[{,])/giu;

/** A sheet that asks for our attributes where it asked for a state of the browser's. */
export function restate(css: string): string {
  const weighed = css.includes(':where(') ? css.replace(BODY_WITHOUT_SPECIFICITY, '$&,body') : css;
  /** Up to where what was found last is part of a selector, or is not. */
  let end = -1;
  let isSelector = false;
  const restated = weighed.replace(FOUND, (found, state: string | undefined, told: string | undefined, at: number) => {
    if (!/^[[:]/u.test(found)) return found;
    if (at > end) {
      end = boundaryAfter(weighed, at + found.length);
      // `animation:hover 1s` is a declaration.
      isSelector = weighed[end] === '{';
    }
    return isSelector ? ours(found, state, told) : found;
  });
  // Where a page says how what is selected looks, the text has its own color unless it says that as well (CSS Pseudo-Elements
  // Level 4, "Paired cascade"), and not that of the browser's selection.
  return /::selection/iu.test(css) ? restated.replace(OF_SELECTED, '$&color:currentcolor;') : restated;
}

/** Where the selector or declaration ends. */
function boundaryAfter(css: string, from: number): number {
  BOUNDARY.lastIndex = from;
  for (let token = BOUNDARY.exec(css); token !== null; token = BOUNDARY.exec(css)) {
    if (/^[{};]/u.test(token[0])) return token.index;
  }
  return css.length;
}

function ours(found: string, state?: string, told?: string): string {
  if (told) return `[${MATCHES}~="${tokenOf(told)}"]`;
  if (found.startsWith('[')) return `[${ASKED_PREFIX}${found.slice(1).trim()}`;
  if (/^::selection/iu.test(found)) return `::highlight(${SELECTION_NAME})`;
  if (!state) return `[${PREFIX}open]::picker(select)`;
  const name = state.toLowerCase().replace('-webkit-', '');
  // Folds and dialogs open here as well.
  if (name === 'open') return `:is(:open,[${PREFIX}open])`;
  return name === 'defined' ? `:not([${PREFIX}undefined])` : `[${PREFIX}${name}]`;
}
