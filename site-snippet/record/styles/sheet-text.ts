import { closed } from '../../../protocol/css-statements.ts';
import type { MaskedText } from '../../../protocol/masked-text.ts';
import { readFile } from '../files/asset-file.ts';
import type { Assets } from '../files/assets.ts';
import { splitImports, wrapImport } from './css-imports.ts';
import { renameUrls } from './css-urls.ts';
import { textOfRule } from './lost-values.ts';
import { mayKeep } from '../files/may-keep.ts';
import { isReadable } from './rule-watch.ts';
import { toSheetFile, type SheetFile } from './sheet-file.ts';

/** The text of style sheets, as the mirror can use it: imports in place, files by their numbers. */
export interface SheetTexts {
  /** @throws when it can neither be fetched nor read */
  ofLink(link: HTMLLinkElement): Promise<SheetText>;
  /** A text with its imports in place, each inside the conditions it was imported under. */
  flatten(css: string, base: string): Promise<FlatText>;
  /** @throws when the sheet is of another origin without CORS */
  ofRules(sheet: CSSStyleSheet, base: string, root: Node, from?: number): string;
}

export interface FlatText {
  readonly css: string;
  /** Whether all the files it was made of may be kept after the session. */
  readonly mayKeep: boolean;
}

/** A file as it was read. */
interface SheetSource extends FlatText {
  /** What addresses in it start from. */
  readonly base: string;
}

export interface SheetText {
  readonly css: string;
  readonly toFile: (text: MaskedText) => SheetFile | null;
  /** As the browser has parsed it; `null`: the rules themselves were read. */
  readonly source: string | null;
}

const NOTHING: FlatText = { css: '', mayKeep: true };
const MAX_IMPORT_DEPTH = 5;
const FETCH_TIMEOUT_MS = 10_000;

export function createSheetTexts(assets: Assets): SheetTexts {
  const fetched = new Map<string, Promise<SheetSource>>();

  function fetchText(url: string): Promise<SheetSource> {
    const known = fetched.get(url);
    if (known) return known;
    const text = readFile(assets, url, FETCH_TIMEOUT_MS).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      // Where it was sent on to is what its own names start from.
      const base = response.redirected ? response.url : url;
      return { css: await response.text(), base, mayKeep: mayKeep(response, false) };
    });
    fetched.set(url, text);
    text.catch(() => fetched.delete(url));
    return text;
  }

  async function flatten(css: string, base: string, depth = 0): Promise<FlatText> {
    const { head, rest } = splitImports(css);
    const parts: string[] = [];
    let mayKeepAll = true;
    for (const part of head) {
      if (typeof part === 'string') parts.push(part);
      else if (depth < MAX_IMPORT_DEPTH && URL.canParse(part.url, base)) {
        const inner = await flattenImport(new URL(part.url, base).href, depth + 1);
        mayKeepAll &&= inner.mayKeep;
        parts.push(wrapImport(closed(inner.css), part.conditions));
      }
    }
    parts.push(renameUrls(rest, (url) => assets.name(url, () => base)));
    return { css: parts.join('\n'), mayKeep: mayKeepAll };
  }

  function flattenImport(address: string, depth: number): Promise<FlatText> {
    return fetchText(address).then(
      (file) => flattenFile(file, depth),
      () => NOTHING,
    );
  }

  async function flattenFile(file: SheetSource, depth: number): Promise<FlatText> {
    const flat = await flatten(file.css, file.base, depth);
    return { css: flat.css, mayKeep: flat.mayKeep && file.mayKeep };
  }

  function sheetText({ css, mayKeep: may }: FlatText, source: string | null): SheetText {
    return { css, source, toFile: (text) => toSheetFile(assets, text, may) };
  }

  function ofRules(sheet: CSSStyleSheet, base: string, root: Node, from = 0): string {
    const { cssRules } = sheet;
    const imported: string[] = [];
    const texts: string[] = [];
    for (let index = from; index < cssRules.length; index += 1) {
      const rule = cssRules[index] as CSSRule;
      // All of them stand before the rules. Another window's are of another class.
      if ('styleSheet' in rule) imported.push(...texts.splice(0), ofImport(rule as CSSImportRule, base, root));
      else texts.push(textOfRule(rule, root));
    }
    return [...imported, renameUrls(texts.join('\n'), (url) => assets.name(url, () => base))].join('\n');
  }

  /** What was imported, in its place: as far as it has come, and the page may read it. */
  function ofImport({ cssText, styleSheet }: CSSImportRule, base: string, root: Node): string {
    const [head] = splitImports(cssText).head;
    if (styleSheet === null || typeof head !== 'object' || !isReadable(styleSheet)) return '';
    return wrapImport(ofRules(styleSheet, styleSheet.href ?? base, root), head.conditions);
  }

  return {
    async ofLink(link) {
      try {
        const source = await fetchText(link.href);
        return sheetText(await flattenFile(source, 0), source.css);
      } catch {
        // A policy without `connect-src 'self'` forbids the fetch; the rules themselves may still be read.
        if (link.sheet === null) throw new Error('The sheet has not been loaded.');
        return sheetText({ css: ofRules(link.sheet, link.href, link.getRootNode()), mayKeep: false }, null);
      }
    },
    flatten,
    ofRules,
  };
}
