import { expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

/** States of the customer's browser that markup does not show. */
eachInLab({ isNew: true });

async function startWith(html: string): Promise<void> {
  await page.evaluate(async (markup) => {
    // With its shadow roots.
    document.body.setHTMLUnsafe(markup);
    await lab.start();
  }, html);
}

const RED = 'rgb(255, 0, 0)';
const BLACK = 'rgb(0, 0, 0)';
const expectColor = (path: string, color: string): Promise<void> =>
  expect.poll(() => page.evaluate((at) => lab.styleOf(at, 'color'), path)).toBe(color);
const expectMatch = (selector: string, matches = true): Promise<void> =>
  expect.poll(() => page.evaluate((asked) => lab.matches(asked), selector)).toBe(matches);

test('focus, how it came, and what it is in', async () => {
  await startWith(`<style>input:focus { color: red } form:focus-within { color: red }
    button { color: black } button:focus-visible { color: red } form { color: black }</style>
    <form><input id=i></form><button>b</button>`);
  await page.focus('#i');
  await expectColor('#i', RED);
  await expectColor('form', RED);
  await page.keyboard.press('Tab');
  await expectColor('button', RED);
  await expectColor('form', BLACK);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  // Scripts are told that the body has it then; styles are not.
  await expectMatch('[data-alongside-focus]', false);
});

test('the ring of the browser, in shadow roots too, and no other', async () => {
  await page.evaluate(async () => {
    const shadows: Record<string, string> = {
      'x-in': '<button>b</button>',
      'x-plain': '<slot></slot>',
      'x-none': '<style>:host { outline: none }</style><slot></slot>',
      'x-star': '<style>* { outline: 0 }</style><button>b</button>',
      'x-slot': '<slot></slot>',
      'x-slotted': '<style>::slotted(input) { outline: none; outline-offset: 4px }</style><slot></slot>',
      'x-deep': '<x-inner><slot></slot></x-inner>',
    };
    document.body.innerHTML = `<button>b</button><a href=#>a</a><input type=checkbox>
      <x-in></x-in><x-plain tabindex=0>p</x-plain><x-none tabindex=0>n</x-none><x-star></x-star>
      <x-slot><input type=checkbox></x-slot><x-slotted><input type=radio></x-slotted><x-deep><b tabindex=0>b</b></x-deep>`;
    for (const [name, html] of Object.entries(shadows))
      document.querySelector(name)!.attachShadow({ mode: 'open' }).innerHTML = html;
    document.querySelector('x-deep')!.shadowRoot!.firstElementChild!.attachShadow({ mode: 'open' }).innerHTML =
      '<style>::slotted(*) { outline: 3px dotted red }</style><slot></slot>';
    document.body.tabIndex = 0;
    await lab.start();
    lab.keepBeneath();
  });
  const PLACES =
    'body, button, a, input, x-in >>> button, x-plain, x-none, x-star >>> button, x-slot input, x-slotted input, x-deep b'.split(
      ', ',
    );
  for (const place of PLACES) {
    const ring = await page.evaluate((path) => {
      const [outer = '', inner] = path.split(' >>> ');
      const found = document.querySelector<HTMLElement>(outer)!;
      const element = inner ? found.shadowRoot!.querySelector<HTMLElement>(inner)! : found;
      element.focus({ focusVisible: true });
      const { outlineStyle, outlineOffset } = getComputedStyle(element);
      return `${outlineStyle} ${outlineOffset}`;
    }, place);
    const mirrored = (): Promise<string> =>
      page.evaluate((path) => `${lab.styleOf(path, 'outline-style')} ${lab.styleOf(path, 'outline-offset')}`, place);
    await expect.poll(mirrored, { message: place }).toBe(ring);
  }
});

test('the ring around drawings, which have it however the focus came', async () => {
  await startWith(`<svg tabindex=0><g tabindex=0><rect width=9 height=9 /></g>
    <foreignObject><p tabindex=0>p</p></foreignObject></svg>`);
  await page.evaluate(() => lab.keepBeneath());
  for (const [place, style] of [
    ['svg', 'auto'],
    ['g', 'auto'],
    ['p', 'none'],
  ] as const) {
    await page.evaluate((path) => document.querySelector<HTMLElement>(path)!.focus({ focusVisible: false }), place);
    await expectMatch(`${place}[data-alongside-focus]`);
    const drawn = await page.evaluate((path) => getComputedStyle(document.querySelector(path)!).outlineStyle, place);
    expect(drawn).toBe(style);
    expect(await page.evaluate((path) => lab.styleOf(path, 'outline-style'), place)).toBe(style);
  }
});

test('the pointer over what comes under it while it rests', async () => {
  await startWith('<style>p { height: 50px; margin: 0 }</style><p id=a>a</p><p id=b>b</p>');
  await page.hover('#a');
  await expectMatch('#a[data-alongside-hover]');
  await page.evaluate(() => document.querySelector('#a')!.remove());
  await expectMatch('#b[data-alongside-hover]');
});

test('the pointer over a thing, also over its label, and pressed', async () => {
  await startWith(`<style>b, input, label { color: black } b:hover, input:hover { color: red } label:active { color: red }
    label { display: block }</style><b>b</b><label for=i>label</label><input id=i>`);
  await page.hover('b');
  await expectColor('b', RED);
  await page.hover('label');
  await expectColor('b', BLACK);
  await expectColor('#i', RED);
  await page.mouse.down();
  await expectColor('label', RED);
  await page.mouse.up();
  await expectColor('label', BLACK);
});

test('a modal dialog is one, takes no focus, and closes', async () => {
  await startWith('<dialog id=d><input></dialog>');
  await page.evaluate(() => document.querySelector('dialog')!.showModal());
  await expectMatch('dialog:modal');
  expect(await page.evaluate(() => lab.mirrorHasFocus())).toBe(false);
  await page.evaluate(() => document.querySelector('dialog')!.close());
  await expectMatch('dialog:modal', false);
  await expectMatch('dialog:not([open])');
  await page.evaluate(() => document.querySelector('dialog')!.show());
  await expectMatch('dialog[open]:not(:modal)');
});

test('a modal dialog that leaves the page while it is open is nothing any more', async () => {
  await startWith(`<dialog id=d><input></dialog><p></p>`);
  await page.evaluate(() => document.querySelector('dialog')!.showModal());
  await expectMatch('dialog:modal');
  await page.evaluate(() => document.querySelector('dialog')!.remove());
  await expectMatch('body:not(:has(dialog))');
  expect(await page.evaluate(() => lab.faults())).toEqual([]);
});

test('a dialog that is a popover takes no focus', async () => {
  await startWith(`<dialog id=d popover><input></dialog>`);
  await page.evaluate(() => document.querySelector('dialog')!.showPopover());
  await expectMatch('dialog:popover-open');
  expect(await page.evaluate(() => lab.mirrorHasFocus())).toBe(false);
});

test('a modal dialog takes no focus either when what it is changes slowly', async () => {
  await startWith('<style>dialog { transition: all 1s allow-discrete }</style><dialog><input></dialog>');
  await page.evaluate(() => document.querySelector('dialog')!.showModal());
  await expectMatch('dialog:modal');
  expect(await page.evaluate(() => lab.mirrorHasFocus())).toBe(false);
  expect(await page.evaluate(() => lab.matches(':is(dialog, dialog *):focus'))).toBe(false);
});

const BESIDE = `<style>[popover] { margin: 0; inset: auto; position-anchor: auto; left: anchor(left, 0px) }
  button { margin-left: 100px }</style>`;

async function expectBeside(): Promise<void> {
  const left = await page.evaluate(() => getComputedStyle(document.querySelector('[popover]')!).left);
  expect(Number.parseFloat(left)).toBeGreaterThan(100);
  await expect.poll(() => page.evaluate(() => lab.styleOf('[popover]', 'left'))).toBe(left);
}

test('a popover stands beside what opened it, the one of many that did', async () => {
  await startWith(
    `${BESIDE}<button popovertarget=p>1</button><button popovertarget=p>2</button><div popover id=p>p</div>`,
  );
  await page.getByText('2').click();
  await expectBeside();
  await page.getByText('1').click();
  await page.getByText('1').click();
  await expectBeside();
});

test('a popover stands beside what commands it', async () => {
  await startWith(`${BESIDE}<button command=show-popover commandfor=p>1</button><div popover id=p>p</div>`);
  await page.getByText('1').click();
  await expectBeside();
});

test('a popover is open, and is not any more', async () => {
  await startWith('<div popover id=p>p</div>');
  await page.evaluate(() => document.querySelector<HTMLElement>('#p')!.showPopover());
  await expectMatch('#p:popover-open');
  await page.evaluate(() => document.querySelector<HTMLElement>('#p')!.hidePopover());
  await expectMatch('#p:popover-open', false);
});

test('what becomes a popover in a shadow root is open', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<x-menu></x-menu>';
    const menu = document.querySelector('x-menu')!.attachShadow({ mode: 'open' });
    menu.innerHTML = '<section>s</section>';
    await lab.start();
    const section = menu.querySelector('section')!;
    section.popover = 'manual';
    await lab.settle();
    section.showPopover();
  });
  await isSame();
});

