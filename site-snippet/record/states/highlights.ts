import { MAX_HIGHLIGHT_RANGES } from '../../../protocol/limits.ts';
import type { SelectionEnd } from '../../../protocol/page-message.ts';
import { SAID_PREFIX } from '../../../protocol/shapes.ts';
import { documentHas, isElement, parentOf } from '../../native.ts';
import type { TellBeside } from '../beside.ts';

/** What scripts mark without elements (`CSS.highlights`): nothing reports it. */
export interface Highlights {
  look(): void;
}

export interface HighlightOptions {
  readonly document: Document;
  readonly isShown: (element: Element) => boolean;
  readonly endAt: (node: Node, offset: number) => SelectionEnd;
  readonly registry: HighlightRegistry;
  readonly tell: TellBeside;
}

const MAX_NAME_UNITS = 100;

export function createHighlights(options: HighlightOptions): Highlights {
  const { document, registry, endAt, tell } = options;

  function linesOf(name: string, highlight: Highlight): string[] {
    if (name.length > MAX_NAME_UNITS) return [];
    return Array.from(highlight).flatMap((range) => {
      const { startContainer, startOffset, endContainer, endOffset } = range;
      // How long what is masked is, is nobody's business.
      if (!mayTell(startContainer) || !mayTell(endContainer)) return [];
      const from = endAt(startContainer, startOffset);
      const to = endAt(endContainer, endOffset);
      if (from.node === 0 || to.node === 0) return [];
      return [[from.node, from.offset, to.node, to.offset, highlight.priority, name].join(' ')];
    });
  }

  function mayTell(node: Node): boolean {
    const element = isElement(node) ? node : parentOf(node);
    return isElement(element) && options.isShown(element);
  }

  return {
    look() {
      const lines: string[] = [];
      for (const [name, highlight] of registry)
        if (lines.length < MAX_HIGHLIGHT_RANGES) lines.push(...linesOf(name, highlight));
      const told = lines.slice(0, MAX_HIGHLIGHT_RANGES).join('\n');
      tell(`${SAID_PREFIX}highlights`, documentHas(document, 'documentElement'), told === '' ? null : told);
    },
  };
}
