import type { Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MAX_FRAMES } from '../protocol/limits.ts';
import { countHoldings, type Holdings } from './support/leftovers.ts';
import { joinSession, leave, mirrorFrame, startProduct, startSession, type Product } from './support/product.ts';
import { startSite, type Site } from './support/site.ts';

/** Frames of the page, on both sides: the real product, because only the real sandbox has its walls. */
let product: Product;
let site: Site;
let other: Site;
const pages: Page[] = [];

const INNER = `<!doctype html><title>Inner</title><style>body { margin: 3px; color: rgb(1, 2, 3) }
  @media (max-width: 400px) { h2 { color: rgb(9, 8, 7) } }</style>
  <h2>Inside</h2><input id="field" value="as it was">
  <button id="count" type="button" onclick="this.textContent = 'Count ' + (Number(this.textContent.slice(6)) + 1)">Count 0</button><div style="height:2000px">long</div>`;

beforeAll(async () => {
  product = await startProduct();
  const tag = `<script async src="${product.url}/snippet.js" data-site="demo"></script>`;
  other = await startSite({ '/ad': { html: '<!doctype html><p>From elsewhere</p>' } });
  const page = (body: string) => ({ html: `<!doctype html><title>Shop</title>${tag}<h1>A shop</h1>${body}` });
  site = await startSite({
    '/nested': page(`<iframe src="/outer" width="500" height="300"></iframe>
      <iframe srcdoc="<p>From srcdoc</p><input value='typed'>"></iframe>
      <iframe id="empty"></iframe>
      <iframe style="display:none" srcdoc="<p>Hidden one</p>"></iframe>`),
    '/foreign': page(`<iframe src="${other.url}/ad" title="Advertisement"></iframe>`),
    '/secrets': page(`<div data-alongside="mask"><iframe srcdoc="<p>around-secret-</p>"></iframe></div>
      <iframe srcdoc="<p>Not secret</p><p data-alongside='mask'>in-secret-</p><input type='password' id='password'>
      <output id='echo'></output><script>password.oninput = () => { echo.textContent = password.value }</script>"></iframe>`),
    '/outer': { html: '<body><p>Outer, in quirks</p><iframe src="/inner" width="350" height="200"></iframe>' },
    '/inner': { html: INNER },
    '/moving': page('<div id="a"><iframe id="moved" srcdoc="<p>Inner words</p>"></iframe></div><div id="b"></div>'),
    '/second': { html: '<!doctype html><p>The second document</p>' },
    '/many': page('<div id="frames"></div>'),
  });
});
afterAll(async () => {
  await site?.close();
  await other?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function visit(path: string): Promise<Page> {
  const customer = await product.context.newPage();
  pages.push(customer);
  await countHoldings(customer);
  await customer.goto(`${site.url}${path}`);
  return customer;
}

async function join(customer: Page): Promise<Page> {
  const agent = await product.agent();
  pages.unshift(agent);
  await joinSession(agent, await startSession(customer));
  await expect.poll(() => describeFrame(mirrorFrame(agent))).toContain('A shop');
  return agent;
}

async function share(path: string): Promise<{ customer: Page; agent: Page }> {
  const customer = await visit(path);
  return { customer, agent: await join(customer) };
}

/** All documents of a page, each with its mode, its texts and the values of its fields, frames in their places. */
async function describeFrame(frame: Frame): Promise<string> {
  const own = await frame
    .evaluate(() => {
      const lines: string[] = [document.compatMode];
      const walk = (node: Node): void => {
        const name = node.nodeName.toLowerCase();
        // By name: what another document's script made is of that document's classes.
        if (/^(?:style|script|title|alongside-.*)$/u.test(name)) return;
        const text = name === '#text' ? (node as Text).data.trim() : '';
        if (text !== '') lines.push(text);
        if (name === 'input') lines.push(`value ${(node as HTMLInputElement).value}`);
        if (name === 'iframe') lines.push('frame');
        for (const child of node.childNodes) walk(child);
      };
      walk(document);
      return lines.join('\n');
    })
    .catch(() => 'gone');
  const inner = await Promise.all(frame.childFrames().map(describeFrame));
  return [own, ...inner.map((text) => text.replaceAll(/^/gmu, '  '))].join('\n');
}

/** The frame whose document has this text. */
async function frameWith(page: Page, text: string): Promise<Frame> {
  for (const frame of page.frames()) {
    const body = await frame.evaluate(() => document.body?.innerText ?? '').catch(() => '');
    if (frame !== page.mainFrame() && body.includes(text) && !body.includes('A shop')) return frame;
  }
  throw new Error(`No frame has "${text}".`);
}

const customerFrames = (customer: Page): Promise<string> => describeFrame(customer.mainFrame());
const agentFrames = (agent: Page): Promise<string> => describeFrame(mirrorFrame(agent));

/** What the agent sees becomes what the customer sees. */
async function expectSame(customer: Page, agent: Page): Promise<void> {
  await expect
    .poll(async () => {
      const [seen, mirrored] = [await customerFrames(customer), await agentFrames(agent)];
      return seen === mirrored ? 'the same' : `${seen}\n--- and in the mirror\n${mirrored}`;
    })
    .toBe('the same');
}

test('documents in frames are mirrored: nested, of markup, written by script, hidden, replaced', async () => {
  const { customer, agent } = await share('/nested');
  await customer.evaluate(() => {
    const inner = document.querySelector<HTMLIFrameElement>('#empty')!.contentDocument!;
    inner.body.innerHTML = '<p>Put there by script</p>';
  });
  await expectSame(customer, agent);
  expect(await agentFrames(agent)).toContain('Put there by script');

  // Changes, fields, styles by the frame's own width.
  const inside = await frameWith(customer, 'Inside');
  await inside.fill('#field', 'by hand');
  await inside.evaluate(() => document.querySelector('h2')!.append(' and more'));
  await expectSame(customer, agent);
  const mirrored = await frameWith(agent, 'Inside and more');
  expect(await mirrored.evaluate(() => getComputedStyle(document.querySelector('h2')!).color)).toBe('rgb(9, 8, 7)');
  await inside.evaluate(() => scrollTo(0, 300));
  await expect.poll(() => mirrored.evaluate(() => scrollY)).toBe(300);

  // Another document, another frame, a frame that is moved, one that is written anew, one that goes.
  await customer.evaluate(() => {
    document.querySelector<HTMLIFrameElement>('iframe')!.contentWindow!.location.href = '/second';
    const added = document.createElement('iframe');
    added.srcdoc = '<p>Added later</p>';
    document.body.append(added, document.querySelectorAll('iframe')[1]!);
    document.querySelector<HTMLIFrameElement>('#empty')!.contentDocument!.write('<!doctype html><p>Written');
    document.querySelector('iframe[style]')!.remove();
  });
  await expect.poll(() => agentFrames(agent)).toContain('The second document');
  await expectSame(customer, agent);
  const text = await agentFrames(agent);
  for (const words of ['Added later', 'From srcdoc', 'Written']) expect(text).toContain(words);
  expect(text).not.toContain('Hidden one');
});

test('a frame that keeps its document while it moves is shown in its new place, and what changes in it', async () => {
  const { customer, agent } = await share('/moving');
  await expect.poll(() => agentFrames(agent)).toContain('Inner words');
  await customer.evaluate(() => {
    const frame = document.querySelector<HTMLIFrameElement>('#moved')!;
    const to = document.querySelector('#b') as Element & { moveBefore(node: Node, before: Node | null): void };
    to.moveBefore(frame, null);
    frame.contentDocument!.querySelector('p')!.append(' went along');
  });
  await expectSame(customer, agent);
  expect(await agentFrames(agent)).toContain('went along');
});

test('a frame of another origin is a placeholder of its size, and is listed as not shown', async () => {
  const { agent } = await share('/foreign');
  await agent.getByRole('button', { name: 'Not shown' }).click();
  await agent.getByRole('list', { name: 'Not shown' }).getByText('frame Advertisement').waitFor();
  const frame = mirrorFrame(agent).locator('iframe[title="Advertisement"][data-alongside-not-shown]');
  await frame.waitFor();
  expect(await frame.evaluate(({ offsetWidth, offsetHeight }: HTMLElement) => [offsetWidth, offsetHeight])).toEqual([
    304, 154,
  ]);
  expect(await agentFrames(agent)).not.toContain('From elsewhere');
});

test('what is masked around a frame is masked in it, and what is masked in it stays masked', async () => {
  const { customer, agent } = await share('/secrets');
  await expect.poll(() => agentFrames(agent)).toContain('Not secret');
  await (await frameWith(customer, 'Not secret')).fill('#password', 'Zq7-secret-Vx9');
  await expect.poll(() => agentFrames(agent)).toContain('value ********');
  expect(await agentFrames(agent)).not.toMatch(/secret-/u);
});

test('pointers and acts reach into frames, through the same guard', async () => {
  const { customer, agent } = await share('/nested');
  await expect.poll(() => agentFrames(agent)).toContain('Inside');
  const mirrored = await frameWith(agent, 'Inside');
  const inside = await frameWith(customer, 'Inside');

  await agent.getByRole('button', { name: '1:1' }).click();
  // The customer's pointer, over the field in the frame in a frame.
  await customer.bringToFront();
  await inside.locator('#field').hover();
  await agent.bringToFront();
  const pointer = agent.locator('.customer-pointer');
  await expect
    .poll(async () => {
      const [at, field] = [await pointer.boundingBox(), await mirrored.locator('#field').boundingBox()];
      return at && field && Math.hypot(at.x - field.x - field.width / 2, at.y - field.y - field.height / 2);
    })
    .toBeLessThan(4);

  // The agent's, and a click that only points.
  await mirrored.locator('#field').click();
  const circle = customer.locator('alongside-widget .circle');
  await circle.waitFor({ state: 'attached' });

  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await agent.bringToFront();
  await agent.getByRole('switch', { name: 'Write Mode', checked: true }).waitFor();
  // What the page's own sheet says of the field under a pointer holds under the agent's.
  const indent = () => inside.locator('#field').evaluate((field) => getComputedStyle(field).textIndent);
  await inside.locator('#field').evaluate((field) => {
    const style = Object.assign(document.createElement('style'), { textContent: '#field:hover { text-indent: 7px }' });
    field.before(style);
  });
  await mirrored.locator('#count').hover();
  await mirrored.locator('#field').hover();
  await expect.poll(indent).toBe('7px');
  await agent.getByRole('switch', { name: 'Write Mode' }).hover();
  await mirrored.locator('#field').click();
  await agent.keyboard.press('Control+a');
  await agent.keyboard.type('by the agent');
  await expect.poll(() => inside.inputValue('#field')).toBe('by the agent');
  await mirrored.locator('#count').click();
  await expect.poll(() => inside.textContent('#count')).toBe('Count 1');

  // Refused by what is around the frame.
  await customer.evaluate(() => document.querySelector('iframe')!.setAttribute('data-alongside', 'restrict'));
  // What is treated differently is sent anew, and with it the frame.
  await mirrorFrame(agent).locator('iframe[data-alongside-mark~="restricted"]').waitFor();
  await expect.poll(() => agentFrames(agent)).toContain('Count 1');
  await (await frameWith(agent, 'Inside')).locator('#count').click();
  await agent
    .getByText(/restricted/iu)
    .first()
    .waitFor();
  expect(await inside.textContent('#count')).toBe('Count 1');
});

test('a page that nests and adds frames without end is shown up to a limit, and the rest is listed', async () => {
  const { customer, agent } = await share('/many');
  await customer.evaluate(() => {
    for (let count = 0; count < 100; count += 1) {
      const frame = document.createElement('iframe');
      frame.srcdoc = `<p>Frame ${count}</p>`;
      document.querySelector('#frames')!.append(frame);
    }
    let inside = document.body;
    for (let depth = 0; depth < 100; depth += 1) {
      const frame = inside.ownerDocument.createElement('iframe');
      inside.append(frame);
      inside = frame.contentDocument!.body;
    }
  });
  const shown = (): number => agent.frames().filter((frame) => /viewer\.html\?frame=/u.test(frame.url())).length;
  await expect.poll(shown).toBe(MAX_FRAMES);
  await agent.getByRole('button', { name: 'Not shown' }).click();
  await agent.getByRole('list', { name: 'Not shown' }).getByText('too large').first().waitFor();
  await customer.evaluate(() => document.querySelector('h1')!.append(' that goes on'));
  await expect.poll(() => agentFrames(agent)).toContain('that goes on');
});

test('nothing of ours is left in frames after the session', async () => {
  const customer = await visit('/nested');
  await expect.poll(() => customerFrames(customer)).toContain('Inside');
  // The browser's own method is the page's, also for what is in its frames.
  const listeners = (): Promise<string[]> =>
    customer.evaluate(() =>
      Object.entries((window as unknown as { holdings(): Holdings }).holdings().listeners)
        .filter(([kind]) => kind.startsWith('frame '))
        .map(([kind, count]) => `${kind} ${count}`),
    );
  const before = await listeners();
  const agent = await join(customer);
  await expect.poll(() => agentFrames(agent)).toContain('Inside');
  expect(await listeners()).not.toEqual(before);
  await customer.evaluate(() => (window as unknown as { Alongside: { end(): void } }).Alongside.end());
  await expect.poll(listeners).toEqual(before);
});