test('what becomes a popover before all that tells of the page is loaded is open', async () => {
  let load = (): void => {};
  const mayLoad = new Promise<void>((resolve) => (load = resolve));
  await page.route('**/page-state-*', async (route) => {
    await mayLoad;
    await route.continue();
  });
  await page.evaluate(async () => {
    document.body.innerHTML = '<p>p</p>';
    void lab.start();
    while (!lab.mirror().includes('<p>')) await lab.settle();
    const paragraph = document.querySelector('p')!;
    paragraph.popover = 'manual';
    paragraph.showPopover();
    await lab.settle();
  });
  load();
  await isSame();
});

test('what was open as a popover is a modal dialog at once', async () => {
  await startWith('<dialog popover>d</dialog>');
  await page.evaluate(() => document.querySelector('dialog')!.showPopover());
  await expectMatch('dialog:popover-open');
  await page.evaluate(() => {
    const dialog = document.querySelector('dialog')!;
    dialog.hidePopover();
    dialog.showModal();
  });
  await isSame();
});

test('what the customer left invalid, and custom elements before and after their class came', async () => {
  await startWith(`<style>* { color: black } input:user-invalid { color: red } x-late:not(:defined) { color: red }</style>
    <input id=i required value=v><input id=o><x-late>x</x-late>`);
  await expectColor('x-late', RED);
  await page.evaluate(() => customElements.define('x-late', class extends HTMLElement {}));
  await page.fill('#i', '');
  await page.focus('#o');
  await expectColor('#i', RED);
  await expectColor('x-late', BLACK);
});

