import { expect, test } from 'vitest';
import { whySensitive } from './looks-sensitive.ts';

function field(...texts: string[]) {
  return { type: 'text', autocomplete: '', texts };
}

test.for([
  [field('iban'), 'Bank account'],
  [field('accountNumber'), 'Bank account'],
  [field('x1', 'Account holder *'), 'Bank account'],
  [field('ssn'), 'Identity number'],
  [field('Numéro de sécurité sociale'), 'Identity number'],
  [field('date_of_birth'), 'Date of birth'],
  [field('Geburtsdatum'), 'Date of birth'],
  [field('annual-income'), 'Money'],
  [field('policyNumber'), 'Health or belief'],
  [field('Straße'), 'Address'],
  [field('Card number'), 'Payment card'],
  [{ type: 'tel', autocomplete: '', texts: ['x'] }, 'Phone or email'],
  [{ type: 'date', autocomplete: 'bday', texts: ['x'] }, 'Date of birth'],
] as const)('a field called %o may hold something sensitive', ([facts, why]) => {
  expect(whySensitive(facts)).toBe(why);
});

test.for(['search', 'Quantity', 'nights', 'favourite-colour', 'comment', 'Home hill', 'shipping', 'pinned', 'spin'])(
  'a field called %s does not',
  (name) => {
    expect(whySensitive(field(name))).toBeNull();
  },
);
