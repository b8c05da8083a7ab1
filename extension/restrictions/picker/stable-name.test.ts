import { expect, test } from 'vitest';
import { isStableName } from './stable-name.ts';

test.for([
  'birthday',
  'full-name',
  'address-line1',
  'cardNumber',
  'account_holder',
  'main',
  'h2-title',
  'newPassword2',
  'btn-primary',
  'kontonummer',
])('%s was given by a person', (name) => {
  expect(isStableName(name)).toBe(true);
});

test.for([
  '',
  ':r1a:',
  '«r3»',
  'radix-2',
  'css-1x2y3z',
  'sc-bdVaJa',
  'ember1234',
  'react-select-2-input',
  'mat-input-7',
  'Profile_name__x7Gh2',
  '_card_1k3jq_1',
  '4f9c2a10-77aa-4c1e-9a55-0123456789ab',
  'field-18273',
  'jss12',
  'aX3k9',
  'bcdfghjk',
  'two words',
])('%s was made by a tool', (name) => {
  expect(isStableName(name)).toBe(false);
});
