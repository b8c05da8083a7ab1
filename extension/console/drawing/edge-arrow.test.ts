import { expect, test } from 'vitest';
import { edgeArrow } from './edge-arrow.ts';

const SIZE = { width: 800, height: 600 };

test('what lies within the view needs no arrow', () => {
  expect(edgeArrow({ x: 0, y: 600 }, SIZE, 20)).toBeNull();
});

test('what lies outside is pointed at from the nearest place at the edge', () => {
  expect(edgeArrow({ x: 300, y: -5 }, SIZE, 20)).toEqual({ at: { x: 300, y: 20 }, turn: 0 });
  expect(edgeArrow({ x: 900, y: 300 }, SIZE, 20)).toEqual({ at: { x: 780, y: 300 }, turn: 90 });
  expect(edgeArrow({ x: 10, y: 5000 }, SIZE, 20)).toEqual({ at: { x: 20, y: 580 }, turn: 180 });
  expect(edgeArrow({ x: -1, y: -1 }, SIZE, 20)).toEqual({ at: { x: 20, y: 20 }, turn: -45 });
});
