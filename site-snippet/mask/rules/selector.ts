/**
 * Whether this browser takes a selector, judged strictly: what it silently forgives or ignores would hide less than was
 * meant. And what a selector looks at, so that it need not be tried at every change of the page.
 */
export interface Selector {
  readonly text: string;
  /** Attributes it names, `class` and `id` included. */
  readonly attributes: ReadonlySet<string>;
  /** A node that comes or goes may change what matches somewhere else. */
  readonly isStructural: boolean;
  /** It asks for a state that no mutation reports: `:checked`, `:hover`, `:valid`… */
  readonly isVolatile: boolean;
}

const PSEUDO_ELEMENT = /::?(?:before|after|first-line|first-letter)\b|::[\w-]+(?:\([^)]*\))?/giu;
/** Forgiving lists drop what they do not know without a word. */
const FORGIVING = /:(?:is|where|matches|-webkit-any|-moz-any)\(/giu;
const STRUCTURAL = /[+~]|:(?:has|nth|first|last|only|empty)/iu;
const STEADY_PSEUDO_CLASS =
  /:(?:not|is|where|has|root|scope|host|empty|(?:first|last|only)-(?:child|of-type)|nth-[\w-]+)\b/giu;

/** @returns `null` for a selector that cannot be obeyed to the letter */
export function readSelector(written: string): Selector | null {
  // A rule for what stands before an element was meant for the element's looks: the element it is.
  const text = written.replace(PSEUDO_ELEMENT, '').trim();
  if (!isTaken(text) || !isTaken(text.replace(FORGIVING, ':not('))) return null;
  const bare = text.replace(/\\./gu, 'x');
  const attributes = new Set(
    [...bare.matchAll(/\[\s*(?:[\w-]*\|)?([\w-]+)/gu)].map(([, name]) => (name ?? '').toLowerCase()),
  );
  if (bare.includes('.')) attributes.add('class');
  if (bare.includes('#')) attributes.add('id');
  const withoutStrings = bare.replace(/"[^"]*"|'[^']*'/gu, '');
  return {
    text,
    attributes,
    isStructural: STRUCTURAL.test(withoutStrings),
    isVolatile: withoutStrings.replace(STEADY_PSEUDO_CLASS, '').includes(':'),
  };
}

function isTaken(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
