import { MAX_HIGHLIGHT_RANGES } from '../../../../protocol/limits.ts';
import type { NodeId } from '../../../../protocol/node-id.ts';
import { setEnd, SELECTION_NAME } from './selection.ts';

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
      name === '' || name === SELECTION_NAME ? null : rangeOf(Number(from), Number(start), Number(to), Number(end));
    if (range === null) return;
    const highlight = (names.has(name) && CSS.highlights.get(name)) || new Highlight();
    highlight.priority = Number(priority);
    highlight.add(range);
    CSS.highlights.set(name, highlight);
    names.add(name);
  }

  /** Static: a text that is set anew would take the ends of a live one to its beginning. */
  function rangeOf(from: number, start: number, to: number, end: number): StaticRange | null {
    const range = new Range();
    const first = nodeOf(from as NodeId);
    const last = nodeOf(to as NodeId);
    try {
      if (!setEnd(range, 'start', first, start) || !setEnd(range, 'end', last, end)) return null;
    } catch {
      return null;
    }
    return range.collapsed ? null : new StaticRange(range);
  }

  return {
    show(told) {
      for (const name of names) CSS.highlights.delete(name);
      names = new Set();
      for (const line of told.split('\n', MAX_HIGHLIGHT_RANGES)) add(line);
    },
  };
}
