import type { BrowserSizes } from '../../../../protocol/page-message.ts';

/**
 * Scroll bars as the customer's browser has them: those of phones and Macs lie over what they scroll, others take some of
 * its room, and a page that has another width has its lines broken elsewhere.
 */
export interface MirroredScrollBars {
  /**
   * @param own the agent's
   * @returns whether they are others than before
   */
  set(told: BrowserSizes, own: BrowserSizes): boolean;
  /** Whether a sheet's text has a word about scroll bars, and might be answered otherwise some time. */
  areNamed(css: string): boolean;
  answer(css: string): string;
  /** For the first layer of a document and of each shadow root; nothing: the agent's are the same. */
  readonly rules: string;
}

/** Both standard properties take the word away from `::-webkit-scrollbar`. */
const STANDARD =
  /(?<![\w-])scrollbar-(?:width\s*:\s*thin|color\s*:\s*(?!\s|auto|inherit|initial|unset|revert)[^;{}!]*[^;{}!\s])(?![\w-])/giu;
const WIDTH = '--alongside-scroll-bar';

export function createScrollBars(): MirroredScrollBars {
  /** `null`: the same as the agent's. */
  let told: Pick<BrowserSizes, 'scrollBar' | 'thinScrollBar'> | null = null;

  return {
    set({ scrollBar, thinScrollBar }, own) {
      const before = told;
      told = scrollBar === own.scrollBar && thinScrollBar === own.thinScrollBar ? null : { scrollBar, thinScrollBar };
      return before?.scrollBar !== told?.scrollBar || before?.thinScrollBar !== told?.thinScrollBar;
    },
    areNamed: (css) => css.search(STANDARD) !== -1,
    answer(css) {
      if (told === null) return css;
      const { scrollBar, thinScrollBar } = told;
      return css.replace(STANDARD, (found) => {
        if (scrollBar === 0) return 'scrollbar-width:none';
        return /^scrollbar-width/iu.test(found) ? `${WIDTH}:${thinScrollBar}px` : '';
      });
    },
    get rules() {
      return told === null ? '' : rulesFor(told.scrollBar);
    },
  };
}

/** They lose to what the page says. Colors: Chromium's own. @param width in CSS pixels */
function rulesFor(width: number): string {
  // A text area that nobody gave a width keeps room for the browser's own, whatever those are dressed in.
  if (width === 0) return '::-webkit-scrollbar { width: 0; height: 0; } textarea { scrollbar-width: none; }';
  return `
:where(*) { ${WIDTH}: ${width}px; }
::-webkit-scrollbar { width: var(${WIDTH}); height: var(${WIDTH}); background: light-dark(#fafafa, #2c2c2c); }
::-webkit-scrollbar-thumb { background: light-dark(#c1c1c1, #6b6b6b); }
`;
}
