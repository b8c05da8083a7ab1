import { createServer, type ViteDevServer } from 'vite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WriteLab } from './lab/write-mode.ts';
import { launchBrowser } from '../tools/browser.mjs';

declare const lab: WriteLab;

let server: ViteDevServer;
let browser: Browser;
let page: Page;
let address: string;
let errors: string[] = [];

beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: import.meta.dirname,
    cacheDir: '../node_modules/.vite/write-mode',
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, fs: { strict: false } },
    optimizeDeps: { noDiscovery: true, include: ['react', 'react-dom/client'] },
  });
  await server.listen();
  address = `${server.resolvedUrls?.local[0]}lab/write-mode.html`;
  browser = await launchBrowser();
  await openPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** One page for all: every test begins with a body and a pair of hands of its own. */
beforeEach(async () => {
  errors = [];
  if (page.url() !== address) await openPage();
});

async function openPage(): Promise<void> {
  await page?.close();
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(address);
  await page.waitForFunction(() => 'lab' in window);
}

async function show(html: string): Promise<void> {
  await page.evaluate((markup) => lab.show(markup), html);
}

/** Everything the page felt of `act`, done twice on a fresh page. */
async function logOf(html: string, act: () => Promise<unknown>): Promise<string[]> {
  await page.mouse.move(799, 1);
  await show(html);
  await page.evaluate(() => lab.takeLog());
  await act();
  return page.evaluate(() => lab.takeLog());
}

/**
 * What no script can remove, or what only the real device has: apart from these the two logs are the same.
 * `isTrusted` is not in the log at all: it is false for every event of a script but `focus`, `blur`, `input` and `change`
 * that the browser sends itself.
 */
const DIFFERENCES: readonly RegExp[] = [
  // The real pointer was somewhere on the page before; the agent's comes from nowhere.
  /^(?:pointer|mouse)(?:out|leave|enter) html/u,
];

async function expectSameLog(
  html: string,
  real: () => Promise<unknown>,
  ours: () => unknown,
  states = '',
  only = /./u,
): Promise<void> {
  const clean = (log: readonly string[]): string[] =>
    log.filter((line) => only.test(line) && !DIFFERENCES.some((one) => one.test(line)));
  const readState = (): Promise<unknown> => page.evaluate(states || 'null');
  const wanted = clean(await logOf(html, real));
  const wantedState = await readState();
  const got = clean(await logOf(html, () => page.evaluate(ours)));
  expect(got).toEqual(wanted);
  expect(await readState()).toEqual(wantedState);
  expect(wanted.length).toBeGreaterThan(1);
}

