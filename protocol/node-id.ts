declare const brand: unique symbol;
/**
 * A node's number in one page epoch: 1, 2, 3… in the order in which the nodes were first sent. Both sides count, so
 * numbers cost no bytes. A number is never used again, so an old command can never reach a new node.
 */
export type NodeId = number & { readonly [brand]: 'NodeId' };

/** The document itself. */
export const DOCUMENT_NODE_ID = 1 as NodeId;
/** Stands for "no node" on the wire. */
export const NO_NODE_ID = 0 as NodeId;

/** Numbers below this are the page's own document's; each document in a frame has as many of its own. */
const NODES_PER_DOCUMENT = 2 ** 32;

/** The number under which a node is known to everybody, from its document's and its own there. Frame 0 is the page. */
export function nodeInFrame(frame: number, id: NodeId): NodeId {
  return (id === NO_NODE_ID ? id : frame * NODES_PER_DOCUMENT + id) as NodeId;
}

/** Which document a node is in: the frame's number, 0 for the page itself. */
export function frameOf(id: NodeId): number {
  return Math.floor(id / NODES_PER_DOCUMENT);
}

/** The node's number among those of its own document. */
export function ownNumberOf(id: NodeId): NodeId {
  return (id % NODES_PER_DOCUMENT) as NodeId;
}
