import type { ScrollBars } from '../../../protocol/page-message.ts';

/**
 * Scroll bars as the customer's browser has them: those of phones and Macs lie over what they scroll, others take some of
 * its room, and a page that has another width has its lines broken elsewhere.
 */
export interface MirroredScrollBars {
  /** @returns whether they are others than before */
  set(told: ScrollBars): boolean;
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

/** @param own the agent's */
export function createScrollBars(own: ScrollBars): MirroredScrollBars {
  let told = own;
  const areSame = (): boolean => told.normal === own.normal && told.thin === own.thin;

  return {
    set(now) {
      const areOthers = told.normal !== now.normal || told.thin !== now.thin;
      told = now;
      return areOthers;
    },
    areNamed: (css) => css.search(STANDARD) !== -1,
    answer(css) {
      if (areSame()) return css;
      return css.replace(STANDARD, (found) => {
        if (told.normal === 0) return 'scrollbar-width:none';
        return /^scrollbar-width/iu.test(found) ? `${WIDTH}:${told.thin}px` : '';
      });
    },
    get rules() {
      return areSame() ? '' : rulesFor(told.normal);
    },
  };
}

/** They lose to what the page says. Colors: Chromium's own. @param width in CSS pixels */
function rulesFor(width: number): string {
  if (width === 0) return '::-webkit-scrollbar { width: 0; height: 0; }';
  return `
:where(*) { ${WIDTH}: ${width}px; }
::-webkit-scrollbar { width: var(${WIDTH}); height: var(${WIDTH}); background: light-dark(#fafafa, #2c2c2c); }
::-webkit-scrollbar-thumb { background: light-dark(#c1c1c1, #6b6b6b); }
`;
}

/** The browser's own, where no sheet reaches. */
export function measureScrollBars(document: Document): ScrollBars {
  const host = document.createElement('div');
  const box = document.createElement('div');
  const widthOf = (style: string): number => {
    box.style.cssText = `width: 99px; height: 99px; overflow: scroll; scrollbar-width: ${style}`;
    return box.offsetWidth - box.clientWidth;
  };
  host.attachShadow({ mode: 'open' }).append(box);
  document.documentElement.append(host);
  const bars = { normal: widthOf('auto'), thin: widthOf('thin') };
  host.remove();
  return bars;
}