describe('an act feels to the page like the same act of a person:', () => {
  const VALUE = `[...document.querySelectorAll('input,textarea,select')].map((field) => field.value + field.checked)`;

  test('a click on a button', () =>
    expectSameLog(
      '<button id=b type=button>Press</button>',
      () => page.click('#b'),
      () => lab.click('#b'),
    ));
  test('a click on what stands inside a button', () =>
    expectSameLog(
      '<button id=b type=button><b id=i>Press</b></button>',
      () => page.click('#i'),
      () => lab.click('#i'),
    ));
  test('a double click', () =>
    expectSameLog(
      '<p id=p>word</p>',
      () => page.dblclick('#p'),
      () => (lab.click('#p', 1), lab.click('#p', 2)),
    ));
  test('a tick', () =>
    expectSameLog(
      '<input id=c type=checkbox>',
      () => page.click('#c'),
      () => lab.click('#c'),
      VALUE,
    ));
  test('a choice among radio buttons', () =>
    expectSameLog(
      '<input id=a type=radio name=r checked><input id=b type=radio name=r>',
      () => page.click('#b'),
      () => lab.click('#b'),
      VALUE,
    ));
  test('a click on a label', () =>
    expectSameLog(
      '<label id=l for=c>Yes</label> <input id=c type=checkbox>',
      () => page.click('#l'),
      () => lab.click('#l'),
      VALUE,
    ));
  test('a summary that opens', () =>
    expectSameLog(
      '<details id=d><summary id=s>More</summary>text</details>',
      async () => {
        await page.evaluate(() => lab.expect('toggle'));
        await page.click('#s');
        await page.evaluate(() => lab.expected());
      },
      async () => {
        lab.expect('toggle');
        lab.click('#s');
        await lab.expected();
      },
      `document.querySelector('details').open`,
    ));
  test('text in a field, and leaving it', () =>
    expectSameLog(
      '<input id=i value=x> <button id=b type=button>Else</button>',
      async () => {
        await page.click('#i');
        await page.keyboard.press('End');
        await page.keyboard.type('Ab 1!');
        await page.click('#b');
      },
      () => {
        lab.click('#i');
        lab.key('#i', 'End');
        lab.type('#i', 'Ab 1!');
        lab.click('#b');
      },
      VALUE,
    ));
  test('lines in a textarea', () =>
    expectSameLog(
      '<textarea id=t></textarea>',
      async () => {
        await page.click('#t');
        await page.keyboard.type('a\nb');
      },
      () => {
        lab.click('#t');
        lab.type('#t', 'a\nb');
      },
      VALUE,
    ));
  test('Backspace, Delete and arrows in a field', () =>
    expectSameLog(
      '<input id=i value=abcd>',
      async () => {
        await page.click('#i');
        for (const key of ['Home', 'ArrowRight', 'Delete', 'End', 'Backspace']) await page.keyboard.press(key);
        await page.keyboard.type('z');
      },
      () => {
        lab.click('#i');
        for (const key of ['Home', 'ArrowRight', 'Delete', 'End', 'Backspace']) lab.key('#i', key);
        lab.type('#i', 'z');
      },
      VALUE,
    ));
  test('a field that is full', () =>
    expectSameLog(
      '<input id=i maxlength=2>',
      async () => {
        await page.click('#i');
        await page.keyboard.type('abc');
      },
      () => {
        lab.click('#i');
        lab.type('#i', 'abc');
      },
      VALUE,
    ));
  test('a number with a point', () =>
    expectSameLog(
      '<input id=i type=number step=any>',
      async () => {
        await page.focus('#i');
        await page.evaluate(() => lab.takeLog());
        await page.keyboard.type('-1.5');
        await page.keyboard.press('Backspace');
        await page.keyboard.type('25');
      },
      () => {
        document.getElementById('i')!.focus();
        lab.takeLog();
        for (const letter of '-1.5') lab.type('#i', letter);
        lab.key('#i', 'Backspace');
        lab.type('#i', '25');
      },
      VALUE,
    ));
  test('over a number that a click or a key has selected, however long', () =>
    expectSameLog(
      '<input id=i type=number value=12 maxlength=2 onclick="this.select()">',
      async () => {
        await page.click('#i');
        await page.keyboard.type('345');
        await page.keyboard.press('Control+a');
        await page.keyboard.press('Backspace');
        await page.keyboard.type('6');
      },
      () => {
        lab.click('#i');
        for (const digit of '345') lab.type('#i', digit);
        lab.key('#i', 'a', ['control']);
        lab.key('#i', 'Backspace');
        lab.type('#i', '6');
      },
      VALUE,
    ));
  test('over an email that Tab has led to', () =>
    expectSameLog(
      '<input id=f> <input id=i type=email value=ada@mail.example>',
      async () => {
        await page.click('#f');
        await page.keyboard.press('Tab');
        await page.keyboard.type('b@c.example');
      },
      () => {
        lab.click('#f');
        lab.key('#f', 'Tab');
        for (const letter of 'b@c.example') lab.type('#i', letter);
      },
      VALUE,
    ));
  test('typing over a selection', () =>
    expectSameLog(
      '<input id=i value=abcd>',
      async () => {
        await page.click('#i');
        await page.keyboard.press('Control+a');
        await page.keyboard.type('n');
      },
      () => {
        lab.click('#i');
        lab.key('#i', 'a', ['control']);
        lab.type('#i', 'n');
      },
      VALUE,
    ));
  test('text in an editor', () =>
    expectSameLog(
      '<div id=e contenteditable>one</div>',
      async () => {
        await page.click('#e');
        await page.keyboard.press('End');
        await page.keyboard.type('!?');
        await page.keyboard.press('Backspace');
        await page.keyboard.press('Enter');
        await page.keyboard.type('x');
      },
      async () => {
        lab.click('#e');
        lab.key('#e', 'End');
        lab.type('#e', '!?');
        // The next command is another task.
        await new Promise((done) => setTimeout(done));
        lab.key('#e', 'Backspace');
        lab.key('#e', 'Enter');
        lab.type('#e', 'x');
      },
      `document.getElementById('e').innerHTML`,
    ));
  test.for([
    ['a word, by two clicks,', 2],
    ['a line, by three clicks,', 3],
  ] as const)('typing over %s in fields and in an editor', ([, count]) =>
    expectSameLog(
      `<style>* { box-sizing: border-box; width: 200px; margin: 0; font: 16px monospace }</style>
      <input id=i value="alpha beta" data-clicks=${count}><textarea id=a>one two\nthree four</textarea>
      <div id=e contenteditable><p>epsilon</p><p>gamma delta</p></div>`,
      async () => {
        for (const id of ['#i', '#a', '#e p + p']) {
          await page.click(id, { clickCount: count, position: { x: 20, y: 8 } });
          await page.keyboard.type('X');
        }
      },
      () => {
        for (const id of ['#i', '#a', '#e p + p']) {
          const y = 8 / document.querySelector<HTMLElement>(id)!.offsetHeight;
          const count = Number(document.getElementById('i')!.dataset['clicks']);
          for (let click = 1; click <= count; click += 1) lab.click(id, click, 0.1, y);
          lab.type(id, 'X');
        }
      },
      `[i.value, a.value, e.innerHTML]`,
    ),
  );
  test('by words, and to both ends of a text', () =>
    expectSameLog(
      '<input id=i value="one two, three four"><div id=e contenteditable>five <b>six</b>, seven eight</div>',
      async () => {
        for (const id of ['#i', '#e']) {
          await page.focus(id);
          await page.keyboard.press('Control+End');
          await page.keyboard.press('Control+Backspace');
          await page.keyboard.press('Control+ArrowLeft');
          await page.keyboard.type('X');
          await page.keyboard.press('Control+Shift+ArrowLeft');
          await page.keyboard.press('Delete');
          await page.keyboard.press('Control+Home');
          await page.keyboard.press('Control+Delete');
          await page.keyboard.type('Y');
        }
      },
      async () => {
        for (const id of ['#i', '#e']) {
          document.querySelector<HTMLElement>(id)!.focus();
          lab.key(id, 'End', ['control']);
          lab.key(id, 'Backspace', ['control']);
          lab.key(id, 'ArrowLeft', ['control']);
          lab.type(id, 'X');
          lab.key(id, 'ArrowLeft', ['control', 'shift']);
          lab.key(id, 'Delete');
          lab.key(id, 'Home', ['control']);
          lab.key(id, 'Delete', ['control']);
          lab.type(id, 'Y');
        }
      },
      `[i.value, e.innerHTML]`,
      // The browser names an edit by what has come of it.
      /^(?:beforeinput|input i)/u,
    ));
  test('Tab and Shift+Tab', () =>
    expectSameLog(
      '<input id=i><button id=b type=button>B</button><a id=a href="#x">link</a>',
      async () => {
        await page.click('#i');
        for (const key of ['Tab', 'Tab', 'Shift+Tab']) await page.keyboard.press(key);
      },
      () => {
        lab.click('#i');
        lab.key('#i', 'Tab');
        lab.key('#b', 'Tab');
        lab.key('#a', 'Tab', ['shift']);
      },
      'document.activeElement.id',
    ));
  test('Tab goes on from where the agent has clicked, though nothing there can have the focus', () =>
    expectSameLog(
      '<button type=button>A</button><p id=p>text</p><button id=b type=button>B</button>',
      async () => {
        await page.click('#p');
        await page.keyboard.press('Tab');
      },
      () => {
        lab.click('#p');
        lab.key('body', 'Tab');
      },
      'document.activeElement.id',
    ));
  // A link that leads nowhere says of itself that it could have the focus, and so does a video without buttons.
  test.for([
    '<a id=a>menu</a>',
    '<svg id=a width=9 height=9><a><path d="M0 0h9v9z"/></a></svg>',
    '<video id=a></video>',
  ])('Tab past what only says that it could have the focus, and a click that takes it away: %s', (thing) =>
    expectSameLog(
      `<input id=i>${thing}<button id=b type=button>B</button>`,
      async () => {
        await page.click('#i');
        await page.keyboard.press('Tab');
        await page.click('#a');
      },
      () => {
        lab.click('#i');
        lab.key('#i', 'Tab');
        lab.click('#a');
      },
      'document.activeElement.localName',
    ),
  );
  test('Space and Enter on a button, Space on a box', () =>
    expectSameLog(
      '<button id=b type=button>B</button><input id=c type=checkbox>',
      async () => {
        await page.focus('#b');
        await page.keyboard.press('Space');
        await page.keyboard.press('Enter');
        await page.focus('#c');
        await page.keyboard.press('Space');
      },
      () => {
        document.getElementById('b')!.focus();
        lab.key('#b', ' ');
        lab.key('#b', 'Enter');
        document.getElementById('c')!.focus();
        lab.key('#c', ' ');
      },
      VALUE,
    ));
  test('arrows among radio buttons', () =>
    expectSameLog(
      '<input id=a type=radio name=r checked><input id=b type=radio name=r>',
      async () => {
        await page.focus('#a');
        await page.keyboard.press('ArrowDown');
      },
      () => {
        document.getElementById('a')!.focus();
        lab.key('#a', 'ArrowDown');
      },
      VALUE,
    ));
  test('arrows in a slider, a number and a list', () =>
    expectSameLog(
      '<input id=r type=range><input id=n type=number value=3><select id=s><option>a<option>b</select>',
      async () => {
        for (const [id, key] of [
          ['#r', 'ArrowRight'],
          ['#n', 'ArrowUp'],
          ['#s', 'ArrowDown'],
        ] as const) {
          await page.focus(id);
          await page.keyboard.press(key);
        }
      },
      () => {
        for (const [id, key] of [
          ['#r', 'ArrowRight'],
          ['#n', 'ArrowUp'],
          ['#s', 'ArrowDown'],
        ] as const) {
          document.querySelector<HTMLElement>(id)!.focus();
          lab.key(id, key);
        }
      },
      VALUE,
    ));
  test('Escape closes a dialog', () =>
    expectSameLog(
      '<dialog id=d><button id=b type=button>in</button></dialog>',
      async () => {
        await page.evaluate(() => {
          lab.expect('close');
          document.querySelector('dialog')!.showModal();
        });
        await page.keyboard.press('Escape');
        await page.evaluate(() => lab.expected());
      },
      async () => {
        lab.expect('close');
        document.querySelector('dialog')!.showModal();
        lab.key('#b', 'Escape');
        await lab.expected();
      },
      `document.querySelector('dialog').open`,
      // The key goes up when the finger does, and the resting pointer meets the page again: both at their own time.
      /^(?:keydown|cancel|close)/u,
    ));
  test('Tab stays in a dialog that a component has opened in its shadow tree, and Escape closes it', async () => {
    await show('<input id=x><x-h id=h><input id=a><input id=b><p id=p>text</p></x-h><input id=y>');
    const result = await page.evaluate(async () => {
      const shadow = document.getElementById('h')!.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<dialog><slot></slot></dialog>';
      const dialog = shadow.firstChild as HTMLDialogElement;
      dialog.showModal();
      const led = (['#a', '#b'] as const).map((id) => (lab.key(id, 'Tab'), document.activeElement!.id));
      lab.click('#p');
      return [...led, dialog.open, lab.key('#p', 'Escape'), dialog.open];
    });
    expect(result).toEqual(['b', 'a', true, 'done', false]);
  });
});

