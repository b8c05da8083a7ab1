import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Framework, FrameworkLab } from './lab/frameworks/mounts.ts';
import {
  BUNDLING_MS,
  FRAMEWORKS_LIBRARIES,
  startLabServer,
  WIDGETS_LIBRARIES,
  type LabServer,
} from './support/lab-server.ts';
import { INSTALLING_MS, installLibraries } from './support/libraries.ts';
import { clickIn } from './support/click-in.ts';
import { allowWriting, leave, meet, mirrorOf, startProduct, type Product } from './support/product.ts';
import { WIDGETS } from './support/widgets.ts';

/** Pages of other people's libraries through the real extension, server and connection, by an agent's mouse and keys. */
declare const frameworks: FrameworkLab;
declare const widgets: { show(name: string): void; value(): string };

/** They only bound waits that will never end. */
const AGAIN_MS = 3_000;
const WIDGET_MS = 120_000;

/** One that types, one of days, one of web components in light and one in shadow trees; the others are driven in the lab. */
const DRIVEN = WIDGETS.filter(({ name }) => /^(?:MUI combobox|MUI date picker|Ionic select|Shoelace)/u.test(name));

let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  installLibraries();
  product = await startProduct();
}, INSTALLING_MS);
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

interface Together {
  readonly customer: Page;
  readonly agent: Page;
  readonly mirror: FrameLocator;
  readonly errors: string[];
}

/** Write mode is on. @param ready what the page's script leaves on the window when it is through */
async function together(server: LabServer, ready: string): Promise<Together> {
  const errors: string[] = [];
  const agent = await product.agent();
  const customer = await product.context.newPage();
  pages.push(agent, customer);
  for (const page of [customer, agent]) page.on('pageerror', (error) => errors.push(error.message));
  await customer.goto(server.url, { timeout: BUNDLING_MS });
  await customer.waitForFunction((name) => name in window, ready, { timeout: BUNDLING_MS });
  await customer.evaluate((url) => {
    const script = document.createElement('script');
    script.src = `${url}/snippet.js`;
    script.dataset['site'] = 'demo';
    document.head.append(script);
  }, product.url);
  await meet(agent, customer);
  await allowWriting(agent, customer);
  return { customer, agent, mirror: mirrorOf(agent), errors };
}

test(
  'the agent chooses from lists and calendars that libraries draw themselves',
  { timeout: INSTALLING_MS },
  async () => {
    const server = await startLabServer({ path: 'lab/widgets/customer.html', include: WIDGETS_LIBRARIES });
    try {
      const { customer, agent, mirror, errors } = await together(server, 'widgets');
      for (const { name, opener, text, choice, value } of DRIVEN) {
        await customer.evaluate((widget) => {
          widgets.show(widget);
          document.body.append(widget);
        }, name);
        await mirror.getByText(name).waitFor();
        await clickIn(mirror, customer, opener);
        if (text) await agent.keyboard.type(text);
        if (choice) await clickIn(mirror, customer, choice);
        const taken = (): Promise<string> => customer.evaluate(() => widgets.value());
        const chosen = async (): Promise<string> => {
          const isOpen = !(await taken()).includes(value) && choice && (await choice(mirror).isVisible());
          // What opens may lie under something of the library's until it has come: the agent is told, and clicks again.
          if (isOpen) await clickIn(mirror, customer, choice, AGAIN_MS).catch(() => {});
          return taken();
        };
        await expect.poll(chosen, { message: name, timeout: WIDGET_MS }).toContain(value);
      }
      expect(errors).toEqual([]);
    } finally {
      await server.close();
    }
  },
);

describe('both type at once, each in the middle of a text, on a page that renders anew with every letter:', () => {
  const FRAMEWORKS: readonly Framework[] = ['plain', 'react', 'vue', 'svelte', 'angular', 'lit'];
  /** What the page makes capitals of; the customer types capitals, as the page would put the caret at the end of others. */
  const THEIRS = 'THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG';
  const OURS = 'sphinx of black quartz judge my vow, and some more';
  let server: LabServer;
  let session: Together;

  beforeAll(async () => {
    server = await startLabServer({ path: 'lab/frameworks/customer.html', include: FRAMEWORKS_LIBRARIES });
  }, BUNDLING_MS);
  afterAll(() => server?.close());

  test.each(FRAMEWORKS)('%s', async (name) => {
    session = await together(server, 'frameworks');
    const { customer, agent, mirror, errors } = session;
    await customer.evaluate((framework) => frameworks.show(framework), name);
    await customer.bringToFront();
    await customer.click('#name');
    await customer.keyboard.type('<>');
    await customer.keyboard.press('ArrowLeft');
    await agent.bringToFront();
    await mirror.locator('#notes').click();
    await agent.keyboard.type('()');
    await agent.keyboard.press('ArrowLeft');
    await expect.poll(() => customer.inputValue('#notes')).toBe('()');

    // The customer's field has had the focus taken by the agent's click; it is theirs again.
    await customer.locator('#name').focus();
    const typed = customer.keyboard.type(THEIRS, { delay: 100 });
    await agent.keyboard.type(OURS, { delay: 1000 / 15 });
    await typed;
    await expect.poll(() => customer.inputValue('#notes')).toBe(`(${OURS})`);
    expect(await customer.inputValue('#name')).toBe(`<${THEIRS}>`);
    const caret = await customer.evaluate(() => {
      const { id, selectionStart, selectionEnd } = document.activeElement as HTMLInputElement;
      return [id, selectionStart, selectionEnd];
    });
    expect(caret).toEqual(['name', THEIRS.length + 1, THEIRS.length + 1]);
    // The agent's is where it was left as well.
    await agent.keyboard.type('!');
    await expect.poll(() => customer.inputValue('#notes')).toBe(`(${OURS}!)`);
    await expect.poll(() => mirror.locator('#name').inputValue()).toBe(`<${THEIRS}>`);
    expect(JSON.parse((await customer.textContent('#state'))!)).toMatchObject({
      name: `<${THEIRS}>`,
      notes: `(${OURS}!)`,
    });
    expect(errors).toEqual([]);
  });
});
