import type { Preferences } from '../../../../protocol/page-message.ts';

/**
 * The font size that a browser is set to, which people change who read with difficulty: pages that name no pixels grow
 * with it, and go by it in their media queries.
 */
const LENGTH = /(?<![\w.#-])(\d*\.?\d+)r?em(?![\w-])/giu;
/** In a sheet or a `media`. */
const ASKS = /(?:@media\b|^)[^{;]*\dr?em(?![\w-])/iu;

export function createFontSize() {
  /** `null`: the same as the agent's. */
  let told: { readonly fontSize: number; readonly root: number } | null = null;

  return {
    /**
     * @param own the agent's, in CSS pixels
     * @returns whether it is another than before
     */
    set({ sizes: { fontSize }, rootFontSize }: Pick<Preferences, 'sizes' | 'rootFontSize'>, own: number): boolean {
      const before = told;
      told = fontSize === own ? null : { fontSize, root: rootFontSize };
      return before?.fontSize !== told?.fontSize;
    },
    /** Whether it may be answered otherwise some time. */
    isNamed: (queries: string): boolean => ASKS.test(queries),
    /** Media queries measure by it and by nothing else (Media Queries 4, "Units"). */
    answer(queries: string): string {
      if (told === null) return queries;
      const { fontSize } = told;
      return queries.replace(LENGTH, (_, ems: string) => `${Number(ems) * fontSize}px`);
    },
    /** The root has it from the page, in parts of what the browser is set to; this beats whatever it says here. */
    get rules(): string {
      return told === null ? '' : `:where(html) { font-size: ${told.root}px !important; }`;
    },
  };
}
