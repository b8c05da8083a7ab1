import { expect, test } from 'vitest';
import { changeKit, firstKit, weigh, type Kit } from './kit.ts';

const keys = (kit: Kit): string[] => kit.items.map((item) => item.key);

test('an item that moves keeps the order of all the others', () => {
  const moved = changeKit(firstKit, { type: 'move', key: 'col-mug', to: 1 });
  expect(keys(moved)).toEqual(['ridge-32', 'col-mug', 'tarn-2', 'drift-bag', 'spark-stove']);
});

test('an item cannot move off either end', () => {
  expect(keys(changeKit(firstKit, { type: 'move', key: 'ridge-32', to: -1 }))[0]).toBe('ridge-32');
  expect(keys(changeKit(firstKit, { type: 'move', key: 'ridge-32', to: 99 })).at(-1)).toBe('ridge-32');
});

test('the same thing is packed once only', () => {
  const item = firstKit.items[0];
  if (!item) throw new Error('The first kit is empty.');
  expect(changeKit(firstKit, { type: 'add', item })).toBe(firstKit);
});

test('another night adds the weight of a night’s food', () => {
  const longer = changeKit(firstKit, { type: 'nights', nights: firstKit.nights + 1 });
  expect(weigh(longer).total - weigh(firstKit).total).toBe(650);
});
