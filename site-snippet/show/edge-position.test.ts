import { expect, test } from 'vitest';
import { edgePosition } from './edge-position.ts';

test('a pointer inside the viewport stays where it is, even close to the edge', () => {
  expect(edgePosition(2, 599, 800, 600, 24)).toEqual({ x: 2, y: 599, arrow: '' });
});

test('a pointer below the fold is an arrow at the lower edge', () => {
  expect(edgePosition(400, 2_000, 800, 600, 24)).toEqual({ x: 400, y: 576, arrow: '↓' });
});

test('a pointer beyond a corner points to the corner', () => {
  expect(edgePosition(-5, -5, 800, 600, 24)).toEqual({ x: 24, y: 24, arrow: '↖' });
  expect(edgePosition(900, 700, 800, 600, 24)).toEqual({ x: 776, y: 576, arrow: '↘' });
});

test('a viewport smaller than its margins keeps the arrow at the near edge', () => {
  expect(edgePosition(500, 10, 30, 30, 24)).toEqual({ x: 24, y: 24, arrow: '→' });
});
