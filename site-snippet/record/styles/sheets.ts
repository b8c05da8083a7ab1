import { contentOf, rootOf } from '../../native.ts';
import { MAX_STRING_UNITS } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import type { RawSheet } from '../raw-sink.ts';
import { splitImports } from './css-imports.ts';
import { createRuleWatch, haveSameRules, isReadable, type RuleWatch } from './rule-watch.ts';
import { createSheetMedia, type SheetOwner } from './sheet-media.ts';
import type { SheetTexts } from './sheet-text.ts';
import { listen } from '../../listen.ts';

/**
 * The style sheets of `<link>` and `<style>`: the text that markup does not carry, and what scripts do to their rules.
 * The text comes from the HTTP cache; rules are serialised only where there is no text to be had.
 */
export interface Sheets {
  /** An element got its number. */
  see(element: Element, tag: string, id: NodeId): void;
  /**
   * What scripts have done since the last look: nothing reports it.
   * @param isThorough also compares what a count does not tell; to be asked for now and then
   */
  look(isThorough: boolean): void;
  /** Resolves when the sheets seen so far have been handed over. */
  settled(): Promise<void>;
}

export interface SheetOptions {
  readonly numbers: NodeNumbers;
  readonly texts: SheetTexts;
  readonly signal: AbortSignal;
  readonly onSheet: (sheet: RawSheet) => void;
  readonly onUnreadable: (id: NodeId) => void;
  /** Whether the texts in it are told as they are. */
  readonly isShown: (element: Element) => boolean;
}

interface Watched {
  /** Parsing an element's text anew makes another sheet. */
  sheet: CSSStyleSheet | null;
  rules: RuleWatch | null;
  /** The mirror has rules that the markup has not. */
  isEdited: boolean;
  /** Those were read one by one, from the sheet as scripts have made it. */
  isOfRules: boolean;
  /** The text that was sent, until it has been compared with the rules once: scripts may have been there before us. */
  source: string | null;
}

/** Pages of web components may have a sheet in each. */
const MAX_WATCHED = 1_000;
/** More than these are counted now and then, not with every change of the page. */
const MAX_COUNTED_SHEETS = 50;
/** Parsing so much to count its rules takes a few milliseconds. */
const MAX_COUNTED_UNITS = 500_000;