describe('what the browser tells no page about is done all the same:', () => {
  test('a choice from a list, and from a list of many', async () => {
    await show('<select id=s><option>a<option>b</select><select id=m multiple><option>a<option>b<option>c</select>');
    const result = await page.evaluate(() => {
      lab.takeLog();
      const outcomes = [lab.select('#s', [1]), lab.select('#s', [1]), lab.select('#m', [0, 2])];
      const [s, m] = document.querySelectorAll('select');
      const log = lab.takeLog().filter((line) => /^(?:input|change)/u.test(line));
      return { outcomes, one: s!.value, many: [...m!.selectedOptions].map((option) => option.value), log };
    });
    expect(result).toEqual({
      outcomes: ['done', 'done', 'done'],
      one: 'b',
      many: ['a', 'c'],
      log: ['input s bubbles composed', 'change s bubbles', 'input m bubbles composed', 'change m bubbles'],
    });
  });

  test('a date, a color, a slider; what the field cannot hold leaves it as it was', async () => {
    await show('<input id=d type=date value=2020-01-01><input id=c type=color><input id=r type=range>');
    const result = await page.evaluate(() => {
      const outcomes = [
        lab.set('#d', '2026-02-03'),
        lab.set('#c', '#102030'),
        lab.set('#r', '70'),
        lab.set('#d', 'soon'),
      ];
      return [...outcomes, ...Array.from(document.querySelectorAll('input'), (field) => field.value)];
    });
    expect(result).toEqual(['done', 'done', 'done', 'failed', '2026-02-03', '#102030', '70']);
  });

  test('a long text is pasted in one piece, without its line ends where there is one line', async () => {
    await show('<input id=i><textarea id=t></textarea>');
    const text = 'line one is long enough\nline two is as well, and more';
    const result = await page.evaluate((pasted) => {
      lab.takeLog();
      lab.type('#i', pasted);
      const count = lab.takeLog().filter((line) => line.startsWith('input i insertFromPaste')).length;
      lab.click('#t');
      lab.type('#t', pasted);
      return [count, document.querySelector('input')!.value, document.querySelector('textarea')!.value];
    }, text);
    expect(result).toEqual([1, text.replace('\n', ''), text]);
  });

  test('a link within the site is followed, and scrolling to where the agent is', async () => {
    await show(
      '<a id=a href="#there">go</a><div id=box style="height:50px;overflow:auto"><p style="height:900px">x</div>',
    );
    const result = await page.evaluate(() => [
      lab.click('#a'),
      location.hash,
      lab.command({ act: 'scroll', node: lab.id('#box'), x: 0, y: 120 }),
      document.getElementById('box')!.scrollTop,
    ]);
    expect(result).toEqual(['done', '#there', 'done', 120]);
  });

  test('a link that opens a new tab is followed in this one', async () => {
    await show('<a id=a target=_blank href="#elsewhere">go</a>');
    const result = await page.evaluate(() => [lab.click('#a'), location.hash]);
    expect(result).toEqual(['done', '#elsewhere']);
    expect(page.context().pages()).toHaveLength(1);
  });

  test('a link that leads into another frame of the page leads there', async () => {
    await show('<iframe name=content srcdoc="first"></iframe><a id=a target=content href="/lab/lab.html#there">go</a>');
    const result = await page.evaluate(() => [lab.click('#a'), location.hash]);
    expect(result).toEqual(['done', '']);
    const inFrame = (): Promise<string> => page.evaluate(() => window.frames[0]!.location.hash);
    await expect.poll(inFrame).toBe('#there');
    expect(page.context().pages()).toHaveLength(1);
  });

  test('the caret goes where the agent clicked', async () => {
    await show('<input id=i value="abcdefghij" style="font:20px monospace;width:30ch">');
    const value = await page.evaluate(() => {
      lab.click('#i', 1, 0.01);
      lab.type('#i', '>');
      return document.querySelector('input')!.value;
    });
    expect(value).toBe('>abcdefghij');
  });

  test('what is out of sight is scrolled into it first', async () => {
    await show('<div style="height:3000px"></div><button id=b type=button>far</button>');
    const result = await page.evaluate(() => {
      let clicks = 0;
      document.getElementById('b')!.addEventListener('click', () => (clicks += 1));
      return [lab.click('#b'), clicks];
    });
    expect(result).toEqual(['done', 1]);
  });

  test('in open shadow roots as well', async () => {
    await show('<div id=host></div>');
    const result = await page.evaluate(() => {
      const shadow = document.getElementById('host')!.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<input id=inner><button type=button id=press>p</button>';
      let clicks = 0;
      shadow.getElementById('press')!.addEventListener('click', () => (clicks += 1));
      const inner = shadow.getElementById('inner') as HTMLInputElement;
      return [lab.click(inner), lab.type(inner, 'hi'), inner.value, lab.click(shadow.getElementById('press')!), clicks];
    });
    expect(result).toEqual(['done', 'done', 'hi', 'done', 1]);
  });

  test('controlled fields of React notice', async () => {
    const react = address.replace('write-mode.html', 'write-mode-react.ts');
    await page.addScriptTag({ type: 'module', url: react });
    await page.waitForFunction(() => 'showReact' in window);
    await page.evaluate(() => {
      lab.show('');
      (window as unknown as { showReact(): void }).showReact();
    });
    await page.waitForSelector('#name');
    const outcomes = await page.evaluate(() => [
      lab.click('#name'),
      lab.type('#name', 'ada'),
      lab.key('#name', 'Backspace'),
      lab.click('#notes'),
      lab.type('#notes', 'x\ny'),
      lab.click('#agreed'),
      lab.select('#size', [1]),
    ]);
    expect(outcomes).toEqual(Array(7).fill('done'));
    await page.waitForFunction(() => document.getElementById('state')!.textContent.includes('"size":"l"'));
    const state = JSON.parse((await page.textContent('#state')) ?? '') as unknown;
    expect(state).toEqual({ name: 'AD', notes: 'x\ny', agreed: true, size: 'l' });
  });

  test('what the page prevents is not done, and the agent hears of it', async () => {
    await show('<input id=i><input id=c type=checkbox>');
    const result = await page.evaluate(() => {
      document.getElementById('i')!.addEventListener('beforeinput', (event) => event.preventDefault());
      document.getElementById('c')!.addEventListener('click', (event) => event.preventDefault());
      const [i, c] = document.querySelectorAll('input');
      return [lab.type('#i', 'x'), i!.value, lab.click('#c'), c!.checked];
    });
    expect(result).toEqual(['prevented', '', 'prevented', false]);
  });

  test('a box whose tick the page draws itself is ticked, though the page prevents the browser’s', async () => {
    await show('<span id=p><input id=c type=checkbox></span>');
    const result = await page.evaluate(() => {
      document.getElementById('c')!.addEventListener('click', (event) => {
        event.preventDefault();
        document.getElementById('p')!.classList.add('ticked');
      });
      return lab.click('#c');
    });
    expect(result).toBe('done');
  });

  test('what the page does itself in the place of the browser is done', async () => {
    await show('<input id=i value=12><input id=n value=12><div id=m tabindex=0>m</div>');
    const result = await page.evaluate(() => {
      const [i] = document.querySelectorAll('input');
      i!.addEventListener('keydown', (event) => {
        event.preventDefault();
        i!.value = event.key === 'Backspace' ? i!.value.slice(0, -1) : i!.value + event.key;
      });
      for (const id of ['n', 'm'])
        document.getElementById(id)!.addEventListener('keydown', (event) => event.preventDefault());
      const acts = [lab.type('#i', '3'), lab.key('#i', 'Backspace')];
      lab.click('#m');
      acts.push(lab.key('#m', 'ArrowDown'));
      lab.click('#n');
      acts.push(lab.key('#n', 'Delete'));
      return [...acts, i!.value];
    });
    expect(result).toEqual(['done', 'done', 'done', 'prevented', '12']);
  });

  test('a letter with Control that the page takes for a command of its own is done', async () => {
    await show('<input id=b value=bold>');
    const outcome = await page.evaluate(() => {
      document.querySelector('#b')!.addEventListener('keydown', (event) => event.preventDefault());
      return lab.key('#b', 'b', ['control']);
    });
    expect(outcome).toBe('done');
  });

  test('Enter that a page takes for itself is done, though what comes of it shows a moment later', async () => {
    await show('<textarea id=chat>hello</textarea><input id=box role=combobox value=ky>');
    const outcomes = await page.evaluate(() => {
      const act = (id: string, then: string): string => {
        const field = document.getElementById(id) as HTMLInputElement;
        field.addEventListener('keydown', (event) => {
          event.preventDefault();
          queueMicrotask(() => (field.value = then));
        });
        lab.click(field);
        return lab.key(field, 'Enter');
      };
      return [act('chat', ''), act('box', 'Kyoto')];
    });
    expect(outcomes).toEqual(['done', 'done']);
    expect([await page.inputValue('#chat'), await page.inputValue('#box')]).toEqual(['', 'Kyoto']);
  });

  test('the page never sees an error of ours, nor we one of the page', async () => {
    await show('<button id=b type=button>b</button>');
    const outcome = await page.evaluate(() => {
      document.getElementById('b')!.addEventListener('click', () => {
        throw new Error('the page’s own');
      });
      return lab.click('#b');
    });
    expect(outcome).toBe('done');
    expect(errors).toEqual(['the page’s own']);
  });
});

describe('both at once:', () => {
  test('the agent types in one field while the customer types in another, and both arrive whole', async () => {
    await show('<input id=mine><input id=theirs><div id=editor contenteditable></div>');
    await page.click('#mine');
    for (let index = 0; index < 10; index += 1) {
      await page.keyboard.type('c');
      await page.evaluate((number) => {
        if (number === 0) lab.click('#theirs');
        lab.type('#theirs', 'a');
        lab.type('#editor', 'e');
      }, index);
    }
    expect(await page.inputValue('#mine')).toBe('c'.repeat(10));
    expect(await page.inputValue('#theirs')).toBe('a'.repeat(10));
    expect(await page.textContent('#editor')).toBe('e'.repeat(10));
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('mine');
  });

  test('in one field the customer wins', async () => {
    await show('<input id=i>');
    await page.click('#i');
    await page.keyboard.type('mine');
    expect(await page.evaluate(() => [lab.type('#i', 'x'), lab.key('#i', 'Backspace')])).toEqual([
      'prevented',
      'prevented',
    ]);
    expect(await page.inputValue('#i')).toBe('mine');
  });
});

