import type { BrowserSizes, Preferences } from '../../../../protocol/page-message.ts';
import { holdingNow, PREFERENCES } from '../../../../protocol/preferences.ts';
import { createForcedColors } from './forced-colors.ts';
import { createFontSize } from './font-size.ts';
import { createScreenLengths } from './screen-lengths.ts';
import { createScrollBars } from './scroll-bars.ts';

/**
 * The questions that the page's sheets ask about the browser they are in, answered as at the customer's. They are
 * replaced in a sheet's text, never parsed, by questions that always or never hold.
 */
export interface MirroredPreferences {
  /**
   * Draws a sheet's text now, and again when the answers in it have changed.
   * @param target what is drawn on: what is drawn there later takes the place of this
   */
  drawSheet: DrawAnswered;
  /** As `drawSheet`, for the value of a `style`. */
  drawStyle: DrawAnswered;
  /** As `drawSheet`, for the value of a `media`. */
  drawMedia: DrawAnswered;
  /** The customer's browser is a dark one. */
  readonly isDark: boolean;
  /** Rules of the first layer, beneath the page's own: its scroll bars, and the size of its fonts. */
  readonly beneath: string;
  /** What the customer's browser says from now on. */
  set(told: Preferences): void;
  /** It says how large things are, and nobody knew how large they are in the agent's. */
  readonly isUnsure: boolean;
  /** The colors that the customer's system forces upon pages, a line for each; nothing: none. */
  force(colors: string): void;
  /** A new page, of the same customer. */
  clear(): void;
}

export type DrawAnswered = (
  target: object,
  text: string,
  isStillThere: () => boolean,
  draw: (answered: string) => void,
) => void;

interface Drawn {
  readonly redraw: () => void;
  readonly isStillThere: () => boolean;
}

const YES = '(min-width:0)';
const NO = '(max-width:-1px)';
/** Sheets that ask. What comes after them keeps the answers of its time. */
const MAX_DRAWN = 5_000;

const FEATURES: readonly (readonly [string, readonly string[]])[] = Object.entries(PREFERENCES);
const FEATURE = new RegExp(`\\(\\s*(${FEATURES.map(([name]) => name).join('|')})\\s*(?::\\s*([\\w-]+)\\s*)?\\)`, 'giu');
const RESOLUTION = /\(\s*(min-|max-)?resolution\s*:\s*([\d.]+)(dppx|dpi|dpcm|x)\s*\)/giu;
const OLD_RESOLUTION = /\(\s*-webkit-(min-|max-)?device-pixel-ratio\s*:\s*([\d.]+)()\s*\)/giu;
/** `(1x < resolution <= 2dppx)` (Media Queries 4): a bound on either side, or on both. */
const RESOLUTION_RANGE =
  /\(\s*(?:([\d.]+)(dppx|dpi|dpcm|x)\s*([<>]?=|[<>])\s*)?resolution(?:\s*([<>]?=|[<>])\s*([\d.]+)(dppx|dpi|dpcm|x))?\s*\)/giu;