export function createSheets(options: SheetOptions): Sheets {
  const { numbers, texts, signal, onSheet, isShown } = options;
  const pending = new Set<Promise<void>>();
  const watched = new Map<SheetOwner, Watched>();
  const heard = new WeakSet<SheetOwner>();
  const media = createSheetMedia(signal, onSheet, isShown);
  let turn = 0;

  function see(element: Element, tag: string, id: NodeId): void {
    if (tag === 'link') seeLink(element as HTMLLinkElement, id);
    else if (tag === 'style') seeStyle(element as HTMLStyleElement);
  }

  function seeLink(link: HTMLLinkElement, id: NodeId): void {
    // A preloaded sheet may become one when it has loaded.
    hear(link, () => isSheet(link) && void sendLink(link, numbers.of(link)));
    if (!isSheet(link)) return;
    watch(link, null);
    wait(sendLink(link, id));
  }

  function seeStyle(style: HTMLStyleElement): void {
    // A sheet with a text of its own travels as that text; under a mask nothing is left of it, and its rules do.
    const source = contentOf(style) ?? '';
    watch(style, source);
    if (isApart(source)) wait(sendApart(style, numbers.of(style)));
    else if (source.trim() === '' || !isShown(style)) lookAt(style, watched.get(style));
  }

  function watch(owner: SheetOwner, source: string | null): void {
    if (watched.size >= MAX_WATCHED) return;
    const { sheet } = owner;
    const isVeiled = source !== null && !isApart(source) && !isShown(owner);
    const isEmpty = source?.trim() === '';
    media.see(owner);
    watched.set(owner, {
      sheet,
      rules: sheet && (isEmpty || isVeiled) ? createRuleWatch(sheet, isEmpty ? 0 : -1) : null,
      isEdited: isVeiled,
      isOfRules: false,
      source,
    });
  }

  /** Once for each, however often it is sent anew. */
  function hear(owner: SheetOwner, onLoad: () => void): void {
    if (!heard.has(owner)) listen(owner, 'load', onLoad, { signal });
    heard.add(owner);
  }

  function wait(sending: Promise<void>): void {
    const work = sending.finally(() => pending.delete(work));
    pending.add(work);
  }

  async function sendLink(link: HTMLLinkElement, id: NodeId): Promise<void> {
    const { href } = link;
    const text = await texts.ofLink(link).catch(() => null);
    // What it names by now is sent when that has loaded.
    if (signal.aborted || numbers.of(link) !== id || id === 0 || link.href !== href) return;
    if (text === null) {
      options.onUnreadable(id);
      return;
    }
    // Still on its way; or the browser has refused it, for its type or a checksum that is not its own.
    if (link.sheet === null) return;
    onSheet({ type: 'sheet', node: id, owner: link, text: text.css, toFile: text.toFile });
    if (!watched.has(link)) watch(link, null);
    const state = watched.get(link);
    if (state === undefined) return;
    const { source } = text;
    Object.assign(state, { sheet: link.sheet, rules: null, isEdited: false, isOfRules: false, source });
  }

  async function sendApart(style: HTMLStyleElement, id: NodeId): Promise<void> {
    const source = contentOf(style) ?? '';
    hear(style, () => readImported(style));
    const flat = await texts.flatten(source, style.baseURI).catch(() => null);
    if (flat === null || signal.aborted || numbers.of(style) !== id || contentOf(style) !== source) return;
    onSheet({ type: 'sheet', node: id, owner: style, text: flat.css });
    const state = watched.get(style);
    // What scripts have done meanwhile is not in it, and is found by comparing.
    if (state) Object.assign(state, { rules: null, isEdited: true, isOfRules: false, source });
  }

  /** What it imports has come: it was not among the rules that have been read. */
  function readImported(style: HTMLStyleElement): void {
    const state = watched.get(style);
    if (state?.isOfRules && style.sheet) state.rules = createRuleWatch(style.sheet, -1);
  }

  // --- What scripts do ------------------------------------------------------------------------------------------------

  function lookAt(owner: SheetOwner, state: Watched | undefined, isThorough = false): void {
    const node = numbers.of(owner);
    if (node === 0 || state === undefined) {
      watched.delete(owner);
      return;
    }
    media.look(owner, node);
    const { sheet } = owner;
    if (sheet === null) return;
    if (sheet !== state.sheet) renew(owner, state, sheet, node);
    if (!isReadable(sheet)) return;
    if (isThorough && wasEditedBefore(state, sheet)) state.rules = createRuleWatch(sheet, -1);
    state.rules ??= createRuleWatch(sheet);
    const edit = isThorough ? state.rules.compare(sheet) : state.rules.look(sheet);
    if (edit === null) return;
    Object.assign(state, { isEdited: true, isOfRules: true });
    const text = texts.ofRules(sheet, sheet.href ?? owner.baseURI, rootOf(owner), edit);
    onSheet({ type: edit === 0 ? 'sheet' : 'sheet-more', node, owner, text });
  }

  /** The element's text was parsed anew: what scripts had done to the rules is gone. */
  function renew(owner: SheetOwner, state: Watched, sheet: CSSStyleSheet, node: NodeId): void {
    state.sheet = sheet;
    state.rules = null;
    if (owner.localName === 'link') return; // Its text is sent when it has loaded.
    state.source = contentOf(owner) ?? '';
    if (isApart(state.source)) void sendApart(owner, node);
    else if (state.isEdited) state.rules = createRuleWatch(sheet, -1);
    else if (state.source.trim() === '') state.rules = createRuleWatch(sheet, 0);
  }

  /** Whether the rules are others than those of the text that was sent, as the browser's own parser reads it. */
  function wasEditedBefore(state: Watched, sheet: CSSStyleSheet): boolean {
    const { source } = state;
    state.source = null;
    if (source === null || source.length > MAX_COUNTED_UNITS) return false;
    try {
      const copy = new CSSStyleSheet();
      // Browsers complain to the page of imports where there can be none.
      const { head, rest } = splitImports(source);
      copy.replaceSync([...head.filter((statement) => typeof statement === 'string'), rest].join('\n'));
      return !haveSameRules(copy, sheet);
    } catch {
      return false;
    }
  }

  return {
    see,
    look(isThorough) {
      media.takeNotes();
      if (!isThorough && watched.size > MAX_COUNTED_SHEETS) return;
      // One of them, each time another, is compared, and as many more as have not been counted yet and are small.
      const chosen = turn % Math.max(1, watched.size);
      if (isThorough) turn += 1;
      let index = 0;
      let units = MAX_COUNTED_UNITS;
      for (const [owner, state] of watched) {
        const { length } = state.source ?? '';
        const isUncounted = length > 0 && length <= units;
        if (isUncounted) units -= length;
        lookAt(owner, state, isThorough && (index === chosen || isUncounted));
        index += 1;
      }
    },
    settled: async () => void (await Promise.allSettled(pending)),
  };
}

/** Its text in the tree is not all of it: it imports others, or is longer than a text may be. */
function isApart(source: string): boolean {
  return source.length > MAX_STRING_UNITS || /@import/iu.test(source);
}

function isSheet(link: HTMLLinkElement): boolean {
  return link.relList.contains('stylesheet') && link.href !== '';
}
