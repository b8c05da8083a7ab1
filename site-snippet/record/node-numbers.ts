import { DOCUMENT_NODE_ID, type NodeId } from '../../protocol/node-id.ts';

/**
 * Which number a node has. The customer's nodes are left alone: no properties of ours. A `Map` and not a `WeakMap`: known
 * nodes stand in the page and are held by the table anyway, and the collector visits the entries of weak maps again and
 * again (a fifth of a first picture's time on 50,000 nodes). Whoever leaves the tree is forgotten.
 */
export interface NodeNumbers {
  /** The number of a known node, or 0. */
  of(node: Node): NodeId;
  node(id: NodeId): Node | undefined;
  add(node: Node): NodeId;
  forget(node: Node): void;
  /** The number the next new node will get. */
  readonly next: NodeId;
}

export function createNodeNumbers(document: Document): NodeNumbers {
  const numbers = new Map<Node, number>();
  const nodes: (Node | undefined)[] = [undefined];

  function add(node: Node): NodeId {
    const id = nodes.length;
    nodes.push(node);
    numbers.set(node, id);
    return id as NodeId;
  }

  const documentId = add(document);
  if (documentId !== DOCUMENT_NODE_ID) throw new Error('The document comes first.');

  return {
    of(node) {
      return (numbers.get(node) ?? 0) as NodeId;
    },
    node: (id) => nodes[id],
    add,
    forget(node) {
      const id = numbers.get(node);
      if (id === undefined) return;
      nodes[id] = undefined;
      numbers.delete(node);
    },
    get next() {
      return nodes.length as NodeId;
    },
  };
}
