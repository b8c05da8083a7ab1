const IMPORT = /@import\s+(?:url\(\s*)?(?:"([^"]*)"|'([^']*)'|([^)"'\s;]+))\s*\)?([^;]*);/giu;

export interface CssImport {
  readonly url: string;
  /** Layer, supports and media conditions, as written. */
  readonly conditions: string;
}

/** The `@import` rules of a sheet, and the sheet without them. */
export function splitImports(css: string): { readonly imports: readonly CssImport[]; readonly rest: string } {
  if (!/@import/iu.test(css)) return { imports: [], rest: css };
  const imports: CssImport[] = [];
  const rest = css.replace(IMPORT, (_rule, double?: string, single?: string, bare?: string, conditions?: string) => {
    imports.push({ url: double ?? single ?? bare ?? '', conditions: (conditions ?? '').trim() });
    return '';
  });
  return { imports, rest };
}
