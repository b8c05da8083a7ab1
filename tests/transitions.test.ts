import { beforeEach, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

/** What the page's sheets say of transitions: those that the customer sees run, and no others. */
eachInLab();
beforeEach(() => page.evaluate(() => lab.slowDown()));

const GREEN = 'rgb(0, 128, 0)';

const colorOf = (path: string): Promise<string> => page.evaluate((at) => lab.styleOf(at, 'color'), path);
const expectColor = (path: string, color: string): Promise<void> => expect.poll(() => colorOf(path)).toBe(color);

test('a picture whose sheets come after its elements is not in transition to them', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<main><p>p <b>b</b></p></main><div id=host></div>';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '*, ::before { transition: all 1000s !important } main { color: green } b::before { content: "x" }',
    );
    document.adoptedStyleSheets = [sheet];
    const shadow = document.querySelector('#host')!.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<i>i</i>';
    const inner = new CSSStyleSheet();
    inner.replaceSync('i { transition: color 1000s; color: green }');
    shadow.adoptedStyleSheets = [inner];
    await lab.start();
  });
  await expectColor('main', GREEN);
  await expectColor('b', GREEN);
  await expectColor('b::before', GREEN);
  await expectColor('#host >>> i', GREEN);

  // Nor is one that is made anew.
  await page.evaluate(() => lab.start());
  await expectColor('b', GREEN);
  await expectColor('#host >>> i', GREEN);
});

test('what comes later with sheets of its own is not in transition to them, and what was there is', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<style></style><em>e</em>';
    const { sheet } = document.querySelector('style')!;
    sheet!.insertRule('em { color: red; transition: color 1000s; }');
    await lab.start();
    await lab.settle();
    const host = document.createElement('div');
    host.id = 'host';
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<i>i</i>';
    const inner = new CSSStyleSheet();
    inner.replaceSync('i { transition: color 1000s; color: green }');
    shadow.adoptedStyleSheets = [inner];
    document.body.append(host, document.createElement('u'));
    // As CSS in JavaScript does it.
    sheet!.insertRule('u { color: green; transition: color 1000s; }', 1);
    sheet!.insertRule('em { color: green; }', 2);
  });
  await expectColor('#host >>> i', GREEN);
  await expectColor('u', GREEN);
  await page.evaluate(() => lab.settle());
  expect(await page.evaluate(() => lab.styleOf('em', 'transition-duration'))).toBe('1000s');
  expect(await colorOf('em')).not.toBe(GREEN);
});

test('what the customer sees in transition is so in the mirror, though new elements come meanwhile', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML =
      '<style>p { color: red; transition: color 1000s } p.on { color: green } b { color: green }</style><p>p</p>';
    await lab.start();
    await lab.settle();
    document.querySelector('p')!.className = 'on';
    document.body.append(document.createElement('b'));
    document.querySelector('style')!.sheet!.insertRule('b { opacity: 0.5 }');
  });
  await expect.poll(() => page.evaluate(() => lab.styleOf('b', 'opacity'))).toBe('0.5');
  await page.evaluate(() => lab.settle());
  expect(await page.evaluate(() => lab.matches('p.on'))).toBe(true);
  expect(await colorOf('p')).not.toBe(GREEN);
});