test('what the browser has filled in is in its color, whatever the page says, and in what the page adds to it', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<style>
        input { background: yellow !important; color: green; border: 1px solid black }
        input:-webkit-autofill { background-color: white !important; border-color: red }
        select:is(:autofill) { border-color: red }
      </style>
      <input id=i value=v><select id=s><option>o</select><x-field></x-field>`;
    document.querySelector('x-field')!.attachShadow({ mode: 'open' }).innerHTML = '<input id=deep value=v>';
    await lab.start();
    lab.keepBeneath();
  });
  const tools = await page.context().newCDPSession(page);
  await tools.send('DOM.enable');
  await tools.send('CSS.enable');
  const { root } = await tools.send('DOM.getDocument', { depth: -1, pierce: true });
  const host = await tools.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'x-field' });
  const { node } = await tools.send('DOM.describeNode', { nodeId: host.nodeId, depth: -1, pierce: true });
  const { nodeIds } = await tools.send('DOM.pushNodesByBackendIdsToFrontend', {
    backendNodeIds: [node.shadowRoots![0]!.children![0]!.backendNodeId],
  });
  for (const selector of ['#i', '#s']) {
    const { nodeId } = await tools.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    nodeIds.push(nodeId);
  }
  const fill = async (forcedPseudoClasses: string[]): Promise<void> => {
    for (const nodeId of nodeIds) await tools.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses });
    // Browsers tell of it by an event that scripts may make as well.
    await page.dispatchEvent('#i', 'change');
  };
  const LOOKS = ['background-color', 'background-image', 'color', 'border-top-color', 'appearance'];
  const PLACES = ['#i', '#s', 'x-field >>> #deep'];
  const looks = (): Promise<string[][]> =>
    page.evaluate(
      ([places, names]) =>
        places!.map((place) => {
          const [outer = '', inner] = place.split(' >>> ');
          const found = document.querySelector(outer)!;
          const style = getComputedStyle(inner ? found.shadowRoot!.querySelector(inner)! : found);
          return names!.map((name) => style.getPropertyValue(name));
        }),
      [PLACES, LOOKS],
    );
  const mirrored = (): Promise<string[][]> =>
    page.evaluate(
      ([places, names]) => places!.map((place) => names!.map((name) => lab.styleOf(place, name))),
      [PLACES, LOOKS],
    );
  const before = await looks();
  await fill(['autofill']);
  const filled = await looks();
  expect(filled.map(([background]) => background)).toEqual(Array(3).fill('rgb(232, 240, 254)'));
  await expect.poll(mirrored).toEqual(filled);
  await fill([]);
  await expect.poll(mirrored).toEqual(before);
});

test('which files the customer has chosen, and of a masked field nothing', async () => {
  await startWith(`<input id=one type=file><input id=more type=file multiple>
    <input id=masked type=file multiple data-alongside=mask><p>p</p>`);
  const chosen = (id: string): Promise<readonly string[]> => page.evaluate((at) => lab.mirrorFiles(at), id);
  const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('') });
  await page.setInputFiles('#one', file('a b.pdf'));
  await page.setInputFiles('#more', [file('1.png'), file('2.png')]);
  await page.setInputFiles('#masked', [file('3.png'), file('Befund Meier.pdf')]);
  await page.evaluate(() => (document.querySelector('p')!.textContent = 'chosen: Befund Meier.pdf'));
  await expect.poll(() => chosen('one')).toEqual(['a b.pdf']);
  await expect.poll(() => chosen('more')).toEqual(['1.png', '2.png']);
  await expect.poll(() => chosen('masked')).toEqual(['********']);
  expect(await page.evaluate(() => lab.wireText())).not.toContain('Meier');
  await page.setInputFiles('#one', []);
  await expect.poll(() => chosen('one')).toEqual([]);
});

test('what is invalid to the page, by what scripts say and what the agent may not read', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<style>* { color: black } :invalid, .a:not(:valid) { color: red }</style>
      <input id=said><input id=pin data-alongside=mask pattern=[0-9]+ value=1234><input id=no class=a required><x-field>f</x-field>`;
    customElements.define(
      'x-field',
      class extends HTMLElement {
        static readonly formAssociated = true;
        constructor() {
          super();
          this.attachInternals().setValidity({ customError: true }, 'no');
        }
      },
    );
    await lab.start();
    document.querySelector<HTMLInputElement>('#said')!.setCustomValidity('no');
  });
  await expectColor('#said', RED);
  await expectColor('#no', RED);
  await expectColor('x-field', RED);
  await expectColor('#pin', BLACK);
  await page.evaluate(() => document.querySelector<HTMLInputElement>('#said')!.setCustomValidity(''));
  await expectColor('#said', BLACK);
});

