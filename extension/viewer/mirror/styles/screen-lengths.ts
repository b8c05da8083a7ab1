import type { ScreenLengths } from '../../../../protocol/page-message.ts';

/**
 * Lengths that go by the customer's phone: `100vh` is there what is seen when the address bar has gone, and more than what
 * is seen now; `env(safe-area-inset-bottom)` is what the screen's rounded edge takes. The agent's browser has neither.
 */
export interface MirroredScreenLengths {
  /** @returns whether they are others than before */
  set(told: ScreenLengths): boolean;
  /** Whether a text has such a length, and might be answered otherwise some time. */
  areNamed(css: string): boolean;
  /** @param css a sheet's text, or that of a `style` */
  answer(css: string): string;
}

const NAMED = /\d(?:[lsd]?vh|vmax|vmin)(?![\w-])|safe-area-/iu;
/** What a property is set to, and no selector: `.min-h-\[100vh\]` is a class. */
const VALUE = /:[^;{}]*(?=[;}]|$)/gu;
const LENGTH = /(?<![\w.#-])(-?\d*\.?\d+)([lsd]?vh|vmax|vmin)(?![\w-])/giu;
const INSET = /env\(\s*safe-area-(?:max-)?inset-(top|right|bottom|left)\s*(?:,[^()]*)?\)/giu;
const SIDES = ['top', 'right', 'bottom', 'left'];
const HEIGHTS = ['lvh', 'svh', 'dvh'];

export function createScreenLengths(): MirroredScreenLengths {
  let told: ScreenLengths = { insets: [0, 0, 0, 0], heights: [0, 0, 0] };

  function answerLength(length: string, count: string, unit: string): string {
    const name = unit.toLowerCase();
    const height = told.heights[Math.max(0, HEIGHTS.indexOf(name))] ?? 0;
    if (height === 0) return length;
    const pixels = `${(Number(count) * height) / 100}px`;
    return name.endsWith('vh') ? pixels : `${name.slice(1)}(${count}vw,${pixels})`;
  }

  return {
    set({ insets, heights }) {
      const before = JSON.stringify(told);
      told = { insets, heights };
      return before !== JSON.stringify(told);
    },
    areNamed: (css) => NAMED.test(css),
    answer(css) {
      const hasHeights = told.heights.some(Boolean);
      const hasInsets = told.insets.some(Boolean);
      if (!hasHeights && !hasInsets) return css;
      return css.replace(VALUE, (value) => {
        const answered = hasHeights ? value.replace(LENGTH, answerLength) : value;
        return answered.replace(INSET, (_, side: string) => `${told.insets[SIDES.indexOf(side.toLowerCase())] ?? 0}px`);
      });
    },
  };
}
