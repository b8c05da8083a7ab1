import { expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

/** What scripts animate by `element.animate()`: no markup and no sheet says anything of it. */
eachInLab();

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

test('what is generated before and after an element is animated with it', async () => {
  await start(`<style>p::before { content: 'b'; opacity: 0.1 } p::after { content: 'a'; color: red; opacity: 0.1 }</style>
    <p>p</p>`);
  await page.evaluate(() => {
    const p = document.querySelector('p')!;
    const animate = (pseudoElement: string, keyframes: PropertyIndexedKeyframes): Animation =>
      p.animate(keyframes, { duration: 1_000, fill: 'forwards', pseudoElement });
    const before = animate('::before', { opacity: [0, 1], transform: ['none', 'translateX(8px)'] });
    before.pause();
    before.currentTime = 500;
    animate('::after', { opacity: [0, 0.7], backgroundColor: ['red', 'blue'] }).finish();
    Object.assign(window, { before });
  });
  await expectStyle('p::before', 'opacity', '0.5');
  await expectStyle('p::before', 'transform', 'matrix(1, 0, 0, 1, 4, 0)');
  await expectStyle('p::after', 'opacity', '0.7');
  await expectStyle('p::after', 'background-color', 'rgb(0, 0, 255)');
  await expectStyle('p::after', 'color', 'rgb(255, 0, 0)');
  await page.evaluate(() => (window as unknown as { before: Animation }).before.cancel());
  await expectStyle('p::before', 'opacity', '0.1');
  await expectStyle('p::after', 'opacity', '0.7');
});

test('animations of sheets stand where the customer’s do, paused ones too', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<style>@keyframes go { to { width: 1000px } }
      b, i::before { content: 'x'; display: block; width: 0; animation: go 100s linear }</style><b>b</b><i>i</i>`;
    const [ofB, ofBefore] = document.getAnimations();
    ofB!.currentTime = 50_000;
    ofBefore!.currentTime = 20_000;
    ofBefore!.pause();
    await lab.start();
  });
  const width = async (path: string): Promise<number> =>
    parseFloat(await page.evaluate((at) => lab.styleOf(at, 'width'), path));
  await expect.poll(() => width('b')).toBeGreaterThanOrEqual(500);
  await expectStyle('i::before', 'width', '200px');
  expect(await width('b')).toBeLessThan(550);
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.currentTime = 80_000;
    document.getAnimations()[1]!.play();
  });
  await expect.poll(() => width('b')).toBeGreaterThanOrEqual(800);
  const paused = await width('i::before');
  expect(paused).toBeGreaterThanOrEqual(800);
  await expect.poll(() => width('i::before')).toBeGreaterThan(paused);
});

test('drawings that animate themselves stand where the customer’s do', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<svg viewBox="0 0 300 150" width=300 height=150>
      <circle r=10><animate attributeName=r from=10 to=30 dur=10s fill=freeze></animate></circle>
      <rect width=10 height=10 fill=red transform="translate(9 9)"><set attributeName=fill to=blue></set>
        <animateTransform attributeName=transform type=translate from="0 0" to="100 0" dur=10s fill=freeze></animateTransform></rect>
      <ellipse rx=2 ry=2><animateMotion path="M0,0 H80" dur=10s></animateMotion></ellipse>
      <polygon points="0,0 1,1 2,2"><animate attributeName=points to="10,0 1,1 2,2" dur=10s></animate></polygon>
      <a href="#here"><animate attributeName=href to="http://else.example/" dur=10s></animate><text>link</text></a>
    </svg>`;
    const svg = document.querySelector('svg')!;
    svg.pauseAnimations();
    svg.setCurrentTime(5);
    await lab.start();
  });
  await expectStyle('circle', 'r', '20px');
  await expectStyle('rect', 'fill', 'rgb(0, 0, 255)');
  await expectStyle('rect', 'transform', 'matrix(1, 0, 0, 1, 50, 0)');
  await expectStyle('ellipse', 'transform', 'matrix(1, 0, 0, 1, 40, 0)');
  const has = (selector: string): Promise<boolean> => page.evaluate((asked) => lab.matches(asked), selector);
  await expect.poll(() => has('polygon[points^="5,0"]')).toBe(true);
  // Its end stays, or it is as it was.
  await page.evaluate(() => document.querySelector('svg')!.setCurrentTime(20));
  await expectStyle('circle', 'r', '30px');
  await expectStyle('rect', 'transform', 'matrix(1, 0, 0, 1, 100, 0)');
  await expectStyle('ellipse', 'transform', 'matrix(1, 0, 0, 1, 0, 0)');
  await expect.poll(() => has('polygon[points^="0,0"]')).toBe(true);
  await page.evaluate(() => document.querySelector('circle animate')!.remove());
  await expectStyle('circle', 'r', '10px');
  expect(await has('a[href="#here"]')).toBe(true);
});