test('states that custom elements give themselves, in their shadow too', async () => {
  await page.evaluate(async () => {
    customElements.define(
      'x-check',
      class extends HTMLElement {
        readonly #internals = this.attachInternals();
        constructor() {
          super();
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(':host(:state(open)) b { color: red } b { color: black }');
          this.attachShadow({ mode: 'open' }).innerHTML = '<b>b</b>';
          this.shadowRoot!.adoptedStyleSheets = [sheet];
        }
        toggle(state: string): void {
          const { states } = this.#internals;
          if (!states.delete(state)) states.add(state);
        }
      },
    );
    document.body.innerHTML = `<style>i { color: black } x-check:not( :state( is-on ) ) + i { color: red }
      i { --x: ":state(open) {" }</style>
      <x-check></x-check><i>i</i>`;
    await lab.start();
  });
  const toggle = (state: string): Promise<void> =>
    page.evaluate(
      (name) => (document.querySelector('x-check') as unknown as { toggle(of: string): void }).toggle(name),
      state,
    );
  await expectColor('i', RED);
  await toggle('is-on');
  await expectColor('i', BLACK);
  await expectColor('x-check >>> b', BLACK);
  await toggle('open');
  await toggle('is-on');
  await expectColor('x-check >>> b', RED);
  await expectColor('i', RED);
  expect(await page.evaluate(() => lab.styleOf('i', '--x'))).toBe('":state(open) {"');
  await toggle('open');
  await expectColor('x-check >>> b', BLACK);
});

test('the text the customer has selected, through several elements and in a whole one', async () => {
  await startWith('<p id=p>one <b>two</b> three</p><!-- not recorded --><script></script><p id=q>four</p>');
  const expectSelected = (text: string): Promise<void> =>
    expect.poll(() => page.evaluate(() => lab.mirrorSelection())).toBe(text);
  await page.evaluate(() => {
    const { firstChild, lastChild } = document.querySelector('#p')!;
    getSelection()?.setBaseAndExtent(firstChild!, 1, lastChild!, 3);
  });
  await expectSelected('ne two th');
  await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#q')!));
  await expectSelected('four');
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await expectSelected('');
});

test('what is selected has the colors that the page gives it', async () => {
  await startWith(`<style>.brand::selection { background: rgb(255, 0, 0) } a::selection, .own::selection { color: rgb(0, 0, 255) }</style>
    <p id=plain>one</p><p class=brand id=brand><b id=inner>two</b></p><p class=own id=own>three</p>`);
  await page.evaluate(() => lab.keepBeneath());
  const color = (selector: string, name: string): Promise<string> =>
    page.evaluate(([at, of]) => lab.styleOf(`${at}::highlight(alongside-selection)`, of), [selector, name] as const);
  await expect.poll(() => color('#brand', 'background-color')).toBe(RED);
  expect(await color('#inner', 'background-color')).toBe(RED);
  expect(await color('#inner', 'color')).toBe(BLACK);
  expect(await color('#own', 'color')).toBe('rgb(0, 0, 255)');
  expect(await color('#plain', 'background-color')).toBe('rgb(180, 213, 254)');
});

