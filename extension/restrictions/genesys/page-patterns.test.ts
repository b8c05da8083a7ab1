import { expect, test } from 'vitest';
import { pagePatternsOf } from './page-patterns.ts';

test.for([
  ['^https?:\\/\\/www\\.example\\.com\\/account\\/.*$', ['http{s}?://www.example.com:*/account/*']],
  ['http://www.example.com/pay.html', ['http://www.example.com:*/pay.html*']],
  ['https://example.com:8443/a$', ['https://example.com:8443/a']],
  ['https://example.com.*', ['https://example.com:*/*']],
  ['https?://.*/checkout/\\d+/card$', ['/*checkout/*/card']],
  ['.*/checkout.*', ['/*checkout*']],
  ['^/profile$', ['/profile']],
  ['.*/a\\?step=2.*', ['/*a*']],
  ['.*/(login|signup)$', ['/*']],
  ['.*/login$|.*/signup$', ['/*login', '/*signup']],
  ['account', ['*://*account*:*/*', '/*account*', '/*\\?*account*']],
] as const)('%s', ([source, patterns]) => {
  expect(pagePatternsOf(source)).toEqual(patterns);
});

test.for(['.*', '', '^.+$', 'a|', '^profile'])('%s says nothing narrower than every page', (source) => {
  expect(pagePatternsOf(source)).toBeNull();
});
