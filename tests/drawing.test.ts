import type { FrameLocator, Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MAX_FRAME_DOCUMENTS } from '../protocol/limits.ts';
import {
  joinSession,
  leave,
  mirrorFrame,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { startSite, type Site } from './support/site.ts';

/** Drawing and comments of both sides, through the real extension, server and connection. */
let product: Product;
let site: Site;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
  const tag = `<script async src="${product.url}/snippet.js" data-site="demo"></script>`;
  site = await startSite({
    '/framed': {
      html: `<!doctype html><title>Framed</title>${tag}<h1 id="top">A shop</h1>
        <iframe src="/inner" width="600" height="300" style="margin: 30px 0 0 40px; border: 7px solid"></iframe>`,
    },
    '/inner': { html: '<!doctype html><title>Inner</title><h1 id="inside" style="width: 300px">Inside</h1>' },
  });
});
afterAll(async () => {
  await site?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function together(
  path = '/demo/help.html',
): Promise<{ customer: Page; agent: Page; mirror: FrameLocator; errors: string[] }> {
  const errors: string[] = [];
  const agent = await product.agent();
  const customer = await product.customer(path);
  pages.push(agent, customer);
  for (const page of [customer, agent]) page.on('pageerror', (error) => errors.push(error.message));
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  // The driver clicks beside the elements of a frame that is scaled.
  await agent.getByRole('button', { name: '1:1' }).click();
  return { customer, agent, mirror, errors };
}

async function drawAcross(page: Page, heading: Locator): Promise<void> {
  const box = (await heading.boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + box.height - 5, { steps: 5 });
  await page.mouse.up();
}

/** Where a line lies, beside where its element lies on that side. */
async function offsetOf(line: Locator, heading: Locator): Promise<{ x: number; y: number }> {
  const [points, box] = await Promise.all([
    line.evaluate((shape) => shape.getAttribute('points')),
    heading.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect),
  ]);
  const [x = NaN, y = NaN] = (points ?? '').split(' ')[0]!.split(',').map(Number);
  return { x: x - box.x, y: y - box.y };
}

test('lines of both sides are seen by both, at the same element, and fade', async () => {
  const { customer, agent, mirror, errors } = await together();
  const theirs = customer.locator('alongside-widget .drawing polyline.agent');
  const heading = customer.locator('h1').first();

  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Draw', exact: true }).click();
  await drawAcross(agent, mirror.locator('h1').first());
  await theirs.waitFor({ state: 'attached' });
  const offset = await offsetOf(theirs, heading);
  expect(Math.abs(offset.x - 5)).toBeLessThan(2);
  expect(Math.abs(offset.y - 5)).toBeLessThan(2);
  await mirror.locator('alongside-drawing polyline.agent').waitFor({ state: 'attached' });
  // It is no click: nothing rings, and nothing is left when it has faded.
  expect(await customer.locator('alongside-widget .circle').count()).toBe(0);
  await theirs.waitFor({ state: 'detached' });
  await mirror.locator('alongside-drawing').waitFor({ state: 'detached' });

  await customer.bringToFront();
  const toolbar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  await toolbar.getByRole('button', { name: 'Draw' }).click();
  await customer.getByRole('region', { name: 'Drawing' }).waitFor();
  await drawAcross(customer, heading);
  const seen = mirror.locator('alongside-drawing polyline.customer');
  await seen.waitFor({ state: 'attached' });
  expect(Math.abs((await offsetOf(seen, mirror.locator('h1').first())).x - 5)).toBeLessThan(2);
  await customer.keyboard.press('Escape');
  await customer.getByRole('region', { name: 'Drawing' }).waitFor({ state: 'detached' });
  expect(await toolbar.getByRole('button', { name: 'Draw' }).getAttribute('aria-pressed')).toBe('false');
  expect(errors).toEqual([]);
});

test('on a page that its style zooms, what one side shows the other lies at the same place too', async () => {
  const { customer, agent, mirror, errors } = await together();
  const zoom = (of: string): Promise<void> =>
    customer.evaluate((factor) => (document.documentElement.style.zoom = factor), of) as Promise<never>;
  /** How far to the right in the heading a comment lies. */
  const shareOf = async (comment: Locator, heading: Locator): Promise<number> => {
    const [{ x }, box] = (await Promise.all(
      [comment, heading].map((at) => at.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect)),
    )) as [DOMRect, DOMRect];
    return Math.round(((x - box.x) / box.width) * 100);
  };
  const shares = (): Promise<number[]> =>
    Promise.all([
      shareOf(customer.locator('alongside-widget .comment.agent'), customer.locator('h1').first()),
      shareOf(mirror.locator('alongside-drawing p.agent'), mirror.locator('h1').first()),
    ]);
  await customer.evaluate(() => (document.body.style.zoom = '0.8'));
  await zoom('1.5');
  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Comment', exact: true }).click();
  const { width, height } = (await mirror.locator('h1').first().boundingBox())!;
  await mirror
    .locator('h1')
    .first()
    .click({ position: { x: width / 4, y: height / 2 } });
  await agent.getByRole('textbox', { name: 'Comment' }).fill('Here');
  await agent.getByRole('textbox', { name: 'Comment' }).press('Enter');
  await customer.bringToFront();
  await expect.poll(shares).toEqual([25, 25]);
  await zoom('2');
  await expect.poll(shares).toEqual([25, 25]);
  await zoom('');
  await expect.poll(shares).toEqual([25, 25]);
  expect(errors).toEqual([]);
});

