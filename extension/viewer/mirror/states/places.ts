import { isConnected, rootOf, shadowHostOf } from '../dom.ts';

/** Where an end of a range stands: in a text, in UTF-16 units, or before a child. */
export interface Place {
  readonly node: Node;
  readonly offset: number;
}

/**
 * @param offset as it is told (docs/protocol.md, `selection`): in a text so many units, of another node 0 is before it, 1
 *   at the end of its content
 * @returns `null` where the mirror has no such place
 */
export function placeAt(node: Node | undefined, offset: number): Place | null {
  if (node === undefined || !isConnected(node)) return null;
  if (node instanceof Text) return { node, offset: Math.min(offset, node.length) };
  if (node instanceof ShadowRoot) return { node, offset: offset > 0 ? node.childNodes.length : 0 };
  if (!(node instanceof Element)) return null;
  return offset > 0 ? { node, offset: node.childNodes.length } : placeBeside(node, 'before');
}

/** What lies between two places of one tree; nothing where the second does not come after the first. */
export function rangeOf(from: Place, to: Place): Range {
  const range = new Range();
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset);
  return range;
}

/**
 * What lies between two places as ranges, none of which reaches out of its tree: one for each tree that is begun or ended
 * in, and one for each shadow root between.
 * @param shadowRoots all there are, the outer ones first
 */
export function rangesBetween(start: Place, end: Place, shadowRoots: Iterable<ShadowRoot>): Range[] {
  const ranges: Range[] = [];
  const around = new Set(rootsAround(end.node));
  let from = start;
  for (let root = rootOf(from.node); root instanceof ShadowRoot && !around.has(root); root = rootOf(from.node)) {
    ranges.push(rangeOf(from, { node: root, offset: root.childNodes.length }));
    from = placeBeside(shadowHostOf(root), 'after');
  }
  const common = rootOf(from.node);
  let to = end;
  for (let root = rootOf(to.node); root instanceof ShadowRoot && root !== common; root = rootOf(to.node)) {
    ranges.push(rangeOf({ node: root, offset: 0 }, to));
    to = placeBeside(shadowHostOf(root), 'before');
  }
  ranges.push(rangeOf(from, to));
  return [...ranges, ...rangesInside(ranges, shadowRoots)];
}

/** The tree that a node is in, then those around it. */
function rootsAround(node: Node): Node[] {
  const root = rootOf(node);
  return root instanceof ShadowRoot ? [root, ...rootsAround(shadowHostOf(root))] : [root];
}

function rangesInside(ranges: readonly Range[], shadowRoots: Iterable<ShadowRoot>): Range[] {
  const inside = new Map<Node, Range>();
  for (const root of shadowRoots) {
    const host = shadowHostOf(root);
    if (!inside.has(rootOf(host)) && !ranges.some((range) => range.intersectsNode(host))) continue;
    const range = new Range();
    range.selectNodeContents(root);
    inside.set(root, range);
  }
  return [...inside.values()];
}

function placeBeside(element: Element, where: 'before' | 'after'): Place {
  const range = new Range();
  range.selectNode(element);
  const { startContainer: node, startOffset, endOffset } = range;
  return { node, offset: where === 'before' ? startOffset : endOffset };
}
