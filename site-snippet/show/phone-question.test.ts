import { expect, test } from 'vitest';
import { telephoneUrl } from './phone-question.ts';

test('a number as people write it becomes one that a phone dials', () => {
  expect(telephoneUrl('+1 (555) 010-0199')).toBe('tel:+15550100199');
  expect(telephoneUrl('0800 / 123 456')).toBe('tel:0800123456');
});

test('the zero in brackets of an international number is not dialled', () => {
  expect(telephoneUrl('+49 (0)30 123456')).toBe('tel:+4930123456');
});

test('full-width digits are digits', () => {
  expect(telephoneUrl('０３-１２３４')).toBe('tel:031234');
});

test('a plus inside the number is no part of it', () => {
  expect(telephoneUrl('12+34')).toBe('tel:1234');
});