test('what is selected in shadow roots, from one into another, and through those between', async () => {
  const shadow = (html: string): string => `<template shadowrootmode=open>${html}</template>`;
  await startWith(
    `<p id=p>one</p><x-a>${shadow(`first <x-in>${shadow('<b>inner</b>')}</x-in> last`)}</x-a><x-b>${shadow('<i>second</i><slot></slot>')}slotted</x-b><p id=q>four</p>`,
  );
  const expectSelected = (text: string): Promise<void> =>
    expect.poll(() => page.evaluate(() => lab.mirrorSelection())).toBe(text);
  const select = (from: string[], start: number, to: string[], end: number): Promise<void> =>
    page.evaluate(
      ([first, units, last, lastUnits]) => {
        const find = (path: string[]): Node =>
          path.reduce<Node>((root, selector) => {
            const within = root instanceof Element && root.shadowRoot ? root.shadowRoot : (root as ParentNode);
            return selector === '' ? within.firstChild! : within.querySelector(selector)!;
          }, document);
        getSelection()?.setBaseAndExtent(find(first), units, find(last), lastUnits);
      },
      [from, start, to, end] as const,
    );
  await select(['x-a', 'x-in', 'b', ''], 1, ['x-a', 'x-in', 'b', ''], 3);
  await expectSelected('nn');
  await select(['x-a', ''], 2, ['x-b', 'i', ''], 3);
  await expectSelected('rst  last|sec||inner');
  await select(['#p', ''], 1, ['#q', ''], 2);
  await expectSelected('neslottedfo|first  last|inner|second');
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await expectSelected('');
});

test('what scripts mark without elements, and nothing of how long what is masked is', async () => {
  await startWith(`<p id=p>one <b>two</b> three</p><p id=m data-alongside=mask>secret</p><p id=q>four</p>`);
  await page.evaluate(() => {
    const rangeIn = (selector: string, from: number, to: number, last = selector): Range => {
      const range = new Range();
      range.setStart(document.querySelector(selector)!.firstChild!, from);
      range.setEnd(document.querySelector(last)!.firstChild!, to);
      return range;
    };
    CSS.highlights.set('found', new Highlight(rangeIn('#p', 1, 2), rangeIn('#p', 2, 2, 'b'), rangeIn('#m', 1, 3)));
    CSS.highlights.set('over', new Highlight(rangeIn('#p', 0, 4, '#q'), rangeIn('#m', 2, 1, '#q')));
  });
  const marked = (name: string): Promise<string[]> => page.evaluate((one) => lab.mirrorHighlighted(one), name);
  await expect.poll(() => marked('found')).toEqual(['n', 'e tw']);
  expect(await marked('over')).toEqual(['one two three******four']);
  await page.evaluate(() => {
    CSS.highlights.delete('over');
    document.querySelector('#p')!.prepend('zero ');
  });
  await expect.poll(() => marked('over')).toEqual([]);
  await expect.poll(() => marked('found')).toEqual(['n', 'e tw']);
  await page.evaluate(() => CSS.highlights.clear());
  await expect.poll(() => marked('found')).toEqual([]);
});

const expectCaret = (caret: string): Promise<void> =>
  expect.poll(() => page.evaluate(() => lab.mirrorCaret())).toBe(caret);

test('the caret and what is selected in a field, in a shadow root and a dialog too', async () => {
  await startWith(`<input id=i value="one two"><textarea id=t rows=3>a\nb</textarea><div id=host></div>
    <dialog id=d><input id=inner value=modal></dialog>`);
  const select = (id: string, from: number, to: number): Promise<void> =>
    page.evaluate(
      ([at, start, end]) => {
        const field = document.querySelector<HTMLInputElement>(`#${at}`)!;
        field.focus();
        field.setSelectionRange(start, end);
      },
      [id, from, to] as const,
    );
  await select('i', 3, 3);
  await expectCaret('one in i');
  await select('i', 4, 7);
  await expectCaret('[two] in i');
  await select('t', 2, 2);
  await expectCaret('a\n in t');
  await page.evaluate(() => document.querySelector('dialog')!.showModal());
  await select('inner', 2, 2);
  await expectCaret('mo in inner');
  await page.evaluate(() => {
    document.querySelector('dialog')!.close();
    const shadow = document.querySelector('#host')!.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<input value=deep>';
    shadow.querySelector('input')!.focus();
    shadow.querySelector('input')!.setSelectionRange(1, 1);
  });
  await expectCaret('d in host');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await expectCaret('');
});

test('the caret in what can be written into, and where it is empty', async () => {
  await startWith('<div id=e contenteditable>one</div><div id=f contenteditable><br></div>');
  await page.click('#e');
  await page.keyboard.press('Home');
  await expectCaret(' in e');
  await page.click('#f');
  await expectCaret(' in f');
  // The selection stays where it is; the browser shows no caret there any more.
  await page.evaluate(() => {
    document.body.tabIndex = 0;
    document.body.focus();
  });
  await expectCaret('');
});

