import type { MaskedText } from '../../protocol/masked-text.ts';
import { readFile } from './asset-file.ts';
import type { Assets } from './assets.ts';
import { splitImports } from './css-imports.ts';
import { renameUrls } from './css-urls.ts';
import { textOfRule } from './lost-values.ts';
import { mayKeep } from './may-keep.ts';
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
  const fetched = new Map<string, Promise<FlatText>>();

  function fetchText(url: string): Promise<FlatText> {
    const known = fetched.get(url);
    if (known) return known;
    const text = readFile(assets, url, FETCH_TIMEOUT_MS).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return { css: await response.text(), mayKeep: mayKeep(response, false) };
    });
    fetched.set(url, text);
    text.catch(() => fetched.delete(url));
    return text;
  }

  async function flatten(css: string, base: string, depth = 0): Promise<FlatText> {
    const { imports, rest } = splitImports(css);
    const parts: string[] = [];
    let mayKeepAll = true;
    if (depth < MAX_IMPORT_DEPTH) {
      for (const { url, conditions } of imports) {
        const address = new URL(url, base).href;
        const inner = await fetchText(address).then(
          (text) => flattenFile(text, address, depth + 1),
          () => NOTHING,
        );
        mayKeepAll &&= inner.mayKeep;
        parts.push(wrapImport(inner.css, conditions));
      }
    }
    parts.push(renameUrls(rest, (url) => assets.name(url, () => base)));
    return { css: parts.join('\n'), mayKeep: mayKeepAll };
  }

  async function flattenFile(file: FlatText, address: string, depth: number): Promise<FlatText> {
    const flat = await flatten(file.css, address, depth);
    return { css: flat.css, mayKeep: flat.mayKeep && file.mayKeep };
  }

  function sheetText({ css, mayKeep: may }: FlatText, source: string | null): SheetText {
    return { css, source, toFile: (text) => toSheetFile(assets, text, may) };
  }

  function ofRules(sheet: CSSStyleSheet, base: string, root: Node, from = 0): string {
    const { cssRules } = sheet;
    const texts: string[] = [];
    for (let index = from; index < cssRules.length; index += 1)
      texts.push(textOfRule(cssRules[index] as CSSRule, root));
    return renameUrls(texts.join('\n'), (url) => assets.name(url, () => base));
  }

  return {
    async ofLink(link) {
      try {
        const source = await fetchText(link.href);
        return sheetText(await flattenFile(source, link.href, 0), source.css);
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

function wrapImport(css: string, conditions: string): string {
  let rest = conditions;
  let wrapped = css;
  const layer = /^layer(?:\(([^)]*)\))?/iu.exec(rest);
  if (layer) rest = rest.slice(layer[0].length).trim();
  const supports = /^supports\((.*)\)\s*/iu.exec(rest);
  if (supports) rest = rest.slice(supports[0].length).trim();
  if (rest !== '') wrapped = `@media ${rest} {\n${wrapped}\n}`;
  if (supports) wrapped = `@supports (${supports[1]}) {\n${wrapped}\n}`;
  return layer ? `@layer ${layer[1] ?? ''} {\n${wrapped}\n}` : wrapped;
}
