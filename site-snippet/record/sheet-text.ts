import type { Assets } from './assets.ts';
import { renameUrls, splitImports } from './css-urls.ts';

/** The text of style sheets, as the mirror can use it: imports in place, files by their numbers. */
export interface SheetTexts {
  /** @throws when it can neither be fetched nor read */
  ofLink(link: HTMLLinkElement): Promise<SheetText>;
  /** A text with its imports in place, each inside the conditions it was imported under. */
  flatten(css: string, base: string): Promise<string>;
  /** @throws when the sheet is of another origin without CORS */
  ofRules(sheet: CSSStyleSheet, base: string, from?: number): string;
}

export interface SheetText {
  readonly css: string;
  /** As the browser has parsed it; `null`: the rules themselves were read. */
  readonly source: string | null;
}

const MAX_IMPORT_DEPTH = 5;
const FETCH_TIMEOUT_MS = 10_000;

export function createSheetTexts(assets: Assets, signal: AbortSignal): SheetTexts {
  const fetched = new Map<string, Promise<string>>();

  function fetchText(url: string): Promise<string> {
    const known = fetched.get(url);
    if (known) return known;
    const text = fetch(url, {
      cache: 'force-cache',
      signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]),
    }).then((response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return response.text();
    });
    fetched.set(url, text);
    text.catch(() => fetched.delete(url));
    return text;
  }

  async function flatten(css: string, base: string, depth = 0): Promise<string> {
    const { imports, rest } = splitImports(css);
    const parts: string[] = [];
    if (depth < MAX_IMPORT_DEPTH) {
      for (const { url, conditions } of imports) {
        const address = new URL(url, base).href;
        const inner = await fetchText(address).then(
          (text) => flatten(text, address, depth + 1),
          () => '',
        );
        parts.push(wrapImport(inner, conditions));
      }
    }
    parts.push(renameUrls(rest, (url) => assets.name(url, base)));
    return parts.join('\n');
  }

  function ofRules(sheet: CSSStyleSheet, base: string, from = 0): string {
    const { cssRules } = sheet;
    const texts: string[] = [];
    for (let index = from; index < cssRules.length; index += 1) texts.push(cssRules[index]?.cssText ?? '');
    return renameUrls(texts.join('\n'), (url) => assets.name(url, base));
  }

  return {
    async ofLink(link) {
      try {
        const source = await fetchText(link.href);
        return { css: await flatten(source, link.href), source };
      } catch {
        // A policy without `connect-src 'self'` forbids the fetch; the rules themselves may still be read.
        if (link.sheet === null) throw new Error('The sheet has not been loaded.');
        return { css: ofRules(link.sheet, link.href), source: null };
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
