import {
  MAX_RULE_NAME_UNITS,
  MAX_SELECTORS_PER_RULE,
  MAX_SELECTOR_UNITS,
  MAX_URLS_PER_RULE,
  MAX_URL_UNITS,
} from '../../protocol/limits.ts';

/** A page no site has; paths are read as paths of it. */
const SOME_SITE = 'https://site.invalid';

/** One entry a line, as people type them. */
export function linesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is wrong with a rule's selectors, in a sentence; empty when nothing is. */
export function selectorsFault(selectors: readonly string[]): string {
  if (selectors.length === 0) return 'A rule needs at least one selector.';
  if (selectors.length > MAX_SELECTORS_PER_RULE) return `A rule has at most ${MAX_SELECTORS_PER_RULE} selectors.`;
  const wrong = selectors.find((selector) => selector.length > MAX_SELECTOR_UNITS || !isSelector(selector));
  return wrong === undefined ? '' : `“${shorten(wrong)}” is not a CSS selector.`;
}

export function urlsFault(urls: readonly string[]): string {
  if (urls.length > MAX_URLS_PER_RULE) return `A rule has at most ${MAX_URLS_PER_RULE} pages.`;
  const wrong = urls.find((url) => url.length > MAX_URL_UNITS || !isPagePattern(url));
  return wrong === undefined ? '' : `“${shorten(wrong)}” is neither a path nor an address.`;
}

export function nameFault(name: string): string {
  return name.length > MAX_RULE_NAME_UNITS ? `A name has at most ${MAX_RULE_NAME_UNITS} characters.` : '';
}

export function isSelector(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text);
    return true;
  } catch {
    return false;
  }
}

export function isPagePattern(text: string): boolean {
  // Without a slash or a scheme it would be read as a path of the page it is tried on.
  if (!/^(?:\/|https?:\/\/|\*:\/\/|https?\{?s?\}?\??:\/\/)/u.test(text)) return false;
  try {
    return new URLPattern(text, SOME_SITE).pathname !== '';
  } catch {
    return false;
  }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