describe('refused, and nothing happens on the page:', () => {
  const FORM = '<form id=f onsubmit="event.preventDefault()">';
  const ROADS: readonly (readonly [name: string, html: string, act: () => unknown, outcome: string])[] = [
    ['a button without a type', `${FORM}<button id=b>Send</button></form>`, () => lab.click('#b'), 'refused:submit'],
    ['a child of it', `${FORM}<button><b id=b>Send</b></button></form>`, () => lab.click('#b'), 'refused:submit'],
    ['input submit', `${FORM}<input id=b type=submit></form>`, () => lab.click('#b'), 'refused:submit'],
    ['input image', `${FORM}<input id=b type=image alt=x></form>`, () => lab.click('#b'), 'refused:submit'],
    [
      'a button of another form by form=',
      `${FORM}</form><button form=f id=b>x</button>`,
      () => lab.click('#b'),
      'refused:submit',
    ],
    [
      'a submit by its label',
      `<label id=b for=s>x</label>${FORM}<button id=s>x</button></form>`,
      () => lab.click('#b'),
      'refused:submit',
    ],
    ['Space on a submit', `${FORM}<button id=b>x</button></form>`, () => lab.key('#b', ' '), 'refused:submit'],
    ['Enter on a submit', `${FORM}<button id=b>x</button></form>`, () => lab.key('#b', 'Enter'), 'refused:submit'],
    ['Enter in a field', `${FORM}<input id=b></form>`, () => lab.key('#b', 'Enter'), 'refused:submit'],
    ['Enter on a box', `${FORM}<input type=checkbox id=b></form>`, () => lab.key('#b', 'Enter'), 'refused:submit'],
    [
      'Ctrl+Enter in a field',
      `${FORM}<input id=b></form>`,
      () => lab.key('#b', 'Enter', ['control']),
      'refused:submit',
    ],
    ['Enter under another name', `<input id=b>`, () => lab.key('#b', '\r'), 'refused:unsupported'],
    [
      'Enter in a web component',
      `${FORM}<x-field id=b tabindex=0>x</x-field></form>`,
      () => lab.key('#b', 'Enter'),
      'refused:submit',
    ],
    [
      'a web component that submits',
      `<x-button type=submit id=b>x</x-button>`,
      () => lab.click('#b'),
      'refused:submit',
    ],
    [
      'a restricted button',
      '<button type=button id=b data-alongside=restrict>x</button>',
      () => lab.click('#b'),
      'refused:restricted',
    ],
    [
      'a pointer over a restricted image whose map stands elsewhere',
      '<img id=b alt="" usemap=#m width=90 height=90 data-alongside=restrict>' +
        '<map name=m><area shape=rect coords="0,0,90,90" href=#x></map>',
      () => lab.hover('#b'),
      'refused:restricted',
    ],
    [
      'the menu of a restricted button',
      '<button type=button id=b data-alongside=restrict>x</button>',
      () => lab.menu('#b'),
      'refused:restricted',
    ],
    ['the menu of our widget', '', () => lab.menu('alongside-widget'), 'refused:widget'],
    [
      'what is inside something restricted',
      '<div data-alongside=restrict><i id=b>x</i></div>',
      () => lab.click('#b'),
      'refused:restricted',
    ],
    [
      'a restricted box by its label',
      '<label id=b for=c>x</label><input id=c type=checkbox data-alongside=restrict>',
      () => lab.click('#b'),
      'refused:restricted',
    ],
    [
      'a restricted popover by its button',
      '<button type=button id=b popovertarget=p>x</button><div id=p popover data-alongside=restrict>x</div>',
      () => lab.click('#b'),
      'refused:restricted',
    ],
    [
      'a restricted radio by an arrow',
      '<input type=radio name=r checked id=b><input type=radio name=r data-alongside=restrict>',
      () => lab.key('#b', 'ArrowDown'),
      'refused:restricted',
    ],
    [
      'typing into a restricted field',
      '<input id=b data-alongside=restrict>',
      () => lab.type('#b', 'x'),
      'refused:restricted',
    ],
    [
      'a restricted list',
      '<select id=b data-alongside=restrict><option>a<option>b</select>',
      () => lab.select('#b', [1]),
      'refused:restricted',
    ],
    [
      'a restricted form whose fields have the names of methods',
      '<form data-alongside=restrict><input name=parentNode><input name=getAttribute><input name=localName><input id=b></form>',
      () => lab.type('#b', 'x'),
      'refused:restricted',
    ],
    ['typing a password', '<input id=b type=password>', () => lab.type('#b', 'x'), 'refused:masked'],
    ['a key in a password', '<input id=b type=password>', () => lab.key('#b', 'Backspace'), 'refused:masked'],
    ['a click into a password', '<input id=b type=password>', () => lab.click('#b'), 'refused:masked'],
    [
      'a password by its label',
      '<label for=p id=b>x</label><input id=p type=password>',
      () => lab.click('#b'),
      'refused:masked',
    ],
    [
      'a masked list',
      '<div data-alongside=mask><select id=b><option>a<option>b</select></div>',
      () => lab.select('#b', [1]),
      'refused:masked',
    ],
    [
      'a restricted option',
      '<select id=b><option>a<option data-alongside=restrict>b</select>',
      () => lab.select('#b', [1]),
      'refused:restricted',
    ],
    [
      'a masked option',
      '<select id=b><option>a<option data-alongside=mask>b</select>',
      () => lab.select('#b', [1]),
      'refused:masked',
    ],
    [
      'an option of a hidden group',
      '<select id=b><option>a<optgroup data-alongside=hide><option>b</optgroup></select>',
      () => lab.select('#b', [1]),
      'refused:masked',
    ],
    [
      'a restricted option that would not be chosen any more',
      '<select id=b multiple><option selected data-alongside=restrict>a<option>b<option>c</select>',
      () => lab.select('#b', [1]),
      'refused:restricted',
    ],
    [
      'the same in a list of one choice',
      '<select id=b><option selected data-alongside=restrict>a<option>b</select>',
      () => lab.select('#b', [1]),
      'refused:restricted',
    ],
    [
      'a restricted option by an arrow',
      '<select id=b><option>a<option disabled>b<option data-alongside=restrict>c</select>',
      () => lab.key('#b', 'ArrowDown'),
      'refused:restricted',
    ],
    [
      'a reset of a restricted field',
      '<form><input id=f data-alongside=restrict><button id=b type=reset>x</button></form>',
      () => (((document.getElementById('f') as HTMLInputElement).value = 'x'), lab.click('#b')),
      'refused:restricted',
    ],
    [
      'a reset of a password, from outside of the form',
      '<form id=o><input id=f type=password><input name=elements></form><input id=b form=o type=reset>',
      () => (((document.getElementById('f') as HTMLInputElement).value = 'x'), lab.click('#b')),
      'refused:masked',
    ],
    [
      'a choice that takes back a restricted one',
      '<input type=radio name=r checked data-alongside=restrict><label id=b>x<input type=radio name=r></label>',
      () => lab.click('#b'),
      'refused:restricted',
    ],
    [
      'Escape where it closes a restricted popover',
      '<button type=button id=b>x</button><div popover id=p data-alongside=restrict>y</div>',
      () => (document.getElementById('p')!.showPopover(), lab.key('#b', 'Escape')),
      'refused:restricted',
    ],
    [
      'a masked date',
      '<input id=b type=date data-alongside=mask>',
      () => lab.set('#b', '2020-01-01'),
      'refused:masked',
    ],
    ['a card number', '<input id=b autocomplete="billing cc-number">', () => lab.type('#b', '4'), 'refused:masked'],
    ['a file', '<input id=b type=file>', () => lab.click('#b'), 'refused:unsupported'],
    ['a file by its label', '<label id=b>x<input type=file></label>', () => lab.click('#b'), 'refused:unsupported'],
    ['a list set as a field', '<select id=b><option>a</select>', () => lab.set('#b', 'a'), 'refused:unsupported'],
    [
      'an option that is not there',
      '<select id=b><option>a</select>',
      () => lab.select('#b', [5]),
      'refused:unsupported',
    ],
    ['typing where nothing is typed', '<p id=b>x</p>', () => lab.type('#b', 'x'), 'refused:unsupported'],
    [
      'an island in an editor',
      '<div contenteditable><p contenteditable=false id=b>x</p></div>',
      () => lab.type('#b', 'x'),
      'refused:unsupported',
    ],
    [
      'a javascript: link',
      '<a id=b href="javascript:document.title=1">x</a>',
      () => lab.click('#b'),
      'refused:unsupported',
    ],
    [
      'the same in an SVG',
      '<svg width=99 height=99><a href=" java\tscript:document.title=1"><rect id=b width=99 height=99 /></a></svg>',
      () => lab.click('#b'),
      'refused:unsupported',
    ],
    ['a data: link', '<a id=b href="data:text/html,x">x</a>', () => lab.click('#b'), 'refused:unsupported'],
    ['a blob: link', '<a id=b href="blob:x">x</a>', () => lab.click('#b'), 'refused:unsupported'],
    ['a download', '<a id=b download href="/x">x</a>', () => lab.click('#b'), 'refused:unsupported'],
    ['another site', '<a id=b href="//elsewhere.example/">x</a>', () => lab.click('#b'), 'refused:origin'],
    [
      'another site by Enter',
      '<a id=b href="//elsewhere.example/">x</a>',
      () => lab.key('#b', 'Enter'),
      'refused:origin',
    ],
    [
      'another site in the URL bar',
      '',
      () => lab.command({ act: 'open', url: 'https://elsewhere.example/' }),
      'refused:origin',
    ],
    [
      'another site behind backslashes',
      '',
      () => lab.command({ act: 'open', url: '\\\\elsewhere.example' }),
      'refused:origin',
    ],
    [
      'our own name as a user of another site',
      '',
      () => lab.command({ act: 'open', url: `http://${location.host}@elsewhere.example/` }),
      'refused:origin',
    ],
    [
      'a user name before our own',
      '',
      () => lab.command({ act: 'open', url: `http://x@${location.host}/` }),
      'refused:origin',
    ],
    [
      'javascript: in the URL bar',
      '',
      () => lab.command({ act: 'open', url: ' javascript:document.title=1' }),
      'refused:unsupported',
    ],
    ['our widget by its number', '', () => lab.click('alongside-widget'), 'refused:widget'],
    [
      'a button in our widget by its number',
      '',
      () => lab.click(document.querySelector('alongside-widget')!.shadowRoot!.querySelector('button')!),
      'refused:widget',
    ],
    [
      'a key to our widget',
      '',
      () => lab.key(document.querySelector('alongside-widget')!.shadowRoot!.querySelector('button')!, 'Enter'),
      'refused:widget',
    ],
    [
      'our widget by its place',
      '<div id=b style="position:fixed;inset:0">x</div>',
      () => lab.click('#b', 1, 0.99, 0.99),
      'refused:widget',
    ],
    [
      'what something else covers',
      '<button type=button id=b>x</button><div style="position:fixed;inset:0"></div>',
      () => lab.click('#b'),
      'covered',
    ],
    ['what is not shown', '<input id=b style="display:none">', () => lab.type('#b', 'x'), 'covered'],
    [
      'what a modal dialog keeps back',
      '<input id=b><dialog id=d>x</dialog>',
      () => (document.querySelector('dialog')!.showModal(), lab.type('#b', 'x')),
      'covered',
    ],
    [
      'what one in a shadow tree keeps back',
      '<input id=b><x-d id=d></x-d>',
      () => {
        const shadow = document.getElementById('d')!.attachShadow({ mode: 'open' });
        shadow.innerHTML = '<dialog>x</dialog>';
        (shadow.firstChild as HTMLDialogElement).showModal();
        return lab.type('#b', 'x');
      },
      'covered',
    ],
    ['a number never given', '', () => lab.command({ act: 'type', node: 999 as never, text: 'x' }), 'gone'],
    [
      'a node taken out',
      '<input id=b>',
      () => {
        const id = lab.id('#b');
        document.getElementById('b')!.remove();
        return lab.command({ act: 'type', node: id, text: 'x' });
      },
      'gone',
    ],
    [
      'a number whose node was forgotten',
      '<input id=b>',
      () => {
        const id = lab.id('#b');
        lab.forget(id);
        return lab.command({ act: 'type', node: id, text: 'x' });
      },
      'gone',
    ],
    [
      'Pointer mode',
      '<input id=b>',
      () => lab.command({ act: 'type', node: lab.id('#b'), text: 'x' }, { mode: 'pointer' }),
      'refused:mode',
    ],
    [
      'an epoch that is over',
      '<input id=b>',
      () => lab.command({ act: 'type', node: lab.id('#b'), text: 'x' }, { sent: 6 }),
      'refused:mode',
    ],
    [
      'an epoch to come',
      '<input id=b>',
      () => lab.command({ act: 'type', node: lab.id('#b'), text: 'x' }, { sent: 8 }),
      'refused:mode',
    ],
    ['a text that is too long', '<input id=b>', () => lab.type('#b', 'x'.repeat(70_000)), 'refused:unsupported'],
    ['a read-only field', '<input id=b readonly>', () => lab.type('#b', 'x'), 'prevented'],
    ['a disabled field', '<fieldset disabled><input id=b></fieldset>', () => lab.type('#b', 'x'), 'prevented'],
  ];

  test.for(ROADS)('%s', async ([, html, act, outcome]) => {
    await show(html);
    const before = page.url();
    const result = await page.evaluate(`(() => {
      lab.takeLog();
      const before = document.body.innerHTML;
      const outcome = (${String(act)})();
      const acts = lab.takeLog().filter((line) => !/^(?:toggle|focus)/u.test(line));
      return { outcome, acts, title: document.title };
    })()`);
    expect(result).toEqual({ outcome, acts: [], title: 'Write mode lab' });
    expect(page.url()).toBe(before);
    expect(errors).toEqual([]);
  });

  test('an old number among the commands', async () => {
    await show('<input id=b>');
    const outcomes = await page.evaluate(() => {
      const act = { act: 'type', node: lab.id('#b'), text: 'x' } as const;
      return [lab.command(act, { number: 5 }), lab.command(act, { number: 5 }), lab.command(act, { number: 4 })];
    });
    expect(outcomes).toEqual(['done', 'refused:mode', 'refused:mode']);
    expect(await page.inputValue('#b')).toBe('x');
  });

  test('Enter takes what is chosen in an open list, and what the page leaves to the form is refused', async () => {
    await show(`<form id=f action=/gone><input id=b role=combobox aria-expanded=true></form>`);
    const result = await page.evaluate(() => {
      const box = document.querySelector<HTMLInputElement>('#b')!;
      const choose = (event: Event): void => {
        event.preventDefault();
        box.value = 'chosen';
      };
      box.addEventListener('keydown', choose, { once: true });
      const outcomes = [lab.key('#b', 'Enter'), lab.key('#b', 'Enter')];
      box.addEventListener('keydown', () => document.querySelector('form')!.requestSubmit());
      return [box.value, ...outcomes, lab.key('#b', 'Enter')];
    });
    expect(result).toEqual(['chosen', 'done', 'refused:submit', 'refused:submit']);
    expect(page.url()).toBe(address);
  });

  test('a submit that the page’s own script makes of an allowed click', async () => {
    await show(`<form id=f action=/gone><button type=button id=b>x</button></form>`);
    const result = await page.evaluate(() => {
      const form = document.querySelector('form')!;
      document.getElementById('b')!.addEventListener('click', () => form.requestSubmit());
      return [lab.click('#b'), lab.takeLog().filter((line) => line.startsWith('submit'))];
    });
    expect(result).toEqual(['refused:submit', []]);
    expect(page.url()).toBe(address);
  });

  test.for([
    ['get', ''],
    ['post', ''],
    ['get', 'inner'],
    ['post', 'inner'],
  ])('a submit without an event: %s to the page, or its frame, %s', async ([method, target]) => {
    await show(`<form id=f action=/gone method=${method} target="${target}"><input name=a><select id=s><option>a<option>b</select>
      <button type=button id=b>x</button></form><iframe name=inner srcdoc="<p>stays</p>"></iframe>`);
    const left = await page.evaluate(async () => {
      const form = document.querySelector('form')!;
      document.getElementById('b')!.addEventListener('click', () => form.submit());
      document.getElementById('s')!.addEventListener('change', () => form.submit());
      lab.click('#b');
      await new Promise((done) => setTimeout(done, 100));
      lab.select('#s', [1]);
      await new Promise((done) => setTimeout(done, 100));
      return document.querySelector('iframe')!.contentDocument!.URL;
    });
    expect(left).toBe('about:srcdoc');
    expect(page.url()).toBe(address);
    // The driver waits for the page that was prevented.
    await openPage();
  });

  test('but the customer’s own submit right after it goes', async () => {
    await show(`<form id=f action=/lab/write-mode.html><input name=a><button type=button id=b>x</button></form>`);
    await page.evaluate(() => {
      const form = document.querySelector('form')!;
      document.getElementById('b')!.addEventListener('click', () => new FormData(form));
      lab.click('#b');
      document.getElementById('b')!.addEventListener('click', () => form.submit());
    });
    await page.click('#b');
    await page.waitForURL(/a=$/u);
    await openPage();
  });

  test('and after the session the page’s own scripts’ too', async () => {
    await show(`<form id=f action=/lab/write-mode.html><input name=a><button type=button id=b>x</button></form>`);
    await page.evaluate(() => {
      const form = document.querySelector('form')!;
      document.getElementById('b')!.addEventListener('click', () => new FormData(form));
      lab.click('#b');
      lab.end();
      form.submit();
    });
    await page.waitForURL(/a=$/u);
    await openPage();
  });

  test('a reset that the page’s own script makes of an allowed click', async () => {
    await show(`<form><input type=password><input id=f><button type=button id=b>x</button></form>`);
    await page.fill('[type=password]', 'secret');
    const result = await page.evaluate(() => {
      const form = document.querySelector('form')!;
      document.getElementById('b')!.addEventListener('click', () => form.reset());
      return lab.click('#b');
    });
    expect(result).toBe('refused:masked');
    expect(await page.inputValue('[type=password]')).toBe('secret');
  });

  test('but a form of the agent’s own fields is emptied', async () => {
    await show(
      `<form><input type=password><input type=hidden value=x><input id=f><button type=reset id=b>x</button></form>`,
    );
    expect(await page.evaluate(() => [lab.type('#f', 'mine'), lab.click('#b')])).toEqual(['done', 'done']);
    expect(await page.inputValue('#f')).toBe('');
  });

  test('a button that becomes a submit button under the press', async () => {
    await show(`<form id=f action=/gone><button type=button id=b>x</button></form>`);
    const outcome = await page.evaluate(() => {
      const button = document.querySelector('button')!;
      button.addEventListener('mousedown', () => (button.type = 'submit'));
      return lab.click('#b');
    });
    expect(outcome).toBe('refused:submit');
    expect(page.url()).toBe(address);
  });

  test('a flood: what is over the limit is counted and does nothing', async () => {
    await show('<input id=b>');
    const result = await page.evaluate(() => {
      for (let index = 0; index < 10_000; index += 1) lab.type('#b', 'x');
      return { length: document.querySelector('input')!.value.length, refusals: lab.refusals() };
    });
    expect(result.length).toBeGreaterThanOrEqual(100);
    expect(result.length + (result.refusals['refused:rate'] ?? 0)).toBe(10_000);
    expect(result.length).toBeLessThan(400);
  });
});

