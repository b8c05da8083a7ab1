import { describe, expect, test } from 'vitest';
import { parseFromPicker, type PageReport, type Picked } from './picker-message.ts';

const PICKED: Picked = {
  type: 'picked',
  action: 'mask',
  label: 'Birthday',
  selectors: [{ selector: '#birthday', count: 1 }],
  urls: ['/account/*'],
};
const PAGE: PageReport = {
  type: 'page',
  url: 'https://shop.example.com/account',
  siteKey: 'shop',
  matches: [1, null, 0],
  uncovered: [{ label: 'BIC', selector: '#bic', why: 'Bank account' }],
  byDefault: [{ label: 'Card', selector: '#card', why: 'Payment card' }],
  urls: ['/account'],
};

describe('what a picker says', () => {
  test.for([PICKED, { ...PICKED, action: null }, PAGE, { ...PAGE, siteKey: null }, { type: 'back' }])(
    'is taken as it is: %o',
    (message) => {
      expect(parseFromPicker(message)).toEqual(message);
    },
  );

  test.for([
    null,
    [],
    'page',
    { type: 'publish' },
    { ...PICKED, action: 'show' },
    { ...PICKED, selectors: [] },
    { ...PICKED, selectors: [{ selector: '', count: 1 }] },
    { ...PICKED, selectors: [{ selector: 'a'.repeat(1_001), count: 1 }] },
    { ...PICKED, selectors: [{ selector: '#a', count: -1 }] },
    { ...PICKED, selectors: Array.from({ length: 9 }, () => ({ selector: '#a', count: 1 })) },
    { ...PICKED, urls: [7] },
    { ...PAGE, url: '' },
    { ...PAGE, matches: [1.5] },
    { ...PAGE, matches: Array.from({ length: 501 }, () => 1) },
    { ...PAGE, uncovered: [{ label: 'IBAN', selector: '#iban' }] },
    { ...PAGE, byDefault: undefined },
    { ...PAGE, byDefault: [{ label: 'Card', why: 'Payment card' }] },
    { ...PAGE, uncovered: Array.from({ length: 101 }, () => PAGE.uncovered[0]) },
  ])('is not believed: %#', (message) => {
    expect(parseFromPicker(message)).toBeNull();
  });

  test('is fit for a trusted screen', () => {
    const picked = parseFromPicker({ ...PICKED, label: `Pay\u202e\nnow${'!'.repeat(500)}` }) as Picked;
    expect(picked.label).toMatch(/^Pay now!+…$/u);
    expect(picked.label.length).toBeLessThanOrEqual(200);
  });
});
