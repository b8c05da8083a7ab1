import { SYSTEM_COLORS, type SystemColor } from '../../../../protocol/system-colors.ts';

/**
 * Colors that the customer's system forces upon pages, and the agent's does not. What the browser does with them is
 * repeated by rules: a page's own colors count for nothing, but those it names after the system's, and but where it says
 * `forced-color-adjust: none`.
 */
export interface ForcedColors {
  /** @param told a line for each color; nothing: none are forced */
  set(told: string): void;
  /** A sheet's text with the customer's colors in it, those that the page chose among the system's. */
  answer(css: string): string;
  /** On top of the page's sheets; empty when no colors are forced. */
  readonly sheet: string;
}

const LINE = /^([A-Za-z]{4,20}) (#[\da-f]{6}|rgba\([\d., ]{5,40}\))$/u;
const NAME = String.raw`(?<![\w.(/-])(?:${SYSTEM_COLORS.join('|')})(?![\w./-])`;
const NAMES = new RegExp(NAME, 'giu');
/** A declaration with such a name in it. */
const DECLARATION = new RegExp(
  String.raw`(?<=[{;\s])((?:[a-z-]{0,30}color|background|border[a-z-]{0,30}|outline|fill|stroke)\s*:)([^;{}!"']{0,200}?${NAME}[^;{}!"']{0,200})(?=[;}]|$)`,
  'giu',
);
const KEEPING =
  /(?<=^|[{};])([^{};@]{1,300})\{[^{}]{0,2000}?forced-color-adjust\s*:\s*(?:none|preserve-parent-color)/giu;
const MAX_KEEPING = 200;

export function createForcedColors(onSheet: () => void): ForcedColors {
  let colors = new Map<string, string>();
  /** Selectors of what the page keeps its own colors for. */
  const keeping = new Set<string>();

  function learnKeeping(css: string): void {
    if (!css.includes('forced-color-adjust')) return;
    const before = keeping.size;
    for (const [, text = ''] of css.matchAll(KEEPING)) {
      const selector = text.replaceAll(/\/\*[^]*?\*\//gu, '').trim();
      if (keeping.size < MAX_KEEPING && CSS.supports(`selector(:where(${selector}))`)) keeping.add(selector);
    }
    if (keeping.size > before) onSheet();
  }

  const of = (name: SystemColor): string => colors.get(name.toLowerCase()) ?? name;

  return {
    set(told) {
      const found = told.split('\n', SYSTEM_COLORS.length).map((line) => LINE.exec(line) ?? []);
      colors = new Map(found.map(([, name = '', color = '']) => [name.toLowerCase(), color]));
      colors.delete('');
      keeping.clear();
      onSheet();
    },
    answer(css) {
      if (colors.size === 0) return css;
      learnKeeping(css);
      return css.replace(
        DECLARATION,
        (_declaration, property: string, value: string) =>
          `${property}${value.replace(NAMES, (name) => of(name as SystemColor))} !important`,
      );
    },
    get sheet() {
      return colors.size === 0 ? '' : forcingSheet(of, [...keeping].join());
    },
  };
}

function forcingSheet(of: (name: SystemColor) => string, keeping: string): string {
  const kept = keeping === '' ? '' : `:not(:where(${keeping}), :where(${keeping}) *)`;
  const forced = (selector: string): string => `:where(${selector}${kept})`;
  const all = forced(':not(svg, svg *)');
  return `
${all}, ${all}::before, ${all}::after {
  color: revert !important; background-color: revert !important; border-color: revert !important;
  outline-color: revert !important; text-decoration-color: revert !important; column-rule-color: revert !important;
  box-shadow: none !important; text-shadow: none !important;
}
:where(html) {
  color: ${of('CanvasText')} !important; background-color: ${of('Canvas')} !important;
  color-scheme: ${isDark(of('Canvas')) ? 'dark' : 'light'} !important;
}
${forced(':any-link')} { color: ${of('LinkText')} !important; }
${forced('mark')} { color: ${of('MarkText')} !important; background-color: ${of('Mark')} !important; }
${forced(':is(button, input, select)')} {
  color: ${of('ButtonText')} !important; background-color: ${of('ButtonFace')} !important;
  border-color: ${of('ButtonBorder')} !important;
}
${forced(':is(input:not([type=button], [type=submit], [type=reset]), textarea)')} { color: ${of('FieldText')} !important; background-color: ${of('Field')} !important; }
${forced(':disabled')} { color: ${of('GrayText')} !important; }
`;
}

function isDark(color: string): boolean {
  const parts = /^#(..)(..)(..)$/u.exec(color)?.slice(1) ?? [];
  return parts.reduce((sum, part) => sum + Number.parseInt(part, 16), 0) < 3 * 128;
}