test.for([
  ['a card', 'Use card 4111 1111 1111 1111', 'Use card ********'],
  ['an account', 'From DE89 3704 0044 0532 0130 00', 'From ********'],
  ['what a pattern of the site describes', 'Open POL-123456', 'Open ********'],
  [
    'a card where the name is cut',
    `${'long '.repeat(10)}4111 1111 1111 1111 and more`,
    `${'long '.repeat(10)}******** …`,
  ],
])('the receipt does not name %s', async ([, name, told]) => {
  await show(`<button id=b type=button>${name}</button><input id=f aria-label="${name}">`);
  const names = await page.evaluate(() => {
    lab.click('#b');
    lab.type('#f', 'x');
    return lab.told().map((entry) => entry.name);
  });
  expect(names).toEqual([told, told]);
});

describe('keys go where the page has led the focus', () => {
  const BOXES = `<input id=a maxlength=2><input id=b maxlength=2><input id=c maxlength=4>`;
  const VALUES = `[...document.querySelectorAll('input')].map((field) => field.value)`;
  /** Each page twice: its script is the same for a person and for the agent. */
  async function showLed(html: string, script: () => void): Promise<void> {
    await show(html);
    await page.evaluate(script);
  }
  const advance = (): void => {
    for (const box of document.querySelectorAll('input')) {
      box.addEventListener('input', () => {
        if (box.value.length === box.maxLength) (box.nextElementSibling as HTMLElement | null)?.focus();
      });
    }
  };

  test('from box to box, as with a person', async () => {
    await showLed(BOXES, advance);
    await page.click('#a');
    await page.keyboard.type('12031984');
    const wanted = await page.evaluate(VALUES);
    expect(wanted).toEqual(['12', '03', '1984']);
    await showLed(BOXES, advance);
    await page.evaluate(() => (lab.click('#a'), lab.type('#a', '12031984')));
    expect(await page.evaluate(VALUES)).toEqual(wanted);
    await showLed(BOXES, advance);
    // As they come when the agent's side has not heard of it yet, or late.
    await page.evaluate(() => (lab.click('#a'), '1203'.split('').map((one) => lab.type('#a', one))));
    await page.evaluate(() => '1984'.split('').map((one) => lab.type('#b', one)));
    expect(await page.evaluate(VALUES)).toEqual(wanted);
    expect(await page.evaluate(() => (lab.key('#b', 'Backspace'), lab.told().at(-2)?.name))).toBe('field');
    expect(await page.inputValue('#c')).toBe('198');
  });

  test('into a field that is made anew at each key', async () => {
    await showLed('<p id=d></p>', () => {
      const render = (value: string): void => {
        document.querySelector('#d')!.innerHTML = '<input id=a>';
        const field = document.querySelector('input')!;
        field.value = value;
        field.addEventListener('input', () => {
          render(field.value);
          document.querySelector('input')!.focus();
        });
      };
      render('');
    });
    const outcomes = await page.evaluate(() => {
      const id = lab.id('#a');
      lab.click('#a');
      return 'abcd'.split('').map((text, at) => {
        // Known to the page only for a moment more, and then to nobody.
        if (at === 2) lab.forget(id);
        return lab.command({ act: 'type', node: id, text });
      });
    });
    expect(outcomes).toEqual(['done', 'done', 'done', 'done']);
    expect(await page.inputValue('#a')).toBe('abcd');
  });

  test('into the field that a press has made in a task of its own', async () => {
    const make = (): void => {
      const text = document.querySelector<HTMLElement>('#e')!;
      text.addEventListener('focus', () =>
        queueMicrotask(() => {
          text.removeAttribute('tabindex');
          text.prepend(document.createElement('input'));
          text.querySelector('input')!.focus();
        }),
      );
    };
    const html = '<div id=e tabindex=0><span id=s>Edit me</span></div>';
    await showLed(html, make);
    await page.click('#s');
    await page.keyboard.type('x');
    expect(await page.evaluate(VALUES)).toEqual(['x']);
    await showLed(html, make);
    // As it comes when the agent's side has not heard of the field yet.
    const outcomes = await page.evaluate(() => {
      const key = { act: 'key', node: lab.id('#s'), key: 'x', modifiers: [] } as const;
      return Promise.all([lab.clickInTime('#s'), lab.commandLater(key)]);
    });
    expect(outcomes).toEqual(['done', 'done']);
    expect(await page.evaluate(VALUES)).toEqual(['x']);
  });

  test('Tab and Tab again go on, though the agent’s side has not heard yet where the first one led', async () => {
    await show('<input id=a><button id=b>b</button><a id=c href=#>c</a><input id=d>');
    const focused = await page.evaluate(() => {
      lab.click('#a');
      return ['Tab', 'Tab', 'Tab'].map((key) => (lab.key('#a', key), document.activeElement!.id));
    });
    expect(focused).toEqual(['b', 'c', 'd']);
    // Text goes where text goes.
    const typed = await page.evaluate(() => {
      lab.click('#a');
      lab.key('#a', 'Tab');
      return [lab.type('#a', 'x'), document.querySelector<HTMLInputElement>('#a')!.value];
    });
    expect(typed).toEqual(['done', 'x']);
  });

  test('keys that are no text go into the list that the first one has opened in a task of its own', async () => {
    await showLed('<button id=a>a</button><div id=l role=listbox tabindex=-1>l</div>', () => {
      const list = document.querySelector<HTMLElement>('#l')!;
      list.addEventListener('keydown', ({ key }) => (list.textContent += ` ${key}`));
      document.querySelector('#a')!.addEventListener('keydown', (event) => {
        event.preventDefault();
        setTimeout(() => list.focus());
      });
    });
    await page.evaluate(() => {
      lab.expect('focusin');
      lab.key('#a', 'Enter');
      return lab.expected();
    });
    await page.evaluate(() => (lab.key('#a', 'ArrowUp'), lab.key('#a', 'Enter')));
    expect(await page.textContent('#l')).toBe('l ArrowUp Enter');
  });

  test('and stay where the page keeps it, as at a choice in the list of a field', async () => {
    const script = (): void => {
      const log: string[] = [];
      Object.assign(window, { log });
      document.addEventListener('keydown', ({ key, target }) => log.push(`${key} ${(target as Element).id}`));
      document.querySelector('#o')!.addEventListener('mousedown', (event) => event.preventDefault());
    };
    const html = '<input id=f role=combobox><div id=list tabindex=-1><p id=o>One</p></div>';
    const said = '[log, document.activeElement.id, document.querySelector("#f").value]';
    await showLed(html, script);
    await page.click('#f');
    await page.click('#o');
    for (const key of ['x', 'Escape']) await page.keyboard.press(key);
    const wanted = await page.evaluate(said);
    expect(wanted).toEqual([['x f', 'Escape f'], 'f', 'x']);
    await showLed(html, script);
    await page.evaluate(() => (lab.click('#f'), lab.click('#o'), lab.key('#o', 'x'), lab.key('#o', 'Escape')));
    expect(await page.evaluate(said)).toEqual(wanted);
  });

  test('also in a field that is read only, and change nothing there', async () => {
    const script = (): void => {
      const log: string[] = [];
      Object.assign(window, { log });
      document.addEventListener('keydown', ({ key, target }) => log.push(`${key} ${(target as Element).id}`));
      document.addEventListener('input', () => log.push('input'));
    };
    const html =
      '<input id=a readonly value=12><textarea id=b readonly>ab</textarea><input id=c type=number readonly value=1>';
    const keys = [
      ['#a', 'ArrowDown', 'Backspace', 'x', 'Enter', 'Escape'],
      ['#b', 'Enter', 'Delete'],
      ['#c', 'ArrowUp', 'Tab'],
    ];
    const said = '[log, ...[...document.querySelectorAll("input,textarea")].map((field) => field.value)]';
    await showLed(html, script);
    for (const [field, ...pressed] of keys) {
      await page.click(field!);
      for (const key of pressed) await page.keyboard.press(key);
    }
    const wanted = await page.evaluate(said);
    await showLed(html, script);
    await page.evaluate((all) => {
      for (const [field, ...pressed] of all) {
        lab.click(field!);
        for (const key of pressed) lab.key(field!, key);
      }
    }, keys);
    expect(await page.evaluate(said)).toEqual(wanted);
  });

  test('and where the agent has clicked since, though of an older place is heard only now', async () => {
    await showLed(`${BOXES}<input id=d>`, advance);
    await page.evaluate(() => {
      lab.click('#a');
      lab.type('#a', '1203');
      lab.click('#d');
      // The agent's side has heard after its click that the focus has gone on to there.
      for (const one of 'abc') lab.type('#c', one);
      lab.key('#c', 'Backspace');
    });
    expect(await page.evaluate(VALUES)).toEqual(['12', '03', '', 'ab']);
    await page.evaluate(() => (lab.click('#c'), lab.type('#c', '19')));
    expect(await page.evaluate(VALUES)).toEqual(['12', '03', '19', 'ab']);
    // And where the page makes the field anew in the same moment.
    await showLed(`${BOXES}<p></p>`, () => {
      const render = (value: string): void => {
        const field = Object.assign(document.createElement('input'), { id: 'd', value });
        field.addEventListener('input', () => render(field.value));
        document.querySelector('p')!.replaceChildren(field);
        field.focus();
      };
      render('');
    });
    await page.evaluate(() => (lab.click('#d'), lab.type('#d', 'a'), lab.type('#c', 'b'), lab.type('#c', 'c')));
    expect(await page.evaluate(VALUES)).toEqual(['', '', '', 'abc']);
  });

  test('already at the key that moves it', async () => {
    await showLed('<div id=e contenteditable></div><input id=p>', () =>
      document.querySelector('#e')!.addEventListener('keydown', () => document.querySelector('input')!.focus()),
    );
    await page.evaluate(async () => {
      lab.click('#e');
      lab.type('#e', 'hi');
      await new Promise((done) => setTimeout(done));
    });
    expect(await page.inputValue('#p')).toBe('hi');
    expect(await page.textContent('#e')).toBe('');
  });

  test('and stay where they went when a toolbar leaves the focus there', async () => {
    await showLed('<p id=e contenteditable></p><button id=b type=button>B</button>', () =>
      document.querySelector('#b')!.addEventListener('mousedown', (event) => event.preventDefault()),
    );
    await page.evaluate(async () => {
      lab.click('#e');
      lab.type('#e', 'a');
      lab.click('#b');
      lab.key('#b', 'b');
      lab.key('#b', 'Enter');
      lab.key('#b', 'c');
      lab.key('#b', 'Backspace');
    });
    expect(await page.locator('#e').evaluate((editor: HTMLElement) => editor.innerText)).toMatch(/^ab\n/u);
  });

  test('and when what the agent has chosen goes with the press', async () => {
    await showLed('<input id=a><p id=o>option</p>', () => {
      const option = document.querySelector('#o')!;
      option.addEventListener('mousedown', (event) => {
        event.preventDefault();
        option.remove();
      });
    });
    await page.evaluate(() => {
      lab.click('#a');
      lab.type('#a', '1');
      lab.click('#o');
      // The agent's side knows only that the option has gone.
      lab.key(document.body, '2');
    });
    expect(await page.evaluate(VALUES)).toEqual(['12']);
  });

  /** As the cells of spreadsheets do. */
  const cellWith = (editor: string): string =>
    `<button id=c onkeydown="o.hidden = false; i.focus()">cell</button><div id=o hidden>${editor}</div>`;

  test.each(['<textarea id=i></textarea>', '<p id=i contenteditable></p>'])(
    'the first key into the editor that it has opened: %s',
    async (editor) => {
      const typed = (lines: string[]): string[] => lines.filter((line) => /^(?:key|beforeinput|input)/u.test(line));
      const value = `document.querySelector('#i').value ?? document.querySelector('#i').textContent`;
      const real = await logOf(cellWith(editor), async () => (await page.focus('#c'), await page.keyboard.type('abc')));
      expect(await page.evaluate(value)).toBe('abc');
      // As they come when the agent's side has not heard of the editor yet.
      const ours = await logOf(cellWith(editor), () =>
        page.evaluate(() => 'abc'.split('').forEach((one) => lab.key('#c', one))),
      );
      expect(await page.evaluate(value)).toBe('abc');
      expect(typed(ours)).toEqual(typed(real));
    },
  );

  test('but not into one that the agent may not fill', async () => {
    await show(cellWith('<input id=i data-alongside=mask>'));
    const outcomes = await page.evaluate(() => [lab.key('#c', 'a'), lab.key('#c', 'b')]);
    expect(outcomes).toEqual(['done', 'refused:masked']);
    expect(await page.inputValue('#i')).toBe('');
  });

  test('but into nothing that is not the agent’s', async () => {
    await showLed('<input id=a maxlength=1><input id=p type=password>', advance);
    const outcomes = await page.evaluate(() => [lab.click('#a'), lab.type('#a', '12'), lab.type('#a', '3')]);
    expect(outcomes).toEqual(['done', 'prevented', 'refused:masked']);
    expect(await page.inputValue('#p')).toBe('');
  });

  test('nor where the customer has put it', async () => {
    await show('<input id=a><input id=b>');
    await page.evaluate(() => (lab.click('#a'), lab.type('#a', '1')));
    await page.click('#b');
    await page.evaluate(() => lab.type('#a', '2'));
    expect(await page.evaluate(VALUES)).toEqual(['12', '']);
    // Nor into the field the customer has left the focus in before.
    await show('<input id=a><input id=b>');
    await page.click('#b');
    await page.evaluate(() => lab.click('#a'));
    await page.evaluate(() => {
      const now = performance.now.bind(performance);
      // The customer has paused, and the agent has not.
      performance.now = () => now() + 1_600;
      lab.type('#a', '1');
      lab.type('#a', '2');
      performance.now = now;
    });
    expect(await page.evaluate(VALUES)).toEqual(['12', '']);
  });
});