test('the caret in what can be written into in a shadow root', async () => {
  await startWith(
    '<x-editor id=host><template shadowrootmode=open><div id=e contenteditable>one</div></template></x-editor>',
  );
  await page.evaluate(() => {
    const editor = document.querySelector('x-editor')!.shadowRoot!.querySelector('div')!;
    editor.focus();
    getSelection()?.collapse(editor.firstChild, 2);
  });
  await expectCaret(' in host');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await expectCaret('');
});

test('where in something masked the caret is, is not told', async () => {
  await startWith(
    '<input id=i data-alongside=mask value="one two"><p id=p data-alongside=mask>three</p><p id=q>four</p>',
  );
  await page.evaluate(() => {
    const field = document.querySelector('input')!;
    field.focus();
    field.setSelectionRange(3, 5);
  });
  await expectCaret(' in i');
  await page.evaluate(() => {
    (document.activeElement as HTMLElement).blur();
    getSelection()?.setBaseAndExtent(document.querySelector('#p')!.firstChild!, 3, document.querySelector('#q')!, 1);
  });
  await expect.poll(() => page.evaluate(() => lab.mirrorSelection())).toBe('*****four');
});

test('a video is seen as it plays', async () => {
  await startWith('<video muted></video>');
  await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')!.fillRect(0, 0, 300, 150);
    const video = document.querySelector('video')!;
    video.srcObject = canvas.captureStream(30);
    // A stream of a canvas has a frame only when it is drawn on.
    setInterval(() => canvas.getContext('2d')!.fillRect(0, 0, Math.random() * 300, 150), 50);
    await video.play();
  });
  const poster = (): Promise<string> => page.evaluate(() => lab.mirrorPoster());
  await expect.poll(poster).toMatch(/^blob:/u);
  const first = await poster();
  await expect.poll(poster).not.toBe(first);
});

const isSame = (): Promise<void> =>
  expect.poll(() => page.evaluate(() => lab.difference()), { timeout: 5_000 }).toBe('');

test('a field says what it did when the markup of it, or of another in its group, changes', async () => {
  await startWith(`<input id=text value=a><input id=box type=checkbox checked><textarea>t</textarea>
    <form><input type=radio name=g id=one checked></form>`);
  await page.evaluate(() => {
    const text = document.querySelector<HTMLInputElement>('#text')!;
    const box = document.querySelector<HTMLInputElement>('#box')!;
    const area = document.querySelector('textarea')!;
    // As React does it: what the field says anyway is set.
    text.value = 'a';
    box.checked = true;
    area.value = 't';
    text.setAttribute('value', 'b');
    box.removeAttribute('checked');
    area.firstChild!.nodeValue = 'u';
    const other = document.createElement('input');
    Object.assign(other, { type: 'radio', name: 'g' });
    other.setAttribute('checked', '');
    other.checked = false;
    document.querySelector('form')!.append(other);
  });
  await isSame();
  expect(await page.evaluate(() => document.querySelector<HTMLInputElement>('#one')!.checked)).toBe(true);
});

test('buttons of a group that belong to a form elsewhere are its own', async () => {
  await startWith(`<form id=one></form><form id=other></form>
    <input type=radio name=g form=one checked><input type=radio name=g form=other checked><input type=radio name=g checked>`);
  await isSame();
  await page.evaluate(() => document.querySelector('input')!.setAttribute('form', 'none'));
  await isSame();
});

test('a box that was ticked stays so when it becomes a button of a group', async () => {
  await startWith('<input type=checkbox name=g>');
  await page.evaluate(() => (document.querySelector('input')!.checked = true));
  await isSame();
  await page.evaluate(() => document.querySelector('input')!.setAttribute('type', 'radio'));
  await page.evaluate(() => lab.settle());
  await isSame();
  expect(await page.evaluate(() => lab.matches('input:checked'))).toBe(true);
});

test('of a list the same is chosen when options come and go', async () => {
  await startWith('<select><option>a<option>b</select><select multiple><option>a<option selected>b</select>');
  await page.evaluate(() => {
    for (const select of document.querySelectorAll('select')) {
      const option = document.createElement('option');
      option.setAttribute('selected', '');
      option.selected = false;
      select.append(option);
      select.selectedIndex = 1;
    }
  });
  await isSame();
  await page.evaluate(() => document.querySelectorAll('option:last-child').forEach((one) => one.remove()));
  await isSame();
});

test('what was on top of the page is moved and is there again', async () => {
  await startWith('<dialog>d</dialog><div popover=manual>p</div><main></main>');
  await page.evaluate(() => {
    document.querySelector('dialog')!.showModal();
    document.querySelector<HTMLElement>('[popover]')!.showPopover();
  });
  await isSame();
  await page.evaluate(() => {
    const dialog = document.querySelector('dialog')!;
    const popover = document.querySelector<HTMLElement>('[popover]')!;
    dialog.close();
    document.querySelector('main')!.append(dialog, popover);
    dialog.showModal();
    popover.showPopover();
  });
  await isSame();
  await page.evaluate(() => document.querySelector('dialog')!.close());
  await isSame();
});

