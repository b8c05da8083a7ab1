import type { NodeId } from '../../protocol/node-id.ts';
import type { Assets } from './assets.ts';
import { renameUrls, splitImports } from './css-urls.ts';
import type { NodeNumbers } from './node-numbers.ts';

/**
 * The text of style sheets that markup does not carry: linked ones, and `<style>` elements filled by script. The text
 * comes from the HTTP cache; rules are serialised only where there is no text to be had.
 */
export interface Sheets {
  /** An element got its number. */
  see(element: Element, tag: string, id: NodeId): void;
  /** Rules added by script since the last look: nothing reports them. */
  look(): void;
  /** Resolves when the sheets seen so far have been handed over, or after a while. */
  settled(): Promise<void>;
}

export interface SheetOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly assets: Assets;
  readonly signal: AbortSignal;
  readonly onSheet: (id: NodeId, css: string) => void;
  readonly onUnreadable: (id: NodeId) => void;
}

const MAX_IMPORT_DEPTH = 5;
const FETCH_TIMEOUT_MS = 10_000;
const SETTLE_MS = 3_000;

export function createSheets(options: SheetOptions): Sheets {
  const { document, numbers, assets, signal } = options;
  const pending = new Set<Promise<void>>();
  /** Rules counted when last sent, for `<style>` elements whose rules come from script. */
  const scripted = new Map<HTMLStyleElement, number>();
  const fetched = new Map<string, Promise<string>>();

  function see(element: Element, tag: string, id: NodeId): void {
    if (tag === 'link') seeLink(element as HTMLLinkElement, id);
    else if (tag === 'style') seeStyle(element as HTMLStyleElement);
  }

  function seeLink(link: HTMLLinkElement, id: NodeId): void {
    if (!link.relList.contains('stylesheet') || link.href === '') return;
    const work = sendLink(link, id).finally(() => pending.delete(work));
    pending.add(work);
    link.addEventListener('load', () => void sendLink(link, numbers.of(link)), { signal });
  }

  async function sendLink(link: HTMLLinkElement, id: NodeId): Promise<void> {
    const css = await readLink(link).catch(() => null);
    if (signal.aborted || numbers.of(link) !== id || id === 0) return;
    if (css === null) options.onUnreadable(id);
    else options.onSheet(id, css);
  }

  async function readLink(link: HTMLLinkElement): Promise<string> {
    try {
      return await flatten(await fetchText(link.href), link.href, 0);
    } catch {
      // A policy without `connect-src 'self'` forbids the fetch; the rules themselves may still be read.
      return renameUrls(serialize(link.sheet), (url) => assets.name(url, link.href));
    }
  }

  /** A sheet with its imports in place, each inside the conditions it was imported under. */
  async function flatten(css: string, base: string, depth: number): Promise<string> {
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

  function seeStyle(style: HTMLStyleElement): void {
    // A sheet with a text of its own travels as that text.
    if (style.firstChild !== null && style.textContent.trim() !== '') return;
    scripted.set(style, -1);
    lookAt(style);
  }

  function lookAt(style: HTMLStyleElement): void {
    const id = numbers.of(style);
    if (id === 0) {
      scripted.delete(style);
      return;
    }
    const rules = style.sheet?.cssRules.length ?? 0;
    if (rules === (scripted.get(style) ?? -1) || (rules === 0 && scripted.get(style) === -1)) return;
    scripted.set(style, rules);
    options.onSheet(
      id,
      renameUrls(serialize(style.sheet), (url) => assets.name(url, document.baseURI)),
    );
  }

  return {
    see,
    look() {
      for (const style of scripted.keys()) lookAt(style);
    },
    async settled() {
      if (pending.size > 0) await Promise.race([Promise.allSettled(pending), delay(SETTLE_MS, signal)]);
    },
  };
}

/** @throws when the sheet is of another origin without CORS, or not loaded */
function serialize(sheet: CSSStyleSheet | null): string {
  if (sheet === null) throw new Error('The sheet has not been loaded.');
  const texts: string[] = [];
  for (const rule of sheet.cssRules) texts.push(rule.cssText);
  return texts.join('\n');
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

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
