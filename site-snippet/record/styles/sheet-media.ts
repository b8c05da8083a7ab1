import type { NodeId } from '../../../protocol/node-id.ts';
import type { RawSheet } from '../raw-sink.ts';

export type SheetOwner = HTMLLinkElement | HTMLStyleElement;

/**
 * What media a sheet is for: `<style media>` says what markup says; a sheet that was switched off, or given other media,
 * does not, and nothing reports it.
 */
export interface SheetMedia {
  /** An element got its number. */
  see(owner: SheetOwner): void;
  /** To be called before each look: what attributes have become since. */
  takeNotes(): void;
  look(owner: SheetOwner, node: NodeId): void;
}

interface Known {
  /** As the mirror has it; nothing: it is to be told. */
  media: string | null;
  /** The sheet it had first. */
  first: CSSStyleSheet | null;
  /** A script chose this alternative. */
  isChosen: boolean;
}

/** @param isShown whether what stands in the element's attributes is told */
export function createSheetMedia(
  signal: AbortSignal,
  onSheet: (sheet: RawSheet) => void,
  isShown: (element: Element) => boolean,
): SheetMedia {
  const known = new WeakMap<Node, Known>();
  /** The mirror takes the attribute over, also where that is not all there is to it. */
  const attributes = new MutationObserver(note);
  signal.addEventListener('abort', () => attributes.disconnect(), { once: true });

  function note(records: readonly MutationRecord[]): void {
    for (const { target } of records) {
      const state = known.get(target);
      if (state) state.media = null;
    }
  }

  function mediaOf(owner: SheetOwner, state: Known): string {
    const { sheet } = owner;
    // Chromium says of an alternative sheet that it is not disabled. One that a script switches on is loaded anew.
    // And of a link whose sheet a script switches off, that the link is not.
    const isDisabled = owner.disabled || sheet?.disabled === true;
    if (isDisabled || (state.first !== null && state.first !== sheet)) state.isChosen = true;
    state.first ??= sheet;
    // Without a sheet: it has not come yet, it is no CSS or none any more, or the page's policy has refused it.
    const isOff = sheet === null || isDisabled || (!state.isChosen && isAlternative(owner));
    return isOff ? 'not all' : sheet.media.mediaText;
  }

  return {
    see(owner) {
      attributes.observe(owner, { attributeFilter: ['media'] });
      known.set(owner, { media: isShown(owner) ? owner.media : null, first: owner.sheet, isChosen: false });
    },
    takeNotes: () => note(attributes.takeRecords()),
    look(owner, node) {
      const state = known.get(owner);
      if (state === undefined) return;
      const text = mediaOf(owner, state);
      if (text === state.media) return;
      state.media = text;
      onSheet({ type: 'sheet-media', node, owner, text });
    },
  };
}

function isAlternative(owner: SheetOwner): boolean {
  return owner.localName === 'link' && (owner as HTMLLinkElement).relList.contains('alternate');
}
