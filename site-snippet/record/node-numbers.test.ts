import { describe, expect, test } from 'vitest';
import { DOCUMENT_NODE_ID, type NodeId } from '../../protocol/node-id.ts';
import { createNodeNumbers } from './node-numbers.ts';

/** Nodes are keys here and nothing else. */
const anyNode = (): Node => ({}) as Node;

describe('numbers of nodes', () => {
  test('begin with the document and are never given twice', () => {
    const document = anyNode() as Document;
    const numbers = createNodeNumbers(document);
    const [first, second] = [anyNode(), anyNode()];
    expect(numbers.of(document)).toBe(DOCUMENT_NODE_ID);
    expect([numbers.add(first), numbers.add(second)]).toEqual([2, 3]);
    numbers.forget(first);
    expect(numbers.of(first)).toBe(0);
    expect(numbers.node(2 as NodeId)).toBeUndefined();
    expect(numbers.add(first)).toBe(4);
    expect(numbers.node(4 as NodeId)).toBe(first);
    expect(numbers.node(3 as NodeId)).toBe(second);
  });

  test('count the nodes that are there, however many have come and gone', () => {
    const numbers = createNodeNumbers(anyNode() as Document);
    const stays = anyNode();
    numbers.add(stays);
    for (let count = 0; count < 5000; count += 1) {
      const node = anyNode();
      numbers.add(node);
      numbers.forget(node);
    }
    expect(numbers.size).toBe(2);
    expect(numbers.next).toBe(5003);
    expect(numbers.node(2 as NodeId)).toBe(stays);
  });

  test('that were never given belong to no node', () => {
    const numbers = createNodeNumbers(anyNode() as Document);
    for (const id of [0, 2, -1, 1024 + 1, 2 ** 32 + 1, 2 ** 42 + 1]) {
      expect(numbers.node(id as NodeId)).toBeUndefined();
    }
  });
});
