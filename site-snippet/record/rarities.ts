import { PREFERENCES } from '../../protocol/preferences.ts';
import type { Preferences } from '../../protocol/page-message.ts';
import { viewOf } from '../native.ts';
import type { TellBeside } from './beside.ts';
import type { NodeNumbers } from './node-numbers.ts';
import { endAt } from './states/selection.ts';
import { whenNeeded } from './when-needed.ts';

/** What few pages have, and nothing reports: each part is loaded with the first page that has it. */
export interface Rarities {
  /** The text of a sheet, or of what may be one. */
  learn(css: string): void;
  seeRoot(root: Document | ShadowRoot): void;
  prefer(now: Preferences): void;
  /** @param isThorough also what can wait */
  look(roots: Iterable<Document | ShadowRoot>, isThorough: boolean): void;
}

export interface RarityOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  readonly tell: TellBeside;
  /** Whether an element's texts are told as they are. */
  readonly isShown: (element: Element) => boolean;
}

const FORCED = Object.keys(PREFERENCES).indexOf('forced-colors');
const IS_FORCED = 2;
/** Something in a sheet that only this browser can answer (protocol/told-selectors.ts). */
const MAY_BE_TOLD = /:state\(|:(?:in)?valid|\[\s*(?:src|sizes|poster|data[^-]|action|ping|on)/iu;

export function createRarities({ document, numbers, signal, tell, isShown }: RarityOptions): Rarities {
  const selectors = whenNeeded(async () => {
    const { createToldSelectors } = await import('./styles/told-selectors.ts');
    return createToldSelectors(numbers, tell);
  }, signal);
  const slots = whenNeeded(async () => {
    const { createManualSlots } = await import('./tree/manual-slots.ts');
    return createManualSlots(numbers, tell);
  }, signal);
  const registry = viewOf(document)?.CSS.highlights;
  const highlights = whenNeeded(async () => {
    const { createHighlights } = await import('./states/highlights.ts');
    return createHighlights({
      document,
      registry: registry as HighlightRegistry,
      tell,
      isShown,
      endAt: (node, offset) => endAt({ numbers, isShown }, node, offset),
    });
  }, signal);
  const colors = whenNeeded(() => import('./styles/system-colors.ts'), signal);
  let wasForced = false;

  return {
    learn(css) {
      if (MAY_BE_TOLD.test(css)) selectors.ask((all) => all.learn(css));
    },
    seeRoot(root) {
      if (!('slotAssignment' in root) || root.slotAssignment !== 'manual') return;
      slots.ask(({ see, look }) => {
        see(root);
        look();
      });
    },
    prefer({ holding }) {
      const isForced = ((holding[FORCED] ?? 0) & IS_FORCED) !== 0;
      if (isForced || wasForced) colors.ask(({ tellSystemColors }) => tellSystemColors(document, tell));
      wasForced = isForced;
    },
    look(roots, isThorough) {
      if (selectors.isNeeded) selectors.ask((all) => all.look(roots));
      if (!isThorough) return;
      if (slots.isNeeded) slots.ask((all) => all.look());
      if (registry && (registry.size > 0 || highlights.isNeeded)) highlights.ask((all) => all.look());
    },
  };
}
