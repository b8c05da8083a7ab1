import { writeFileSync } from 'node:fs';

/** What was measured on one page. */
export interface Row {
  readonly page: string;
  readonly nodes: number;
  /** Shares of pixels that are the same, by the width and height of the window. */
  readonly atRest: readonly { readonly size: string; readonly same: number }[];
  readonly afterInteraction: number;
  /** Why something is missing, in the words of the Not shown list. */
  readonly notShown: readonly string[];
}

/** Writes docs/fidelity.md. The figures are rounded down, so that 100 means all. */
export function writeReport(rows: readonly Row[], intro: string): void {
  const sizes = rows[0]?.atRest.map(({ size }) => size) ?? [];
  const head = ['page', 'nodes', ...sizes.map((size) => `at rest, ${size}`), 'after interaction', 'not shown'];
  const lines = [
    head,
    head.map((_, index) => (index === 0 || index === head.length - 1 ? '---' : '---:')),
    ...rows.map((row) => [
      row.page,
      String(row.nodes),
      ...row.atRest.map(({ same }) => percent(same)),
      percent(row.afterInteraction),
      row.notShown.join(', ') || '–',
    ]),
  ];
  writeFileSync('docs/fidelity.md', `${intro}\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
}

function percent(share: number): string {
  return (Math.floor(share * 10_000) / 100).toFixed(2);
}