describe('in an editor', () => {
  /** The browser's own editing, and nothing of the page's: what is typed, taken away, split and joined is real. */
  const EDITOR = `<div id=e contenteditable><p id=a>public</p><p id=m WORD>Secret <i id=i>words</i></p><p id=z>last</p>
    <p id=c>Dear <b id=chip WORD>Jane</b>, hello</p><p id=n><br></p></div>`;
  const put = (selector: string, offset: number, node = 0): Promise<void> =>
    page.evaluate(
      ([where, index, at]) => {
        document.querySelector<HTMLElement>('#e')!.focus();
        getSelection()!.collapse(document.querySelector(where)!.childNodes[index]!, at);
      },
      [selector, node, offset] as const,
    );
  const after = (act: () => unknown): Promise<readonly [unknown, boolean, string]> =>
    page.evaluate(`(async () => {
      const editor = document.querySelector('#e');
      const before = editor.innerHTML;
      const { anchorNode, anchorOffset } = getSelection();
      lab.takeLog();
      const outcome = (${String(act)})();
      await new Promise((done) => setTimeout(done));
      const felt = lab.takeLog().filter((line) => /^(?:key|before|comp|input)/.test(line)).join();
      return [outcome, editor.innerHTML === before, felt];
    })()`);

  const REFUSED: [name: string, selector: string, offset: number, node: number, act: () => unknown][] = [
    ['typing where the caret is', '#m', 3, 0, () => lab.type('#e', 'x')],
    ['typing deeper inside', '#i', 3, 0, () => lab.type('#e', 'x')],
    ['typing, the part itself named', '#a', 3, 0, () => lab.type('#m', 'x')],
    ['a composition', '#m', 3, 0, () => lab.compose('#e', 'x')],
    ['a pasted text', '#m', 3, 0, () => lab.type('#e', 'long '.repeat(20))],
    ['Enter', '#m', 3, 0, () => lab.key('#e', 'Enter')],
    ['Shift+Enter', '#m', 3, 0, () => lab.key('#e', 'Enter', ['shift'])],
    ['Backspace', '#m', 3, 0, () => lab.key('#e', 'Backspace')],
    ['Delete', '#m', 3, 0, () => lab.key('#e', 'Delete')],
    ['Backspace at its start', '#m', 0, 0, () => lab.key('#e', 'Backspace')],
    ['Backspace after it', '#z', 0, 0, () => lab.key('#e', 'Backspace')],
    ['Delete before it', '#a', 6, 0, () => lab.key('#e', 'Delete')],
    ['Enter beside it in one block', '#c', 5, 0, () => lab.key('#e', 'Enter')],
    ['Backspace beside it in one block', '#c', 0, 2, () => lab.key('#e', 'Backspace')],
    ['Delete beside it in one block', '#c', 5, 0, () => lab.key('#e', 'Delete')],
    ['joining a block that has it', '#c', 0, 0, () => lab.key('#e', 'Backspace')],
    ['typing where the caret may be in it', '#c', 0, 2, () => lab.type('#e', 'x')],
    ['undoing what nobody knows', '#a', 3, 0, () => lab.key('#e', 'z', ['control'])],
    ['all of it, Backspace', '#a', 3, 0, () => (lab.key('#e', 'a', ['control']), lab.key('#e', 'Backspace'))],
    ['all of it, a letter', '#a', 3, 0, () => (lab.key('#e', 'a', ['control']), lab.type('#e', 'x'))],
    ['walking into it', '#a', 6, 0, () => (lab.key('#e', 'ArrowRight'), lab.type('#e', 'x'))],
  ];
  test.for((['mask', 'restrict', 'hide'] as const).flatMap((word) => REFUSED.map((road) => [word, ...road] as const)))(
    'the agent leaves alone what is there to %s: %s',
    async ([word, , selector, offset, node, act]) => {
      // What is hidden is drawn as a box for the agent alone: on the page it stands where it stood.
      await show(EDITOR.replaceAll('WORD', `data-alongside=${word}`));
      await put(selector, offset, node);
      const [outcome, isSame, felt] = await after(act);
      expect(outcome).toBe(word === 'restrict' ? 'refused:restricted' : 'refused:masked');
      expect(isSame).toBe(true);
      expect(felt.replace(/key\w+ e (?:a KeyA|Control|ArrowRight)[^,]*,?/gu, '')).toBe('');
    },
  );

  test.for<[name: string, selector: string, offset: number, node: number, act: () => unknown, text: string]>([
    ['typing', '#a', 6, 0, () => lab.type('#e', '!'), 'public!'],
    ['typing at the start', '#z', 0, 0, () => lab.type('#e', '!'), '!last'],
    ['typing in an empty paragraph', '#n', 0, 0, () => lab.type('#e', '!'), '!'],
    ['typing before a masked name', '#c', 5, 0, () => lab.type('#e', 'Ms '), 'Dear Ms Jane, hello'],
    ['typing after a masked name', '#c', 1, 2, () => lab.type('#e', '!'), 'Dear Jane,! hello'],
    ['Enter', '#a', 6, 0, () => lab.key('#e', 'Enter'), 'public'],
    ['Backspace', '#a', 6, 0, () => lab.key('#e', 'Backspace'), 'publi'],
    ['Delete', '#a', 0, 0, () => lab.key('#e', 'Delete'), 'ublic'],
    ['Backspace beside a masked name', '#c', 1, 2, () => lab.key('#e', 'Backspace'), 'Dear Jane hello'],
    [
      'Shift and an arrow, a letter',
      '#a',
      0,
      0,
      () => (lab.key('#e', 'ArrowRight', ['shift']), lab.type('#e', 'R')),
      'Rublic',
    ],
  ])('the agent may edit beside that: %s', async ([, selector, offset, node, act, text]) => {
    await show(EDITOR.replaceAll('WORD', 'data-alongside="mask restrict"'));
    if (selector === '#n') await page.evaluate(() => getSelection()!.collapse(document.querySelector('#n'), 0));
    else await put(selector, offset, node);
    const [outcome] = await after(act);
    expect(outcome).toBe('done');
    expect((await page.textContent(selector))?.replaceAll('\u{a0}', ' ')).toBe(text);
  });

  test('a key whose page moves the caret, or the focus, into what is masked meanwhile edits nothing there', async () => {
    await show(`${EDITOR.replaceAll('WORD', 'data-alongside=mask')}<input type=password id=p>`);
    for (const how of ['caret', 'focus']) {
      await put('#a', 3);
      const [, isSame] = await page.evaluate(async (what) => {
        const editor = document.querySelector('#e')!;
        const before = editor.innerHTML;
        const move = (): void => {
          if (what === 'focus') document.querySelector('input')!.focus();
          else getSelection()!.collapse(document.querySelector('#m')!.firstChild, 2);
        };
        editor.addEventListener('beforeinput', move, { once: true });
        const outcome = lab.type('#e', 'x');
        await new Promise((done) => setTimeout(done));
        return [outcome, editor.innerHTML === before] as const;
      }, how);
      expect(isSame).toBe(true);
      expect(await page.inputValue('#p')).toBe('');
    }
  });
});

