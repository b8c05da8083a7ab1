import { DOCUMENT_NODE_ID, NO_NODE_ID, type NodeId } from '../../protocol/node-id.ts';

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
  /** @returns the number it had, or 0 */
  forget(node: Node): NodeId;
  /** The number the next new node will get. */
  readonly next: NodeId;
  /** How many nodes have a number now. */
  readonly size: number;
}

const BLOCK_BITS = 10;
const BLOCK_MASK = (1 << BLOCK_BITS) - 1;

interface Block {
  readonly nodes: (Node | undefined)[];
  live: number;
}

export function createNodeNumbers(document: Document): NodeNumbers {
  const numbers = new Map<Node, number>();
  /** In blocks, so that those whose nodes have all gone can go too: pages live long and lists come and go. */
  const blocks: (Block | undefined)[] = [];
  let next = 1;

  /** The one that new nodes go to. */
  let last: Block = { nodes: [undefined], live: 1 };
  blocks.push(last);

  function add(node: Node): NodeId {
    const id = next;
    next += 1;
    if ((id & BLOCK_MASK) === 0) {
      last = { nodes: [], live: 0 };
      blocks[id >> BLOCK_BITS] = last;
    }
    last.nodes.push(node);
    last.live += 1;
    numbers.set(node, id);
    return id as NodeId;
  }

  const documentId = add(document);
  if (documentId !== DOCUMENT_NODE_ID) throw new Error('The document comes first.');

  return {
    of(node) {
      return (numbers.get(node) ?? 0) as NodeId;
    },
    // Whoever asks may be the agent's side: a number never given must not wrap around to one that was.
    node: (id) => (id < next ? blocks[id >> BLOCK_BITS]?.nodes[id & BLOCK_MASK] : undefined),
    add,
    forget(node) {
      const id = (numbers.get(node) ?? NO_NODE_ID) as NodeId;
      if (id === NO_NODE_ID) return id;
      numbers.delete(node);
      const block = blocks[id >> BLOCK_BITS] as Block;
      block.nodes[id & BLOCK_MASK] = undefined;
      block.live -= 1;
      if (block.live === 0 && block !== last) blocks[id >> BLOCK_BITS] = undefined;
      return id;
    },
    get size() {
      return numbers.size;
    },
    get next() {
      return next as NodeId;
    },
  };
}