test('what scripts set without a word is seen on a page that has long been still', async () => {
  await startWith('<style>p { color: black }</style><p id=p>p</p><input id=i type=checkbox>');
  // Longer than until it is looked at less often.
  await page.waitForTimeout(3_500);
  await page.evaluate(() => {
    document.querySelector('input')!.checked = true;
    document.styleSheets[0]!.insertRule('p { color: red }', 1);
  });
  await expectColor('#p', RED);
  await expectMatch('#i:checked');
});

test('what has the focus goes without an event, or is told anew under a mask that comes', async () => {
  await startWith('<form><p><input></p></form><section><button>b</button></section>');
  await page.focus('input');
  await isSame();
  await page.evaluate(() => document.querySelector('p')!.remove());
  await expectMatch('[data-alongside-focus-within]', false);
  await page.focus('button');
  await expectMatch('button[data-alongside-focus]');
  await page.evaluate(() => document.querySelector('section')!.setAttribute('data-alongside', 'mask'));
  await expectMatch('[data-alongside-mark] button[data-alongside-focus]');
});

test('what is scrolled is so as well when it is told late, told anew, or has moved', async () => {
  const box = '<div class=box style="height: 40px; overflow: auto"><div style="height: 400px"></div></div>';
  await startWith(`<section>${box}</section><main></main>`);
  await page.evaluate(async (markup) => {
    // No time for what is new, for a while.
    const clock = performance.now.bind(performance);
    let calls = 0;
    performance.now = () => clock() + 1_000 * Math.min((calls += 1), 40);
    document.querySelector('main')!.innerHTML = markup;
    for (const one of document.querySelectorAll('.box')) one.scrollTop = 100;
    await new Promise((resolve) => document.addEventListener('scroll', resolve, { capture: true, once: true }));
  }, box);
  await isSame();
  await page.evaluate(() => document.querySelector('section')!.setAttribute('data-alongside', 'restrict'));
  await isSame();
  await page.evaluate(() => {
    const [section, main] = [document.querySelector('section')!, document.querySelector('main')!];
    const [first, second] = [section.firstElementChild!, main.firstElementChild!];
    main.moveBefore(first, null);
    section.append(second);
  });
  await isSame();
});

test('what is scrolled stays where it was told when something above grows in the mirror alone', async () => {
  const grows = '<div class=grows></div><div style="height: 2000px"></div>';
  await startWith(`<style>.grows { height: 100px } @media (max-width: 250px) { .grows { height: 140px } }</style>
    <div id=box style="height: 90px; overflow: auto">${grows}</div>${grows}`);
  await page.evaluate(async () => {
    lab.keepBeneath();
    document.querySelector('#box')!.scrollTop = 200;
    scrollTo(0, 400);
    await lab.settle();
  });
  const mirror = page.frames().find((frame) => frame.url().endsWith('viewer.html'))!;
  const places = (): Promise<number[]> =>
    mirror.evaluate(() => [window.scrollY, document.querySelector('#box')!.scrollTop]);
  await expect.poll(places).toEqual([400, 200]);
  await mirror.evaluate(async () => {
    (window.frameElement as HTMLElement).style.width = '200px';
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
  expect(await places()).toEqual([400, 200]);
});

test('what opens on top of the page and is scrolled in the same breath is so', async () => {
  const list = '<ul style="height: 60px; margin: 0; overflow: auto"><li style="height: 900px">l</li></ul>';
  await startWith(`<div id=p popover>${list}</div><dialog id=d>${list}</dialog>`);
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#p')!.showPopover();
    document.querySelector('#p ul')!.scrollTop = 300;
  });
  await isSame();
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#p')!.hidePopover();
    document.querySelector<HTMLDialogElement>('#d')!.showModal();
    document.querySelector('#d ul')!.scrollTop = 200;
  });
  await isSame();
});