describe('in a frame', () => {
  const FRAME = `<div id="around"><iframe srcdoc="<button id=b onclick='this.dataset.clicked=1'>B</button>
    <input id=f><input type=password id=p>"></iframe></div>`;
  const inFrame = (act: 'click' | 'type', id: string): Promise<string> =>
    page.evaluate(
      ([name, inner]) => {
        const node = document.querySelector('iframe')!.contentDocument!.getElementById(inner)!;
        return name === 'click' ? lab.click(node) : lab.type(node, 'abc');
      },
      [act, id] as const,
    );

  beforeEach(async () => {
    await show(FRAME);
    await page.frameLocator('iframe').locator('#p').waitFor();
  });

  test('the agent clicks and types as on the page itself', async () => {
    expect(await inFrame('click', 'b')).toBe('done');
    expect(await page.frameLocator('iframe').locator('#b').getAttribute('data-clicked')).toBe('1');
    expect(await inFrame('type', 'f')).toBe('done');
    expect(await page.frameLocator('iframe').locator('#f').inputValue()).toBe('abc');
    expect(await inFrame('click', 'p')).toBe('refused:masked');
    expect(await inFrame('type', 'p')).toBe('refused:masked');
  });

  test('that has gone, what the agent clicks next is clicked', async () => {
    await inFrame('click', 'b');
    const outcome = await page.evaluate(() => {
      document.querySelector('#around')!.innerHTML = '<button id=next type=button>Next</button>';
      return lab.click('#next');
    });
    expect(outcome).toBe('done');
    expect(errors).toEqual([]);
  });

  test('keys go to where the page has led the focus, in and out of it', async () => {
    const typed = await page.evaluate(() => {
      const { contentDocument } = document.querySelector('iframe')!;
      const inner = contentDocument!.querySelector<HTMLInputElement>('#f')!;
      document
        .querySelector('#around')!
        .insertAdjacentHTML('beforebegin', '<button id=in type=button>In</button><input id=out>');
      const outer = document.querySelector<HTMLInputElement>('#out')!;
      document.querySelector('#in')!.addEventListener('click', () => inner.focus());
      inner.addEventListener('keydown', ({ key }) => key === 'F2' && outer.focus());
      lab.click('#in');
      lab.key('#in', 'a');
      lab.key('#in', 'b');
      lab.key(inner, 'F2');
      lab.type(inner, 'c');
      lab.key(inner, 'Backspace');
      lab.type(inner, 'd');
      return [inner.value, outer.value];
    });
    expect(typed).toEqual(['ab', 'd']);
  });

  test.for<[string, string, (around: Element) => void]>([
    ['restricted', 'refused:restricted', (around) => around.setAttribute('data-alongside', 'restrict')],
    ['inert', 'covered', (around) => around.setAttribute('inert', '')],
    ['behind a dialog', 'covered', () => document.body.appendChild(document.createElement('dialog')).showModal()],
    [
      'covered',
      'covered',
      () => {
        const cover = document.body.appendChild(document.createElement('div'));
        cover.style.cssText = 'position:fixed;inset:0';
      },
    ],
    [
      'under our own widget',
      'refused:widget',
      () => document.querySelector<HTMLElement>('alongside-widget')!.style.setProperty('inset', '0'),
    ],
  ])('that is %s the agent does nothing', async ([, outcome, change]) => {
    await page.locator('#around').evaluate(change);
    expect(await inFrame('click', 'b')).toBe(outcome);
  });
});
