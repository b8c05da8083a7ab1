import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { openLab, type LabPages } from './support/lab.ts';

declare const lab: Lab;

/** What scripts animate by `element.animate()`: no markup and no sheet says anything of it. */
let labs: LabPages;
let page: Page;

beforeAll(async () => {
  labs = await openLab();
});
afterAll(() => labs?.close());
beforeEach(async () => {
  await page?.close();
  page = await labs.open();
});

const start = (html: string): Promise<void> =>
  page.evaluate(async (markup) => {
    document.body.innerHTML = markup;
    await lab.start();
  }, html);
const expectStyle = (path: string, property: string, value: string): Promise<void> =>
  expect.poll(() => page.evaluate(([at, name]) => lab.styleOf(at!, name!), [path, property])).toBe(value);

test('what an animation leaves behind is there, until it is taken back, and the element’s own style with it', async () => {
  await start('<style>p { opacity: 0.1; transform: translateX(9px) }</style><p style="color: red">p</p>');
  await page.evaluate(() => {
    const keyframes = { opacity: [0, 1], transform: ['none', 'translateX(5px)'], backgroundColor: ['red', 'blue'] };
    Object.assign(window, {
      shown: document.querySelector('p')!.animate(keyframes, { duration: 50, fill: 'forwards' }),
    });
  });
  await expectStyle('p', 'opacity', '1');
  await expectStyle('p', 'transform', 'matrix(1, 0, 0, 1, 5, 0)');
  await expectStyle('p', 'background-color', 'rgb(0, 0, 255)');
  await expectStyle('p', 'color', 'rgb(255, 0, 0)');
  // The page goes on writing its own style.
  await page.evaluate(() => (document.querySelector('p')!.style.color = 'blue'));
  await expectStyle('p', 'color', 'rgb(0, 0, 255)');
  await expectStyle('p', 'opacity', '1');

  await page.evaluate(() => (window as unknown as { shown: Animation }).shown.cancel());
  await expectStyle('p', 'opacity', '0.1');
  await expectStyle('p', 'transform', 'matrix(1, 0, 0, 1, 9, 0)');
});

test('in a shadow root too, and on what is put in anew', async () => {
  await start('<div id=host></div>');
  await page.evaluate(() => {
    const shadow = document.querySelector('#host')!.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<style>b { opacity: 0 }</style><b>b</b>';
    shadow.querySelector('b')!.animate({ opacity: [0, 0.5] }, { duration: 1, fill: 'forwards' });
  });
  await expectStyle('#host >>> b', 'opacity', '0.5');
  await page.evaluate(async () => {
    const host = document.querySelector('#host')!;
    host.remove();
    await lab.settle();
    document.body.append(host);
  });
  await expectStyle('#host >>> b', 'opacity', '0.5');
});

test('what was animated before the picture began is in it, and what runs is seen running', async () => {
  await page.evaluate(() => {
    document.body.innerHTML = '<i>i</i>';
    const turning = { width: ['1px', '1000px'] };
    const i = document.querySelector('i')!;
    i.style.display = 'block';
    i.animate(turning, { duration: 3_000, direction: 'alternate', iterations: Infinity });
  });
  await page.evaluate(() => lab.start());
  const width = (): Promise<string> => page.evaluate(() => lab.styleOf('i', 'width'));
  const first = await width();
  await expect.poll(width).not.toBe(first);
  const second = await width();
  await expect.poll(width).not.toBe(second);
});

test('a file in a keyframe goes by its number', async () => {
  await start('<p>p</p>');
  await page.evaluate(() => {
    const backgroundImage = `url("${location.origin}/secret-name.png")`;
    document.querySelector('p')!.animate({ backgroundImage: [backgroundImage, backgroundImage] }, { duration: 1e9 });
  });
  await expect.poll(() => page.evaluate(() => lab.files().join())).toContain('secret-name.png');
  await page.evaluate(() => lab.settle());
  expect(await page.evaluate(() => lab.wireText())).not.toContain('secret-name');
});