test('lists are scrolled as the customer has them, whatever is chosen there', async () => {
  const options = Array.from({ length: 40 }, (_, at) => `<option>Option ${at}</option>`).join('');
  await startWith(
    `<section><div><select id=l size=4>${options}</select><select id=m multiple size=5>${options}</select></div></section>`,
  );
  const list = page.locator('#l');
  const box = (await list.boundingBox())!;
  await list.evaluate((select) => (select.scrollTop = 300));
  await isSame();
  // In view: the page's list stays where it is.
  await page.mouse.click(box.x + 10, box.y + 25);
  await expect.poll(() => list.evaluate((select: HTMLSelectElement) => select.selectedIndex)).toBeGreaterThan(5);
  await isSame();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'End', 'ArrowUp', 'Home']) {
    await page.keyboard.press(key);
    await isSame();
  }
  await list.evaluate((select: HTMLSelectElement) => (select.selectedIndex = 30));
  await isSame();
  await page.evaluate(() => {
    const many = document.querySelector<HTMLSelectElement>('#m')!;
    many.options[3]!.selected = true;
    many.options[33]!.selected = true;
    many.scrollTop = 100;
  });
  await isSame();
  await page.evaluate(() => {
    const many = document.querySelector<HTMLSelectElement>('#m')!;
    many.options[8]!.selected = true;
    many.options[33]!.selected = false;
  });
  await isSame();
});

test('a list that is at its top is so in the mirror, though what is chosen there stands further down', async () => {
  const options = Array.from({ length: 40 }, (_, at) => `<option>Option ${at}</option>`).join('');
  await page.evaluate(async (all) => {
    document.body.innerHTML = `<section><div><select id=l size=4>${all}</select><select id=m multiple hidden>${all}</select></div></section>`;
    const [one, many] = document.querySelectorAll('select');
    one!.selectedIndex = 30;
    await new Promise((resolve) => one!.addEventListener('scroll', resolve, { once: true }));
    one!.scrollTop = 0;
    await lab.start();
    await lab.settle();
    // Where nobody sees it, nothing is scrolled to what is chosen.
    many!.options[20]!.selected = true;
    await new Promise((resolve) => setTimeout(resolve));
    many!.hidden = false;
    await lab.settle();
  }, options);
  expect(await page.evaluate(() => Array.from(document.querySelectorAll('select'), (list) => list.scrollTop))).toEqual([
    0, 0,
  ]);
  await isSame();
  await page.evaluate(() => lab.settle());
  await isSame();
});

test('an open list that the page draws is seen open beside its field, in components too, and closes', async () => {
  await page.evaluate(async () => {
    const css = `select, ::picker(select) { appearance: base-select } select:open::picker(select) { color: red }
      ::picker(select) { opacity: 0 } ::picker(select):popover-open { opacity: 1 }`;
    const list = '<select id=s><option>One<option>Two</select>';
    document.body.innerHTML = `<style>${css} details:open { color: red }</style><p>p</p><div>${list}</div>
      <details open><summary>d</summary></details><x-field></x-field>`;
    document.querySelector('x-field')!.attachShadow({ mode: 'open' }).innerHTML = `<style>${css}</style>${list}`;
    await lab.start();
    lab.keepBeneath();
  });
  await expectColor('details', RED);
  const LOOKS = ['display', 'opacity', 'left', 'top', 'width', 'height', 'color'];
  const picture = (inside: string): Promise<string[]> =>
    page.evaluate(
      ([host, names]) => {
        const select = document.querySelector(host)!;
        const style = getComputedStyle(select.shadowRoot?.querySelector('select') ?? select, '::picker(select)');
        return names.map((name) => style.getPropertyValue(name));
      },
      [inside, LOOKS] as const,
    );
  const mirrored = (path: string): Promise<string[]> =>
    page.evaluate(([at, names]) => names.map((name) => lab.styleOf(`${at}::picker(select)`, name)), [
      path,
      LOOKS,
    ] as const);
  for (const [place, path] of [
    ['#s', '#s'],
    ['x-field', 'x-field >>> #s'],
  ] as const) {
    await page.click(`${place === '#s' ? 'div' : 'x-field'} select`);
    const open = await picture(place);
    expect(open.slice(0, 2)).toEqual(['block', '1']);
    expect(open.at(-1)).toBe(RED);
    await expect.poll(() => mirrored(path)).toEqual(open);
    await page.keyboard.press('Escape');
    await expect.poll(() => mirrored(path)).toEqual(await picture(place));
    expect((await mirrored(path))[0]).toBe('none');
  }
});

test('what the customer shows interest in, and what that is about', async () => {
  await startWith(`<style>button, p { interest-delay: 0s; color: black }
    :interest-source, :interest-target { color: red }</style><button interestfor=t>b</button><button>c</button><p id=t>t</p>`);
  await page.hover('button');
  await expectColor('button', RED);
  await expectColor('p', RED);
  await page.evaluate(() => lab.start());
  await expectColor('p', RED);
  await page.mouse.move(500, 500);
  await expectColor('p', BLACK);
  await expectColor('button', BLACK);
  await page.evaluate(() => document.querySelectorAll('button')[1]!.setAttribute('interestfor', 't'));
  await page.hover('button:nth-of-type(2)');
  await expectColor('p', RED);
  await expectColor('button:nth-of-type(2)', RED);
});
