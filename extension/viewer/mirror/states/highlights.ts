import { MAX_HIGHLIGHT_RANGES } from '../../../../protocol/limits.ts';
import type { NodeId } from '../../../../protocol/node-id.ts';
import { SELECTION_NAME } from '../styles/states-css.ts';
import { placeAt, rangeOf } from './places.ts';

/** What the page's scripts mark without elements, by names that its sheets style. */
export interface Highlights {
  /** All there are. @param told a line for each range */
  show(told: string): void;
}

const LINE = /^(\d{1,15}) (\d{1,15}) (\d{1,15}) (\d{1,15}) (-?\d{1,9}) (.{1,100})$/u;

export function createHighlights(nodeOf: (id: NodeId) => Node | undefined): Highlights {
  let names = new Set<string>();

  function add(line: string): void {
    const [, from, start, to, end, priority, name = ''] = LINE.exec(line) ?? [];
    const range =
      name === '' || name === SELECTION_NAME ? null : staticRange(Number(from), Number(start), Number(to), Number(end));
    if (range === null) return;
    const highlight = (names.has(name) && CSS.highlights.get(name)) || new Highlight();
    highlight.priority = Number(priority);
    highlight.add(range);
    CSS.highlights.set(name, highlight);
    names.add(name);
  }

  /** Static: a text that is set anew would take the ends of a live one to its beginning. */
  function staticRange(from: number, start: number, to: number, end: number): StaticRange | null {
    const first = placeAt(nodeOf(from as NodeId), start);
    const last = placeAt(nodeOf(to as NodeId), end);
    const range = first && last && rangeOf(first, last);
    return range === null || range.collapsed ? null : new StaticRange(range);
  }

  return {
    show(told) {
      for (const name of names) CSS.highlights.delete(name);
      names = new Set();
      for (const line of told.split('\n', MAX_HIGHLIGHT_RANGES)) add(line);
    },
  };
}
