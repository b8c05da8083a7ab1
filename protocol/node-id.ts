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