/** How large the screen is: on a phone as large as what the page is laid out in, mostly. */
const SCREEN_SIZE = /(?<![\w-])(min-|max-)?device-(width|height|aspect-ratio)(?![\w-])/giu;
const MEDIA_RULE = /@media\b[^{;]*/giu;
/** `color-scheme: light dark`: the browser takes its own choice of the two. */
const BOTH_SCHEMES = /(?<![\w-])color-scheme\s*:\s*(?:only\s+)?(?:light\s+dark|dark\s+light)(?![\w-])/giu;
/** Dots a CSS pixel, by unit. */
const UNITS: Record<string, number> = { dppx: 1, x: 1, '': 1, dpi: 1 / 96, dpcm: 2.54 / 96 };

/**
 * Until the customer's browser has said, the agent's answers.
 * @param measure what the agent's browser is set to; `null`: nobody knows now, for nothing is displayed
 * @param onForced takes the rules that lie over the page's own while colors are forced
 */
export function createMirroredPreferences(
  window: Window,
  measure: () => BrowserSizes | null,
  onForced: (sheet: string) => void = () => {},
): MirroredPreferences {
  const forced = createForcedColors(() => onForced(forced.sheet));
  let told: Pick<Preferences, 'holding' | 'devicePixelRatio' | 'pageScheme'> = {
    holding: holdingNow((query) => window.matchMedia(query).matches),
    devicePixelRatio: window.devicePixelRatio,
    pageScheme: 'normal',
  };
  let own: BrowserSizes | null = null;
  let isUnsure = false;
  const scrollBars = createScrollBars();
  const fontSize = createFontSize();
  const lengths = createScreenLengths();
  let drawn = new Map<object, Drawn>();

  const isDark = (): boolean => holds('prefers-color-scheme', 'dark');

  function answerSheet(css: string): string {
    return forced
      .answer(scrollBars.answer(lengths.answer(css)))
      .replace(MEDIA_RULE, answerQueries)
      .replace(BOTH_SCHEMES, `color-scheme:${isDark() ? 'dark' : 'light'}`);
  }

  function answerQueries(queries: string): string {
    return fontSize
      .answer(queries)
      .replace(FEATURE, (_feature, name: string, word?: string) =>
        verdict(holds(name.toLowerCase(), word?.toLowerCase())),
      )
      .replace(RESOLUTION, answerResolution)
      .replace(OLD_RESOLUTION, answerResolution)
      .replace(RESOLUTION_RANGE, answerRange)
      .replace(SCREEN_SIZE, (found, bound = '', side: string) => (isPhone() ? bound + side : found));
  }

  function holds(name: string, word: string | undefined): boolean {
    const place = FEATURES.findIndex(([known]) => known === name);
    const bits = told.holding[place] ?? 0;
    const words = FEATURES[place]?.[1] ?? [];
    // Without a word: any that is not the one for *no*.
    if (word === undefined) return words.some((one, index) => !isNo(one) && (bits & (1 << index)) !== 0);
    return (bits & (1 << words.indexOf(word))) !== 0 && words.includes(word);
  }

  function answerResolution(_query: string, bound: string | undefined, value: string, unit: string): string {
    const asked = dotsOf(value, unit);
    if (bound === undefined) return verdict(asked === told.devicePixelRatio);
    return verdict(bound.toLowerCase() === 'min-' ? told.devicePixelRatio >= asked : told.devicePixelRatio <= asked);
  }

  function answerRange(_query: string, ...bounds: readonly string[]): string {
    const [least, leastUnit, before, after, most, mostUnit] = bounds;
    const ratio = told.devicePixelRatio;
    const isAbove = before === undefined || isAs(dotsOf(least, leastUnit), before, ratio);
    return verdict(isAbove && (after === undefined || isAs(ratio, after, dotsOf(most, mostUnit))));
  }

  function isPhone(): boolean {
    return holds('hover', 'none') && holds('pointer', 'coarse');
  }

  /** Though nothing in it is answered otherwise now. */
  function mayChange(text: string): boolean {
    const isSized = scrollBars.areNamed(text) || fontSize.isNamed(text) || lengths.areNamed(text);
    return isSized || text.search(SCREEN_SIZE) !== -1;
  }

  function keep(target: object, one: Drawn): void {
    if (drawn.size >= MAX_DRAWN) for (const [key, { isStillThere }] of drawn) if (!isStillThere()) drawn.delete(key);
    drawn.delete(target);
    if (drawn.size < MAX_DRAWN) drawn.set(target, one);
  }

  function drawWith(answer: (text: string) => string): DrawAnswered {
    return (target, text, isStillThere, draw) => {
      const answered = answer(text);
      if (answered === text && !mayChange(text)) drawn.delete(target);
      else keep(target, { redraw: () => draw(answer(text)), isStillThere });
      draw(answered);
    };
  }

  function redrawAll(): void {
    for (const { redraw, isStillThere } of drawn.values()) if (isStillThere()) redraw();
  }

  return {
    drawSheet: drawWith(answerSheet),
    drawStyle: drawWith(lengths.answer),
    drawMedia: drawWith(answerQueries),
    get isDark() {
      return isDark();
    },
    get beneath() {
      return scrollBars.rules + fontSize.rules;
    },
    set(now) {
      const before = told;
      told = now;
      own ??= measure();
      isUnsure = own === null;
      const mine = own ?? now.sizes;
      const areOthers = [
        scrollBars.set(now.sizes, mine),
        fontSize.set(now, mine.fontSize),
        lengths.set(now),
        before.holding.join() !== now.holding.join(),
        before.devicePixelRatio !== now.devicePixelRatio,
      ];
      if (areOthers.includes(true)) redrawAll();
    },
    get isUnsure() {
      return isUnsure;
    },
    force(colors) {
      forced.set(colors);
      redrawAll();
    },
    clear() {
      drawn = new Map();
      forced.set('');
    },
  };
}

function dotsOf(value = '', unit = ''): number {
  return Number(value) * (UNITS[unit.toLowerCase()] ?? 1);
}

function isAs(one: number, comparison: string, other: number): boolean {
  if (one === other) return comparison.includes('=');
  return comparison.startsWith(one < other ? '<' : '>');
}

function isNo(word: string): boolean {
  return word === 'none' || word === 'no-preference';
}

function verdict(holds: boolean): string {
  return holds ? YES : NO;
}
