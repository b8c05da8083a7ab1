import { createServer, type ViteDevServer } from 'vite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ActingLab } from './lab/acting.ts';
import { launchBrowser } from '../tools/browser.mjs';

declare const actingLab: ActingLab;

let server: ViteDevServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, fs: { strict: false } },
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  page.setDefaultTimeout(30_000);
  await page.goto(`${server.resolvedUrls?.local[0]}lab/acting.html`);
  await page.waitForFunction(() => 'actingLab' in window);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function show(html: string, writing = true): Promise<void> {
  await page.evaluate(([markup, on]) => actingLab.show(markup, on), [html, writing] as const);
}

/** What was sent, once there are `count` of it. */
async function sent(count: number): Promise<unknown[]> {
  await page.waitForFunction((wanted) => actingLab.count >= wanted, count);
  return page.evaluate(() => actingLab.take());
}

describe('in Write mode', () => {
  test('clicks become commands with their count, and the mirror does nothing itself', async () => {
    await show('<a id=a href="#away">link</a><input id=c type=checkbox>');
    await page.dblclick('#a');
    await page.click('#c');
    expect(await sent(3)).toEqual([
      { act: 'click', node: 'a', count: 1, modifiers: [] },
      { act: 'click', node: 'a', count: 2, modifiers: [] },
      { act: 'click', node: 'c', count: 1, modifiers: [] },
    ]);
    expect(new URL(page.url()).hash).toBe('');
    expect(await page.isChecked('#c')).toBe(false);
  });

  test('clicks say what is held, and text what Shift has made of it', async () => {
    await show('<p id=p>text</p><input id=i>');
    await page.click('#p', { modifiers: ['Shift', 'Control'] });
    expect(await sent(1)).toEqual([{ act: 'click', node: 'p', count: 1, modifiers: ['shift', 'control'] }]);
  });

  test('the right button asks for the page’s own menu', async () => {
    await show('<p id=p>text</p>');
    await page.click('#p', { button: 'right' });
    expect(await sent(1)).toEqual([{ act: 'menu', node: 'p' }]);
  });

  test('keys go to what was clicked last: text gathered, other keys by name, in their order', async () => {
    await show('<input id=i>');
    await page.click('#i');
    await page.keyboard.type('aB ');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+k');
    const acts = await sent(4);
    const typed = acts.filter((act) => (act as { act: string }).act === 'type') as { text: string }[];
    expect(typed.map(({ text }) => text).join('')).toBe('aB ');
    expect(acts.at(0)).toEqual({ act: 'click', node: 'i', count: 1, modifiers: [] });
    expect(acts.slice(-2)).toEqual([
      { act: 'key', node: 'i', key: 'Tab', modifiers: ['shift'] },
      { act: 'key', node: 'i', key: 'k', modifiers: ['control'] },
    ]);
    expect(await page.inputValue('#i')).toBe('');
  });

  test('after Tab they go to where the customer’s page says the focus went', async () => {
    await show('<input id=i><input id=j>');
    await page.click('#i');
    await page.keyboard.press('Tab');
    await page.evaluate(() => actingLab.focused('#j'));
    await page.keyboard.type('x');
    expect((await sent(3)).at(-1)).toEqual({ act: 'type', node: 'j', text: 'x' });
  });

  test('letters where nothing is typed are keys, for the page’s shortcuts', async () => {
    await show('<p id=p>text</p>');
    await page.click('#p');
    await page.keyboard.type('j');
    expect((await sent(2)).at(-1)).toEqual({ act: 'key', node: 'p', key: 'j', modifiers: [] });
  });

  test('a paste is its plain text', async () => {
    await show('<textarea id=t></textarea>');
    await page.click('#t');
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'plain');
      clipboardData.setData('text/html', '<b>rich</b>');
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    expect((await sent(2)).at(-1)).toEqual({ act: 'type', node: 't', text: 'plain' });
  });

  test('a list opens for the agent, outside the mirrored tree, and closes with the choice', async () => {
    await show('<select id=s><option>one<option>two<option disabled>three</select>');
    await page.click('#s');
    const choices = page.locator('alongside-choice select');
    await choices.waitFor();
    await page.locator('alongside-choice option').nth(1).click();
    expect(await sent(1)).toEqual([{ act: 'select', node: 's', indices: [1] }]);
    expect(await page.locator('alongside-choice').count()).toBe(0);
    expect(await page.inputValue('#s')).toBe('one');
  });

  test('with the keyboard as well, and Escape closes it without a choice', async () => {
    await show('<select id=s><option>one<option>two</select>');
    await page.click('#s');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await sent(1)).toEqual([{ act: 'select', node: 's', indices: [1] }]);
    await page.click('#s');
    await page.keyboard.press('Escape');
    await page.locator('alongside-choice').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => actingLab.take())).toEqual([]);
  });

  test('it opens beside the list, on top of a dialog too, and goes with a click elsewhere', async () => {
    const list = '<select id=s><option>one<option>two</select>';
    for (const markup of [`<p>${list}</p>`, `<dialog id=d><p id=p>Which?</p>${list}</dialog>`]) {
      await show(`<div style="height: 3000px">${markup}</div><p id=end>end</p>`);
      await page.evaluate(() => document.querySelector<HTMLDialogElement>('#d')?.showModal());
      const open = page.locator('alongside-choice select');
      await page.click('#s');
      const [at, box] = [await page.locator('#s').boundingBox(), await open.boundingBox()];
      expect(box?.x).toBeCloseTo(at!.x);
      expect(box?.y).toBeCloseTo(at!.y + at!.height);
      await page.mouse.click(700, 500);
      await open.waitFor({ state: 'detached' });
      await page.click('#s');
      await page.locator('alongside-choice option').nth(1).click();
      const acts = (await sent(1)) as { act: string }[];
      expect(acts.filter(({ act }) => act === 'select')).toEqual([{ act: 'select', node: 's', indices: [1] }]);
    }
  });

  test('in a list that stands open a click chooses, with Control and Shift as in the browser', async () => {
    const options = '<option id=o0>0<option id=o1>1<option id=o2 disabled>2<option id=o3>3<option id=o4>4';
    await show(`<select id=s size=5>${options}</select>`);
    await page.click('#o1');
    expect(await sent(1)).toEqual([{ act: 'select', node: 's', indices: [1] }]);
    expect(await page.inputValue('#s')).toBe('');
    await page.keyboard.press('ArrowDown');
    expect(await sent(1)).toEqual([{ act: 'key', node: 's', key: 'ArrowDown', modifiers: [] }]);

    await show(`<select id=s multiple>${options.replace('id=o4', 'id=o4 selected')}</select>`);
    const chosenBy = async (option: string, modifier?: 'Control' | 'Shift'): Promise<number[] | undefined> => {
      await page.click(option, modifier ? { modifiers: [modifier] } : {});
      const [act] = (await sent(1)) as { indices?: number[] }[];
      return act?.indices;
    };
    expect(await chosenBy('#o1')).toEqual([1]);
    expect(await chosenBy('#o3', 'Shift')).toEqual([1, 2, 3]);
    expect(await chosenBy('#o0', 'Shift')).toEqual([0, 1]);
    // The mirror shows what the customer's page says: there the last is chosen still.
    expect(await chosenBy('#o0', 'Control')).toEqual([4, 0]);
    expect(await chosenBy('#o4', 'Control')).toEqual([]);
    await page.dblclick('#o1');
    expect((await sent(3)).at(-1)).toEqual({ act: 'click', node: 'o1', count: 2, modifiers: [] });
  });

  test('a date is entered in a field of ours, a slider is set where it was clicked', async () => {
    await show('<input id=d type=date value=2020-01-01><input id=r type=range min=0 max=10 step=2>');
    await page.click('#d');
    await page.locator('alongside-choice input').fill('2026-02-03');
    const box = (await page.locator('#r').boundingBox())!;
    await page.mouse.click(box.x + box.width - 1, box.y + box.height / 2);
    expect(await sent(2)).toEqual([
      { act: 'set', node: 'd', value: '2026-02-03' },
      { act: 'set', node: 'r', value: '10' },
    ]);
    expect(await page.locator('alongside-choice').count()).toBe(0);
    expect(await page.inputValue('#d')).toBe('2020-01-01');
  });

  test('a slider goes where the browser takes it, whichever way it runs, and the mirror waits for the page', async () => {
    const across = 'type=range step=5 style="width:216px;height:20px;margin:0;cursor:grab"';
    await show(
      `<input id=r ${across}><input id=l dir=rtl ${across}>` +
        '<input id=v type=range step=5 style="writing-mode:vertical-lr;height:216px;width:20px;margin:0">',
    );
    // The middle of the thumb can be nowhere nearer to an end than 8 pixels.
    for (const [id, x, y] of [
      ['r', 60, 0],
      ['l', 60, 0],
      ['v', 0, 60],
    ] as const) {
      const box = (await page.locator(`#${id}`).boundingBox())!;
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + x, box.y + box.height / 2 + y, { steps: 3 });
      expect(await page.inputValue(`#${id}`)).not.toBe('50');
      await page.mouse.up();
      expect(await page.inputValue(`#${id}`)).toBe('50');
    }
    expect(await sent(3)).toEqual([
      { act: 'set', node: 'r', value: '80' },
      { act: 'set', node: 'l', value: '20' },
      { act: 'set', node: 'v', value: '80' },
    ]);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('body');
  });

  test('a hidden list does not open', async () => {
    await show('<select id=s data-alongside-mark=masked><option>one<option>two</select>');
    await page.click('#s');
    expect(await sent(1)).toEqual([{ act: 'click', node: 's', count: 1, modifiers: [] }]);
    expect(await page.locator('alongside-choice').count()).toBe(0);
  });

  test('the wheel scrolls the mirror at once, and the customer’s page follows', async () => {
    await show('<div id=box style="height:100px;overflow:auto"><p style="height:2000px">x</div>');
    await page.hover('#box');
    await page.mouse.wheel(0, 300);
    const acts: { act: string; node: string; y?: number }[] = [];
    await expect
      .poll(async () => {
        acts.push(...((await page.evaluate(() => actingLab.take())) as typeof acts));
        return acts.filter(({ act }) => act !== 'hover').map(({ act }) => act);
      })
      .toEqual(expect.arrayContaining(['wheel', 'scroll']));
    const last = acts.findLast(({ act }) => act === 'scroll');
    expect(last?.node).toBe('box');
    expect(last?.y).toBeGreaterThan(0);
  });

  test('a pointer that rests is told once for each place, one that moves on or clicks is not', async () => {
    await show('<p id=a>a</p><button id=b>b</button>');
    await page.hover('#a');
    expect(await sent(1)).toEqual([{ act: 'hover', node: 'a' }]);
    await page.hover('#a', { position: { x: 3, y: 3 } });
    await page.click('#b');
    expect(await sent(1)).toEqual([{ act: 'click', node: 'b', count: 1, modifiers: [] }]);
  });

  test('what can be dragged is dragged, and the end of it is no click', async () => {
    await show(
      '<style>div{width:80px;height:60px;position:absolute;top:20px}</style>' +
        '<div id=a draggable=true style="left:20px">a</div><div id=b style="left:300px">b</div>',
    );
    await page.mouse.move(50, 40);
    await page.mouse.down();
    await page.mouse.move(340, 50, { steps: 4 });
    await page.mouse.up();
    await page.click('#b');
    expect(await sent(2)).toEqual([
      { act: 'drag', from: 'a', to: 'b' },
      { act: 'click', node: 'b', count: 1, modifiers: [] },
    ]);
  });

  test('a slider that a library draws is dragged, whatever it looks like', async () => {
    await show(
      '<style>div{width:80px;height:20px;position:absolute;top:20px}</style>' +
        '<div id=b style="left:0;width:400px"></div><div id=a role=slider style="left:20px"></div>',
    );
    await page.mouse.move(50, 30);
    await page.mouse.down();
    await page.mouse.move(340, 30, { steps: 4 });
    await page.mouse.up();
    expect(await sent(1)).toEqual([{ act: 'drag', from: 'a', to: 'b' }]);
  });

  test('a knob of which nothing says so but its hand is dragged', async () => {
    await show(
      '<style>div,a{width:80px;height:20px;position:absolute;top:20px}</style>' +
        '<div id=b style="left:0;width:400px"></div><a id=a style="left:20px;cursor:pointer"></a>',
    );
    await page.mouse.move(50, 30);
    await page.mouse.down();
    await page.mouse.move(340, 30, { steps: 4 });
    await page.mouse.up();
    expect(await sent(1)).toEqual([{ act: 'drag', from: 'a', to: 'b' }]);
  });

  test('so is its handle, where the slider alone keeps touches to itself', async () => {
    await show(
      '<style>div{height:20px;position:absolute}#a{width:20px;cursor:pointer}</style>' +
        '<div id=b style="width:400px;touch-action:none"><div id=a>8</div></div>',
    );
    await page.mouse.move(18, 18);
    await page.mouse.down();
    await page.mouse.move(340, 18, { steps: 4 });
    await page.mouse.up();
    expect(await sent(1)).toEqual([{ act: 'drag', from: 'a', to: 'b' }]);
  });

  test('where a crosshair says so, something is drawn', async () => {
    await show('<div id=a style="cursor:crosshair;height:200px">map<p id=b>a place</p></div>');
    await page.mouse.move(50, 100);
    await page.mouse.down();
    await page.mouse.move(140, 150, { steps: 4 });
    await page.mouse.up();
    await page.click('#b');
    expect(await sent(2)).toEqual([
      { act: 'drag', from: 'a', to: 'a' },
      { act: 'click', node: 'b', count: 1, modifiers: [] },
    ]);
  });

  test('with Alt anything is dragged, and no text is selected meanwhile', async () => {
    await show(
      '<style>li{font:20px monospace;width:200px}</style><ul><li id=a>the first one<li>another<li id=c>the last one</ul>',
    );
    const [from, to] = await Promise.all(['#a', '#c'].map((id) => page.locator(id).boundingBox()));
    await page.keyboard.down('Alt');
    await page.mouse.move(from!.x + 5, from!.y + 8);
    await page.mouse.down();
    await page.mouse.move(to!.x + 150, to!.y + 10, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    expect(await page.evaluate(() => String(getSelection()))).toBe('');
    await page.click('#c');
    expect(await sent(2)).toEqual([
      { act: 'drag', from: 'a', to: 'c' },
      { act: 'click', node: 'c', count: 1, modifiers: [] },
    ]);
  });

  test.each([true, false])('text can be selected and copied as it is shown (writing: %s)', async (writing) => {
    await show('<p id=p style="font:20px monospace">some words ********</p>', writing);
    await page.evaluate(() => {
      document.addEventListener('copy', () => (document.title = String(getSelection())), { once: true });
    });
    const box = (await page.locator('#p').boundingBox())!;
    await page.mouse.move(box.x + 1, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y + 10, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.press('Control+c');
    await expect.poll(() => page.title()).toBe('some words ********');
    const acts = (await page.evaluate(() => actingLab.take())) as { act: string }[];
    expect(acts.filter(({ act }) => act !== 'hover')).toEqual([]);
  });

  test('an input method works where the agent types, in a dialog too', async () => {
    await show('<input id=i><dialog id=d><input id=j></dialog>');
    const place = (): Promise<string> =>
      page.evaluate(() => {
        const { left, top, width, height } = document.activeElement!.shadowRoot!.activeElement!.getBoundingClientRect();
        return [left, top, width > 0, height > 0].join();
      });
    for (const field of ['#i', '#j']) {
      if (field === '#j') await page.evaluate(() => document.querySelector<HTMLDialogElement>('#d')!.showModal());
      const box = (await page.locator(field).boundingBox())!;
      const [x, y] = [Math.round(box.x + 20), Math.round(box.y + 8)];
      await page.mouse.click(x, y);
      expect(await place()).toBe(`${x},${y},true,true`);
    }
  });

  test('text of an input method is one composition, and its keys are nobody’s', async () => {
    await show('<input id=i>');
    await page.click('#i');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await devtools.send('Input.insertText', { text: '日' });
    expect(await sent(2)).toEqual([
      { act: 'click', node: 'i', count: 1, modifiers: [] },
      { act: 'compose', node: 'i', text: '日' },
    ]);
    expect(await page.inputValue('#i')).toBe('');
  });
});

test('in Pointer mode nothing becomes a command', async () => {
  await show('<button id=b>b</button><input id=i><select id=s><option>a</select>', false);
  for (const id of ['#b', '#i', '#s']) await page.click(id);
  await page.keyboard.type('abc');
  await page.keyboard.press('Enter');
  await page.mouse.wheel(0, 100);
  expect(await page.evaluate(() => actingLab.take())).toEqual([]);
});
