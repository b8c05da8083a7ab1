import { hostOf, nameOf, parentOf as parentNodeOf, shadowOf as elementShadowOf, typeOf } from '../../native.ts';
import { MAX_TREE_DEPTH } from '../../../protocol/limits.ts';
import { isOpaque, mayHostShadow } from './element-shapes.ts';

const { ELEMENT_NODE, TEXT_NODE, CDATA_SECTION_NODE, DOCUMENT_FRAGMENT_NODE } = Node;

export function shadowOf(node: Node): ShadowRoot | null {
  if (typeOf(node) !== ELEMENT_NODE) return null;
  return mayHostShadow(nameOf(node as Element)) ? elementShadowOf(node as Element) : null;
}

export function parentOf(node: Node): Node | null {
  const parent = parentNodeOf(node);
  if (parent !== null) return parent;
  return typeOf(node) === DOCUMENT_FRAGMENT_NODE && 'host' in node ? hostOf(node as ShadowRoot) : null;
}

export function depthOf(node: Node): number {
  let depth = 0;
  for (let above = parentOf(node); above !== null && depth < MAX_TREE_DEPTH; above = parentOf(above)) depth += 1;
  return depth;
}

/** Empty for what is no element. */
export function tagOf(node: Node | null): string {
  return node !== null && typeOf(node) === ELEMENT_NODE ? nameOf(node as Element) : '';
}

/** What stands in it is not sent. @param boxes known elements that stand as empty boxes */
export function isClosed(parent: Node, boxes: ReadonlyMap<Node, string>): boolean {
  return typeOf(parent) === ELEMENT_NODE && (isOpaque(nameOf(parent as Element)) || boxes.has(parent));
}

/** @param host our own widget's */
export function isRecorded(node: Node, host: Element): boolean {
  const nodeType = typeOf(node);
  return (nodeType === ELEMENT_NODE && node !== host) || nodeType === TEXT_NODE || nodeType === CDATA_SECTION_NODE;
}
