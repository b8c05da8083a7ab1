import { expect, test } from 'vitest';
import { groupCardNumber, isCardNumber, isExpiryAhead, shortenCardNumber } from './card.ts';

test('a card number with a wrong digit is noticed', () => {
  expect(isCardNumber('4242 4242 4242 4242')).toBe(true);
  expect(isCardNumber('4242 4242 4242 4243')).toBe(false);
});

test('a card number that is too short or no number is not one', () => {
  expect(isCardNumber('4242')).toBe(false);
  expect(isCardNumber('none of your business')).toBe(false);
});

test('a card is good until the end of its last month', () => {
  const now = new Date(2026, 10, 21);
  expect(isExpiryAhead('11/26', now)).toBe(true);
  expect(isExpiryAhead('10 / 26', now)).toBe(false);
  expect(isExpiryAhead('13/29', now)).toBe(false);
});

test('a card number is grouped while it is typed', () => {
  expect(groupCardNumber('42424')).toBe('4242 4');
  expect(groupCardNumber('4242-4242')).toBe('4242 4242');
});

test('a receipt shows the last four digits and no more', () => {
  expect(shortenCardNumber('4242 4242 4242 4242')).toBe('•••• 4242');
});
