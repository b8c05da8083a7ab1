/**
 * What the editor and the picker in the site's tab say to each other, over a port of the extension. The picker runs in
 * a process that holds a page, so what comes from it is parsed like anything from outside.
 */
import { MAX_LABEL_UNITS, MAX_RULES, MAX_SELECTOR_UNITS, MAX_URL_UNITS } from '../../protocol/limits.ts';
import type { Action, Rule } from '../../protocol/rules.ts';
import { cleanText } from '../clean-text.ts';
import { isNumber, isRecord, isText } from '../shape.ts';

export const PICKER_PORT = 'alongside-picker';
export const MAX_PROPOSALS = 8;
export const MAX_SENSITIVE = 100;
const MAX_MATCHES = 1_000_000;

/** From the editor: the draft as it stands. */
export type ToPicker =
  | { readonly type: 'rules'; readonly rules: readonly Rule[] }
  /** Brings the first element the selector finds into view, chosen. */
  | { readonly type: 'choose'; readonly selector: string };

export interface SelectorProposal {
  readonly selector: string;
  /** Elements of the open page it finds. */
  readonly count: number;
}

/** An element the administrator pointed at. */
export interface Picked {
  readonly type: 'picked';
  /** `null`: to be decided in the editor. */
  readonly action: Exclude<Action, 'show'> | null;
  /** What the element is called, for the rule's name. Never a text of the page that could be a customer's. */
  readonly label: string;
  readonly selectors: readonly SelectorProposal[];
  readonly urls: readonly string[];
}

/** A field that looks sensitive and that no rule names. */
export interface SensitiveField {
  readonly label: string;
  readonly selector: string;
  /** What it seems to hold, in a word or two. */
  readonly why: string;
}

export interface PageReport {
  readonly type: 'page';
  /** Without query and fragment. */
  readonly url: string;
  /** The page has the snippet of a site; its key, or `null`. */
  readonly siteKey: string | null;
  /** Elements each rule finds, in the rules' order; `null`: it is for other pages. */
  readonly matches: readonly (number | null)[];
  /** Agents see them. */
  readonly uncovered: readonly SensitiveField[];
  /** Masked all the same, by how they look. */
  readonly byDefault: readonly SensitiveField[];
  /** Pages to propose when one of them is hidden. */
  readonly urls: readonly string[];
}

export type FromPicker = Picked | PageReport | { readonly type: 'back' };

/** `null`: not one of ours, or malformed. */
export function parseFromPicker(raw: unknown): FromPicker | null {
  if (!isRecord(raw)) return null;
  switch (raw['type']) {
    case 'picked':
      return parsePicked(raw);
    case 'page':
      return parsePage(raw);
    case 'back':
      return { type: 'back' };
    default:
      return null;
  }
}

function parsePicked({ action, label, selectors, urls }: Record<string, unknown>): Picked | null {
  if (action !== null && action !== 'mask' && action !== 'restrict' && action !== 'hide') return null;
  const proposals = listOf(selectors, MAX_PROPOSALS, parseProposal);
  const pages = listOf(urls, MAX_PROPOSALS, parseUrl);
  if (!isText(label) || proposals === null || proposals.length === 0 || pages === null) return null;
  return { type: 'picked', action, label: cleanText(label, MAX_LABEL_UNITS), selectors: proposals, urls: pages };
}

function parsePage({ url, siteKey, matches, uncovered, byDefault, urls }: Record<string, unknown>): PageReport | null {
  const address = parseUrl(url);
  const counts = listOf(matches, MAX_RULES, (count) => (count === null || isCount(count) ? { count } : null));
  const seen = listOf(uncovered, MAX_SENSITIVE, parseSensitive);
  const masked = listOf(byDefault, MAX_SENSITIVE, parseSensitive);
  const pages = listOf(urls, MAX_PROPOSALS, parseUrl);
  if (address === null || counts === null || seen === null || masked === null || pages === null) return null;
  return {
    type: 'page',
    url: address,
    siteKey: isText(siteKey) ? cleanText(siteKey, MAX_LABEL_UNITS) : null,
    matches: counts.map(({ count }) => count),
    uncovered: seen,
    byDefault: masked,
    urls: pages,
  };
}

function parseProposal(raw: unknown): SelectorProposal | null {
  if (!isRecord(raw) || !isCount(raw['count'])) return null;
  const selector = parseSelector(raw['selector']);
  return selector === null ? null : { selector, count: raw['count'] };
}

function parseSensitive(raw: unknown): SensitiveField | null {
  if (!isRecord(raw) || !isText(raw['label']) || !isText(raw['why'])) return null;
  const selector = parseSelector(raw['selector']);
  const label = cleanText(raw['label'], MAX_LABEL_UNITS);
  return selector === null ? null : { label, selector, why: cleanText(raw['why'], MAX_LABEL_UNITS) };
}

function parseSelector(raw: unknown): string | null {
  return isText(raw) && raw !== '' && raw.length <= MAX_SELECTOR_UNITS ? raw : null;
}

function parseUrl(raw: unknown): string | null {
  return isText(raw) && raw !== '' ? cleanText(raw, MAX_URL_UNITS) : null;
}

function isCount(raw: unknown): raw is number {
  return isNumber(raw, 0, MAX_MATCHES) && Number.isInteger(raw);
}

function listOf<Entry>(raw: unknown, max: number, parse: (entry: unknown) => Entry | null): Entry[] | null {
  if (!Array.isArray(raw) || raw.length > max) return null;
  const entries = raw.map(parse);
  return entries.includes(null) ? null : (entries as Entry[]);
}
