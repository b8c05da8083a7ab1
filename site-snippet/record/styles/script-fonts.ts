import { baseOf, documentHas, viewOf } from '../../native.ts';
import type { Assets } from '../files/assets.ts';

/**
 * Fonts that scripts have made: `document.fonts.add(new FontFace(…))`. A face does not tell where it came from, so the
 * files that were loaded and that no sheet names are matched with the faces that no sheet has: by their names, or
 * because there is but one of each.
 */
export interface ScriptFonts {
  /** Rules that stand for what could be matched; empty: there is nothing. */
  readonly css: string;
  /** How many could not. */
  readonly unmatched: number;
}

const FONT_FILE = /\.(?:woff2?|ttf|otf)$/iu;
const MAX_FACES = 50;

export function findScriptFonts(document: Document, assets: Assets): ScriptFonts {
  const { families, files, isAllTold } = fontsOfSheets(document);
  const faces = [...documentHas(document, 'fonts')].filter(
    ({ family, status }) => status === 'loaded' && !families.has(plain(family)),
  );
  const free = loadedFiles(document).filter((url) => !files.has(url));
  const isOnlyOne = faces.length === 1 && free.length === 1;
  const rules: string[] = [];
  const isSure = ({ family }: FontFace): boolean =>
    isAllTold || faces.filter((one) => one.family === family).length === 1;
  for (const face of faces.slice(0, MAX_FACES).filter(isSure)) {
    const at = isOnlyOne ? 0 : free.findIndex((url) => plain(nameOf(url)).includes(plain(face.family)));
    const [url] = at === -1 ? [] : free.splice(at, 1);
    if (url !== undefined)
      rules.push(
        ruleFor(
          face,
          assets.name(url, () => baseOf(document)),
        ),
      );
  }
  return { css: rules.join('\n'), unmatched: isAllTold ? faces.length - rules.length : 0 };
}

function ruleFor({ family, style, weight, stretch, unicodeRange }: FontFace, name: string): string {
  return `@font-face { font-family: ${JSON.stringify(bare(family))}; font-style: ${style}; font-weight: ${weight};
    font-stretch: ${stretch}; unicode-range: ${unicodeRange}; src: url("${name}") }`;
}

interface SheetFonts {
  readonly families: Set<string>;
  readonly files: Set<string>;
  /** No sheet keeps its rules to itself: of another host, it may have any of the faces, and has its own way to the mirror. */
  readonly isAllTold: boolean;
}

function fontsOfSheets(document: Document): SheetFonts {
  const families = new Set<string>();
  const files = new Set<string>();
  let isAllTold = true;

  function* fontRules(holder: { readonly cssRules: CSSRuleList }): Generator<CSSFontFaceRule> {
    try {
      for (const rule of holder.cssRules) {
        const inner = (rule as Partial<CSSImportRule>).styleSheet ?? rule;
        if (rule.constructor.name === 'CSSFontFaceRule') yield rule as CSSFontFaceRule;
        else if ('cssRules' in inner && !('selectorText' in inner)) yield* fontRules(inner);
      }
    } catch {
      isAllTold = false;
    }
  }

  for (const sheet of [...documentHas(document, 'styleSheets'), ...document.adoptedStyleSheets]) {
    for (const rule of fontRules(sheet)) {
      const base = rule.parentStyleSheet?.href ?? baseOf(document);
      families.add(plain(rule.style.getPropertyValue('font-family')));
      for (const [, url = ''] of rule.style.getPropertyValue('src').matchAll(/url\("([^"]*)"\)/gu)) {
        if (URL.canParse(url, base)) files.add(new URL(url, base).href);
      }
    }
  }
  return { families, files, isAllTold };
}

function loadedFiles(document: Document): string[] {
  const entries = viewOf(document)?.performance.getEntriesByType('resource') ?? [];
  const urls = entries.map(({ name }) => name).filter((name) => FONT_FILE.test(new URL(name).pathname));
  return [...new Set(urls)];
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}

/** A family's name is quoted where it has to be. */
function bare(family: string): string {
  return family.replace(/^["']|["']$/gu, '');
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