test('a comment on what lies on top of the page lies on top of that', async () => {
  const { customer, agent, mirror, errors } = await together();
  await customer.evaluate(() => {
    const html = '<dialog id=asked style="width: 600px; height: 400px"><h2>Sure?</h2></dialog>';
    document.body.insertAdjacentHTML('beforeend', html);
    document.querySelector<HTMLDialogElement>('#asked')!.showModal();
  });
  const heading = mirror.locator('#asked h2');
  await heading.waitFor();
  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Comment', exact: true }).click();
  await heading.click();
  const written = agent.getByRole('textbox', { name: 'Comment' });
  await written.fill('Yes, this one');
  await written.press('Enter');
  const note = mirror.locator('alongside-drawing p', { hasText: 'Yes, this one' });
  await note.waitFor();
  const [box, picture] = [(await note.boundingBox())!, PNG.sync.read(await agent.screenshot())];
  // Its edge, in the color of the agent's.
  const at = (Math.round(box.y + box.height / 2) * picture.width + Math.round(box.x + 2)) * 4;
  expect([...picture.data.subarray(at, at + 3)]).toEqual([0xc2, 0x41, 0x0c]);
  expect(errors).toEqual([]);
});

test('comments of both sides are read by both, follow their element, and are cleared for both', async () => {
  const { customer, agent, mirror, errors } = await together();
  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Comment', exact: true }).click();
  await mirror.locator('h1').first().click();
  await agent.getByRole('textbox', { name: 'Comment' }).fill('Look <b>here</b>');
  await agent.getByRole('textbox', { name: 'Comment' }).press('Enter');
  const theirs = customer.locator('alongside-widget .comment.agent');
  await theirs.filter({ hasText: 'Ada Agent' }).filter({ hasText: 'Look <b>here</b>' }).waitFor();
  await customer.locator('alongside-widget .spoken', { hasText: 'Ada Agent wrote at' }).waitFor({ state: 'attached' });

  const top = async (): Promise<number> => (await theirs.boundingBox())!.y;
  const before = await top();
  await customer.bringToFront();
  await customer.evaluate(() => document.body.style.setProperty('margin-top', '60px'));
  await expect.poll(async () => Math.round((await top()) - before)).toBe(60);

  const toolbar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  await toolbar.getByRole('button', { name: 'Draw' }).click();
  const palette = customer.getByRole('region', { name: 'Drawing' });
  await palette.getByRole('button', { name: 'Comment' }).click();
  const box = (await customer.locator('h1').first().boundingBox())!;
  await customer.mouse.click(box.x + 20, box.y + box.height / 2);
  await customer
    .locator('alongside-widget')
    .getByRole('textbox', { name: 'Comment' })
    .fill('This one? 4111 1111 1111 1111');
  await customer.keyboard.press('Enter');
  await mirror.locator('alongside-drawing p.customer', { hasText: 'This one? ********' }).waitFor();

  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(() => customer.locator('alongside-widget .comment').count()).toBe(0);
  await expect.poll(() => mirror.locator('alongside-drawing').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('lines and comments of both sides on what is in a frame lie there, and follow it', async () => {
  const { customer, agent, mirror, errors } = await together(`${site.url}/framed`);
  const inside = customer.frameLocator('iframe').locator('#inside');
  const mirrored = mirror.frameLocator('iframe');
  const theirs = customer.locator('alongside-widget .drawing polyline.agent');
  /** Where a line of the page begins, from where the heading in the frame does. */
  const offset = async (): Promise<number[]> => {
    const [points, box] = [await theirs.getAttribute('points'), (await inside.boundingBox())!];
    const [x = NaN, y = NaN] = (points ?? '').split(' ')[0]!.split(',').map(Number);
    return [Math.round(x - box.x), Math.round(y - box.y)];
  };

  await agent.bringToFront();
  await mirrored.locator('#inside').waitFor();
  await agent.getByRole('button', { name: 'Draw', exact: true }).click();
  await drawAcross(agent, mirrored.locator('#inside'));
  await theirs.waitFor({ state: 'attached' });
  expect(await offset()).toEqual([5, 5]);
  await mirrored.locator('alongside-drawing polyline.agent').waitFor({ state: 'attached' });

  await agent.getByRole('button', { name: 'Comment', exact: true }).click();
  await mirrored.locator('#inside').click();
  await agent.getByRole('textbox', { name: 'Comment' }).fill('In here');
  await agent.getByRole('textbox', { name: 'Comment' }).press('Enter');
  await mirrored.locator('alongside-drawing p.agent', { hasText: 'In here' }).waitFor();
  const note = customer.locator('alongside-widget .comment.agent', { hasText: 'In here' });
  await note.waitFor();
  const fromHeading = async (): Promise<number> =>
    Math.round((await note.boundingBox())!.y - (await inside.boundingBox())!.y);
  await customer.bringToFront();
  const before = await fromHeading();
  await customer.evaluate(() => document.querySelector('iframe')!.style.setProperty('margin-top', '90px'));
  await expect.poll(fromHeading).toBe(before);

  await customer.getByRole('region', { name: 'Co-browse toolbar' }).getByRole('button', { name: 'Draw' }).click();
  await drawAcross(customer, inside);
  const seen = mirrored.locator('alongside-drawing polyline.customer');
  await seen.waitFor({ state: 'attached' });
  const seenAt = await offsetOf(seen, mirrored.locator('#inside'));
  expect(Math.abs(seenAt.x - 5)).toBeLessThan(2);
  expect(Math.abs(seenAt.y - 5)).toBeLessThan(2);

  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(() => customer.locator('alongside-widget .comment').count()).toBe(0);
  await expect.poll(() => mirrored.locator('alongside-drawing').count()).toBe(0);
  expect(errors).toEqual([]);
});

test('comments are still there when the picture has begun anew', async () => {
  const { customer, agent, mirror, errors } = await together(`${site.url}/framed`);
  const mirrored = mirror.frameLocator('iframe');
  await agent.bringToFront();
  for (const [heading, words] of [
    [mirror.locator('#top'), 'On the page 4111 1111 1111 1111'],
    [mirrored.locator('#inside'), 'In the frame'],
  ] as const) {
    await agent.getByRole('button', { name: 'Comment', exact: true }).click();
    await heading.click();
    await agent.getByRole('textbox', { name: 'Comment' }).fill(words);
    await agent.getByRole('textbox', { name: 'Comment' }).press('Enter');
    await customer.locator('alongside-widget .comment.agent', { hasText: words }).waitFor();
    await agent.getByRole('button', { name: 'Comment', exact: true }).click();
  }

  await mirrorFrame(agent).evaluate(() => document.documentElement.setAttribute('data-first', ''));
  await customer.bringToFront();
  // Nodes have other numbers then.
  await customer.evaluate(() => document.body.prepend('More, '));
  // Documents in frames have numbers up to 200; when they have run out the whole picture begins anew.
  await customer.evaluate(async (count) => {
    for (let index = 0; index <= count; index += 1) {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      frame.remove();
    }
  }, MAX_FRAME_DOCUMENTS);
  await mirror.locator('html:not([data-first]) #top').waitFor();
  await mirror
    .locator('alongside-drawing p.agent', { hasText: 'You' })
    .filter({ hasText: 'On the page ********' })
    .waitFor();
  await mirrored.locator('alongside-drawing p.agent', { hasText: 'In the frame' }).waitFor();
  expect(await customer.locator('alongside-widget .comment.agent').count()).toBe(2);
  expect(errors).toEqual([]);
});
