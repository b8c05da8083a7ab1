import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WriteLab } from './lab/write-mode.ts';
import { startWriteLab, type WriteLabPage } from './support/write-lab.ts';

/** Acts of the agent that are no key, and what is in a click of its time: resting, dragging, turning the wheel, composing. */
declare const lab: WriteLab;

let labPage: WriteLabPage;
let page: Page;

beforeAll(async () => {
  labPage = await startWriteLab();
  ({ page } = labPage);
});
afterAll(() => labPage?.close());

/** Repeated moves count as one: how many there are is the device's affair. */
function onceEach(log: readonly string[]): string[] {
  const names = log.map((line) => line.split(' ').slice(0, 2).join(' '));
  return names.filter((name, at) => name !== names[at - 1]);
}

/** While something is dragged these come as often as the device likes, in between all others. */
const BETWEEN = /^(?:drag|dragover|pointermove|mousemove) /u;

describe('a click', () => {
  test('leaves the page time to do what it does at the press before it is let go', async () => {
    await labPage.show('<button id=b>Hold</button><input id=i>');
    const result = await page.evaluate(async () => {
      const heard: string[] = [];
      const b = document.getElementById('b')!;
      // As components do that listen while they are pressed, and render what they are in a turn of their own.
      b.addEventListener('mousedown', () => {
        void Promise.resolve().then(() => addEventListener('mouseup', () => heard.push('soon'), { once: true }));
        setTimeout(() => addEventListener('mouseup', () => heard.push('later'), { once: true }));
      });
      b.addEventListener('click', () => heard.push('click'));
      const outcomes = Promise.all([
        lab.clickInTime('#b'),
        lab.commandLater({ act: 'type', node: lab.id('#i'), text: 'x' }),
      ]);
      return [await outcomes, heard, document.querySelector('input')!.value];
    });
    expect(result).toEqual([['done', 'done'], ['soon', 'later', 'click'], 'x']);
  });

  test('leaves the page time to do what it does at the click before the next key', async () => {
    await labPage.show('<button id=b>List</button><input id=i>');
    const value = await page.evaluate(async () => {
      const field = document.querySelector('input')!;
      // As editors do that put a change off to the end of their turn.
      const later = (): void => queueMicrotask(() => field.focus());
      document.getElementById('b')!.addEventListener('click', () => queueMicrotask(later));
      const key = { act: 'key', node: lab.id('#b'), key: 'x', modifiers: [] } as const;
      await Promise.all([lab.clickInTime('#b'), lab.commandLater(key)]);
      return field.value;
    });
    expect(value).toBe('x');
  });

  test.for([
    ['the same again', '<p id=a>row</p>', ['done', 'click 2', 'dblclick']],
    ['something else', '<button id=a style="font-size:99px">Pay</button>', ['gone']],
    ['what is restricted', '<p data-alongside=restrict id=a>row</p>', ['refused:restricted']],
  ] as const)('the second of two comes to what the page has made of the first: %s', async ([, made, expected]) => {
    await labPage.show('<div id=l><p id=a>row</p></div>');
    const heard = await page.evaluate((html) => {
      const heard: string[] = [];
      const list = document.getElementById('l')!;
      const node = lab.id('#a');
      const click = (count: number) =>
        lab.command({ act: 'click', at: { node, x: 0.1, y: 0.5 }, count, modifiers: [] });
      click(1);
      list.innerHTML = html;
      list.addEventListener('click', ({ detail }) => heard.push(`click ${detail}`));
      list.addEventListener('dblclick', () => heard.push('dblclick'));
      return [click(2), ...heard];
    }, made);
    expect(heard).toEqual(expected);
    // A click by itself goes to what the agent sees, or nowhere.
    expect(await page.evaluate(() => lab.click(document.createElement('p')))).toBe('gone');
  });

  test('is on the very pixel, as a mouse is, though its place travels in parts of a box', async () => {
    await labPage.show('<div id=d style="position:absolute;left:10.4px;width:77.7px;height:2000px"></div>');
    const { meant, felt } = await page.evaluate(() => {
      const box = document.getElementById('d')!.getBoundingClientRect();
      const meant: number[][] = [];
      const felt: number[][] = [];
      const onTheWire = (part: number): number => Math.round(part * 10_000) / 10_000;
      document.addEventListener('click', ({ clientX, clientY }) => felt.push([clientX, clientY]));
      for (let step = 1; step < 60; step += 1) {
        const [x, y] = [Math.ceil(box.left) + step, Math.ceil(box.top) + step];
        lab.click('#d', 1, onTheWire((x - box.left) / box.width), onTheWire((y - box.top) / box.height));
        meant.push([x, y]);
      }
      return { meant, felt };
    });
    expect(felt).toEqual(meant);
  });

  test('on an image map is a click on the area, which stands elsewhere on the page', async () => {
    const html =
      '<img id=i alt="" usemap="#m" width=100 height=100 style="display:block"><p>x</p>' +
      '<map name=m><area id=a shape=rect coords="0,0,100,100" href="#there"></map>';
    await labPage.expectSameLog({
      show: () => labPage.show(html),
      real: () => page.mouse.click(50 + 8, 50 + 8),
      ours: () => lab.click('#i'),
      state: 'location.hash',
      only: /^(?:mousedown|mouseup|click) /u,
    });
  });

  test('with keys held says so to the page, whose own lists and grids choose by it', async () => {
    await labPage.show('<ul><li id=a>One<li id=b>Two</ul>');
    const heard = await page.evaluate(async () => {
      const heard: string[] = [];
      const hold = (event: MouseEvent | KeyboardEvent): string =>
        `${event.shiftKey ? 'S' : ''}${event.ctrlKey ? 'C' : ''}${event.altKey ? 'A' : ''}${event.metaKey ? 'M' : ''}`;
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'keydown', 'keyup'] as const)
        document.addEventListener(type, (event) => {
          const key = event instanceof KeyboardEvent ? `:${event.key}` : '';
          heard.push(`${type}${key} ${hold(event)} ${(event.target as Element).id}`);
        });
      lab.click('#b', 1, 0.5, 0.5, ['shift', 'control']);
      return heard;
    });
    expect(heard).toEqual([
      'keydown:Shift S b',
      'keydown:Control SC b',
      'pointerdown SC b',
      'mousedown SC b',
      'pointerup SC b',
      'mouseup SC b',
      'click SC b',
      'keyup:Control S b',
      'keyup:Shift  b',
    ]);
  });

  test('with Shift selects from where the caret was', async () => {
    await labPage.show(
      '<style>*{font:16px/20px monospace;padding:0;border:0}</style><textarea id=t cols=20>one two three</textarea>' +
        '<div id=e contenteditable style="width:max-content">four five six</div>',
    );
    const selected = await page.evaluate(() => {
      const t = document.querySelector('textarea')!;
      const perUnit = document.getElementById('e')!.offsetWidth / 13;
      const along = (units: number, width: number): number => ((units + 0.1) * perUnit) / width;
      lab.click('#t', 1, along(4, t.offsetWidth), 0.2);
      lab.click('#t', 1, along(7, t.offsetWidth), 0.2, ['shift']);
      const ahead = t.value.slice(t.selectionStart, t.selectionEnd);
      lab.click('#t', 1, along(0, t.offsetWidth), 0.2, ['shift']);
      const back = t.value.slice(t.selectionStart, t.selectionEnd);
      lab.click('#e', 1, along(5, 13 * perUnit), 0.5);
      lab.click('#e', 1, along(9, 13 * perUnit), 0.5, ['shift']);
      return [ahead, back, t.selectionDirection, String(getSelection())];
    });
    expect(selected).toEqual(['two', 'one ', 'backward', 'five']);
  });

  test('with a key held on a link leads there in this tab', async () => {
    await labPage.show('<a id=a href="#there">There</a>');
    const pages = page.context().pages().length;
    const at = await page.evaluate(() => {
      lab.click('#a', 1, 0.5, 0.5, ['control']);
      return location.hash;
    });
    expect(at).toBe('#there');
    expect(page.context().pages()).toHaveLength(pages);
  });

  test('on a text that stands in a component’s slot goes to what is around the slot', async () => {
    await labPage.show('<x-slotted id=x style="display:inline-block">A text of its own</x-slotted>');
    const heard = await page.evaluate(() => {
      const shadow = document.getElementById('x')!.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<label><span><slot></slot></span><input type=checkbox></label>';
      const heard: string[] = [];
      for (const name of ['span', 'input'])
        shadow.querySelector(name)!.addEventListener('click', () => heard.push(name));
      return [lab.click(shadow.querySelector('span')!), heard, shadow.querySelector('input')!.checked];
    });
    expect(heard).toEqual(['done', ['span', 'input'], true]);
  });

  test('on what lies under our toolbar, which the mirror does not show, brings it from beneath first', async () => {
    await labPage.show(
      '<div style="height:565px"></div><button id=b style="width:100%">b</button><div style="height:2000px"></div>',
    );
    const result = await page.evaluate(() => {
      let clicks = 0;
      document.getElementById('b')!.addEventListener('click', () => (clicks += 1));
      const outcomes = [lab.click('#b', 1, 0.95)];
      // A page that cannot be scrolled on leaves it there.
      document.body.lastElementChild!.remove();
      outcomes.push(lab.click('#b', 1, 0.95));
      return [outcomes, clicks];
    });
    expect(result).toEqual([['done', 'refused:widget'], 1]);
  });

  test('goes to what is around what the page makes anew at the press', async () => {
    await labPage.show('<div id=d><button id=b><b id=i>icon</b></button></div>');
    const result = await page.evaluate(async () => {
      const [d, b] = [document.getElementById('d')!, document.getElementById('b')!];
      let clicks = 0;
      b.addEventListener('click', () => (clicks += 1));
      b.addEventListener('mousedown', () => setTimeout(() => (b.innerHTML = '<b>pressed</b>')));
      const outcomes = [await lab.clickInTime('#i')];
      b.addEventListener('mousedown', () => d.remove());
      outcomes.push(await lab.clickInTime('#b'));
      return [outcomes, clicks];
    });
    // The body is still there, and has nothing against it.
    expect(result).toEqual([['done', 'done'], 1]);
  });

  test('is judged once more when it is let go', async () => {
    await labPage.show('<div id=d><button id=b type=button>Next</button></div>');
    const result = await page.evaluate(async () => {
      const b = document.getElementById('b')!;
      let clicks = 0;
      b.addEventListener('click', () => (clicks += 1));
      b.addEventListener('mousedown', () => setTimeout(() => b.setAttribute('data-alongside', 'restrict')));
      return [await lab.clickInTime('#b'), clicks];
    });
    expect(result).toEqual(['refused:restricted', 0]);
  });

  test('is given up when the customer takes Write mode back meanwhile; what waits is not done', async () => {
    await labPage.show('<button id=b>b</button><input id=i>');
    const result = await page.evaluate(async () => {
      lab.takeLog();
      document.getElementById('b')!.addEventListener('mousedown', () => setTimeout(() => lab.leave()));
      let typed: unknown = 'nothing';
      const clicked = lab.clickInTime('#b');
      void lab.commandLater({ act: 'type', node: lab.id('#i'), text: 'x' }).then((outcome) => (typed = outcome));
      const outcome = await clicked;
      await new Promise((resolve) => setTimeout(resolve));
      const log = lab.takeLog().filter((line) => /^(?:pointercancel|mouseup|click) /u.test(line));
      return [outcome, log.map((line) => line.split(' ')[0]), typed, document.querySelector('input')!.value];
    });
    expect(result).toEqual(['refused:mode', ['pointercancel'], 'nothing', '']);
  });

  test('of a flood most are refused, in their order, and the rest is done one after the other', async () => {
    await labPage.show('<button id=b>b</button>');
    const result = await page.evaluate(async () => {
      let clicks = 0;
      document.getElementById('b')!.addEventListener('click', () => (clicks += 1));
      const told: number[] = [];
      const clicking = Array.from({ length: 2_000 }, async (_, at) => {
        const outcome = await lab.clickInTime('#b');
        told.push(at);
        return outcome;
      });
      const outcomes = await Promise.all(clicking);
      const count = (wanted: string): number => outcomes.filter((outcome) => outcome === wanted).length;
      return {
        clicks,
        done: count('done'),
        refused: count('refused:rate'),
        inOrder: told.every((at, index) => at === index),
      };
    });
    expect(result.inOrder).toBe(true);
    expect(result.clicks).toBe(result.done);
    expect(result.done).toBeGreaterThan(0);
    expect(result.done).toBeLessThan(300);
    expect(result.done + result.refused).toBe(2_000);
  });
});

describe('resting', () => {
  const MENU = `<style>ul{display:none} li:hover > ul{display:block} @media (min-width:1px){#m:hover{color:rgb(1,2,3)}}
    #m:not(:hover){border:0}</style><ol><li id=m>Menu<ul><li id=i>Item</li></ul></li></ol>`;

  test('feels to the page like a pointer that comes', async () => {
    await labPage.expectSameLog({
      show: () => labPage.show('<div style="padding:30px" id=o><p id=p>text</p></div>'),
      real: () => page.hover('#p'),
      ours: () => lab.hover('#p'),
    });
  });

  test('opens a menu again that has closed under the pointer when something in it was chosen', async () => {
    const menu = `<style>#s { display: none; position: absolute; top: 200px } #m { width: 90px }</style>
      <div id=m><a>Menu</a><ul id=s><li id=i>Item</li></ul></div>`;
    const listen = () => {
      const heard: string[] = [];
      const [menu, list] = ['m', 's'].map((id) => document.getElementById(id)!) as [HTMLElement, HTMLElement];
      const hear = (event: Event) => {
        heard.push(event.type);
        list.style.display = event.type === 'mouseenter' ? 'block' : 'none';
      };
      for (const type of ['mouseenter', 'mouseleave']) menu.addEventListener(type, hear);
      list.addEventListener('click', hear);
      Object.assign(window, { heard });
    };
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await labPage.show(menu);
    await page.evaluate(listen);
    await page.hover('a');
    await page.click('#i');
    await expect.poll(async () => (await heard()).at(-1)).toBe('mouseleave');
    await page.hover('a');
    const real = await heard();
    await page.mouse.move(500, 500);
    await labPage.show(menu);
    await page.evaluate(listen);
    await page.evaluate(() => [lab.hover('a'), lab.click('#i'), lab.hover('a')]);
    expect(await heard()).toEqual(real);
  });

  test('opens a menu that only :hover shows, so that what is in it can be clicked; and nothing stays', async () => {
    await labPage.show(MENU);
    const sheets = (): Promise<number> => page.evaluate(() => document.adoptedStyleSheets.length);
    expect(await page.isVisible('#i')).toBe(false);
    expect(await page.evaluate(() => lab.hover('#m'))).toBe('done');
    expect(await page.isVisible('#i')).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('#m')!).color)).toBe('rgb(1, 2, 3)');
    expect(await page.evaluate(() => [...document.querySelector('#m')!.attributes].length)).toBe(1);
    expect(await page.evaluate(() => lab.click('#i'))).toBe('done');
    expect(await sheets()).toBe(1);
    await page.evaluate(() => lab.leave());
    expect(await page.isVisible('#i')).toBe(false);
    expect(await sheets()).toBe(0);
  });

  test('holds in a form whose fields are called as what is asked of it, and the page hears of no error', async () => {
    const errors: string[] = [];
    const note = (error: Error): void => void errors.push(error.message);
    page.on('pageerror', note);
    await labPage.show(`<style>i:hover { color: rgb(1, 2, 3) } i.chosen { color: rgb(4, 5, 6) }</style>
      <form><input name=children><input name=parentElement><input name=getRootNode><i id=i>Word</i></form>`);
    const color = (): Promise<string> => page.evaluate(() => getComputedStyle(document.querySelector('#i')!).color);
    await page.evaluate(() => lab.hover('#i'));
    expect(await color()).toBe('rgb(1, 2, 3)');
    await page.evaluate(() => (document.querySelector('#i')!.className = 'chosen'));
    await expect.poll(color).toBe('rgb(4, 5, 6)');
    await page.evaluate(() => lab.leave());
    page.off('pageerror', note);
    expect(errors).toEqual([]);
  });

  test('leaves what is chosen or open as the page’s later rules say', async () => {
    const show = (chosen: string): Promise<unknown> =>
      labPage.show(`
        <style>
          .row:hover, .row:hover::before { color: rgb(1, 2, 3) }
          .row::before { content: 'a' }
          .row.chosen, .row.chosen::before { color: rgb(4, 5, 6) }
          .chosen.last { color: rgb(7, 8, 9) }
          .menu ul, .menu:hover ul { display: none }
          @media all { .menu.open ul { display: block } }
        </style>
        <p id=row class="row ${chosen}">A row</p><p class="row chosen last">Another</p>
        <div class="menu ${chosen && 'open'}"><b id=m>Menu</b><ul><li id=i>First</ul></div>`);
    const colors = (): Promise<string[]> =>
      page.evaluate(() =>
        ['#row', '.last'].flatMap((row) => [
          getComputedStyle(document.querySelector(row)!).color,
          getComputedStyle(document.querySelector(row)!, '::before').color,
        ]),
      );
    const isOpen = (): Promise<boolean> => page.isVisible('#i');
    for (const chosen of ['', 'chosen']) {
      await show(chosen);
      await page.hover('#row');
      const real: unknown[] = await colors();
      await page.hover('#m');
      real.push(await isOpen());
      await show(chosen);
      await page.mouse.move(0, 0);
      await page.evaluate(() => lab.hover('#row'));
      const ours: unknown[] = await colors();
      await page.evaluate(() => lab.hover('#m'));
      ours.push(await isOpen());
      await page.evaluate(() => lab.leave());
      expect(ours).toEqual(real);
    }
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  test('holds for rules however they ask for the pointer', async () => {
    const show = (): Promise<unknown> =>
      labPage.show(`
        <style>
          ul, p i, section b, footer i { display: none }
          .menu:is(:hover, :focus-within) > ul { display: block }
          .list { & li { &:hover { color: rgb(1, 2, 3); i { display: inline } }
            @media (min-width: 1px) { &:hover { background: rgb(7, 8, 9) } } } }
          .one, .two { &:where(:hover, .never) > b { display: inline } }
          article:has(.inner:hover) { color: rgb(4, 5, 6) }
          :is(.row:hover, .other:hover) > .cell { color: rgb(1, 1, 1) }
          div:is(a, :not(p)) .word:hover { color: rgb(2, 2, 2) }
          .row:hover .cell:hover { outline: 1px solid rgb(3, 3, 3) }
          .row:hover .other:hover { outline: 1px solid rgb(9, 9, 9) }
          main { container: box / inline-size }
          .dark\\:hover\\:thick:hover { font-weight: 700; color: rgb(6, 6, 6) }
          @container box (min-width: 1px) { .cell:hover { background: rgb(5, 5, 5) } }
          [title="a, (b"] + footer:hover i { display: inline }
        </style>
        <div class="menu">Menu<ul><li>Item</li></ul></div>
        <ol class="list"><li>Nested <i>more</i></li></ol>
        <section class="two">Two <b>more</b></section>
        <article><span class="inner">Inner</span></article>
        <main class="row other"><span class="cell">Cell</span></main>
        <div><span class="word dark:hover:thick">Word</span></div>
        <s title="a, (b"></s><footer>Foot <i>more</i></footer>`);
    const looks = (): Promise<unknown[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('body *')].map((one) => {
          const { color, display, backgroundColor, outline } = getComputedStyle(one);
          return [one.localName, color, display, backgroundColor, outline];
        }),
      );
    const targets = ['.menu', '.list li', '.two', '.inner', '.cell', '.word', 'footer'];
    for (const target of targets) {
      await show();
      await page.hover(target);
      const real = await looks();
      await page.mouse.move(0, 0);
      await page.evaluate((selector) => lab.hover(selector), target);
      expect(await looks()).toEqual(real);
      await page.evaluate(() => lab.leave());
    }
  });

  test('holds in components, for what is in them and for themselves', async () => {
    const show = async (): Promise<void> => {
      await labPage.show(`<style>x-outer:hover { outline: 1px solid rgb(1, 1, 1) }</style>
        <x-outer><u id=slotted>Slotted</u></x-outer><p id=p>Out</p>`);
      await page.evaluate(() => {
        const inside = (host: Element, html: string): ShadowRoot => {
          const root = host.attachShadow({ mode: 'open' });
          root.innerHTML = html;
          return root;
        };
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('b:hover + i { display: inline } .open { color: rgb(9, 9, 9) }');
        const outer = inside(
          document.querySelector('x-outer')!,
          `<style>:host(:hover) em { color: rgb(2, 2, 2) } .box:hover { color: rgb(3, 3, 3) } i { display: none }
            ::slotted(:hover) { color: rgb(4, 4, 4) }</style>
          <div class=box><em>Label</em><slot></slot><x-inner></x-inner></div>`,
        );
        const inner = inside(
          outer.querySelector('x-inner')!,
          '<style>i { display: none }</style><b>Word</b><i>more</i>',
        );
        inner.adoptedStyleSheets = [sheet];
      });
    };
    const looks = (): Promise<unknown[]> =>
      page.evaluate(() => {
        const outer = document.querySelector('x-outer')!;
        const inner = outer.shadowRoot!.querySelector('x-inner')!;
        const all = [outer, ...outer.shadowRoot!.querySelectorAll('*'), ...inner.shadowRoot!.querySelectorAll('*')];
        return all.map((one) => {
          const { color, display, outlineColor, outlineStyle } = getComputedStyle(one);
          return [one.localName, color, display, outlineColor, outlineStyle];
        });
      });
    await show();
    const still = await looks();
    for (const target of ['b', 'em', '#slotted', '#p']) {
      await show();
      await page.hover(target);
      const real = await looks();
      await page.mouse.move(0, 0);
      expect(await looks()).toEqual(still);
      await page.locator(target).evaluate((one) => lab.hover(one));
      expect(await looks()).toEqual(real);
      await page.evaluate(() => lab.leave());
      expect(await looks()).toEqual(still);
    }
  });

  test('shows what a click has made of what is under the pointer', async () => {
    await labPage.show(`
      <style>#row:hover { color: rgb(1, 2, 3) } #row.chosen:hover { color: rgb(4, 5, 6) }</style><p id="row">A row</p>`);
    const color = (): Promise<string> => page.evaluate(() => getComputedStyle(document.querySelector('#row')!).color);
    await page.evaluate(() => {
      const row = document.querySelector('#row')!;
      // Frameworks render later than the click.
      row.addEventListener('click', () => setTimeout(() => row.classList.toggle('chosen')));
    });
    expect(await page.evaluate(() => lab.hover('#row'))).toBe('done');
    expect(await color()).toBe('rgb(1, 2, 3)');
    expect(await page.evaluate(() => lab.click('#row'))).toBe('done');
    await expect.poll(color).toBe('rgb(4, 5, 6)');
    await page.evaluate(() => {
      lab.leave();
      document.querySelector('#row')!.classList.toggle('chosen');
    });
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  });

  test('never scrolls the customer’s page', async () => {
    await labPage.show('<div style="height:3000px"></div><p id=p>far</p>');
    expect(await page.evaluate(() => lab.hover('#p'))).toBe('covered');
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

describe('dragging', () => {
  const BOXES = (more = '') =>
    `<style>div{width:80px;height:60px;position:absolute;top:20px}</style>
     <div id=a ${more} style="left:20px;background:#eee">a</div><div id=b style="left:300px;background:#ddd">b</div>`;

  async function realDrag(): Promise<void> {
    await page.mouse.move(60, 50);
    await page.mouse.down();
    await page.mouse.move(340, 50, { steps: 14 });
    await page.mouse.up();
  }

  test('comes to rest on what has followed the pointer, as its hint shows', async () => {
    const show = async (): Promise<void> => {
      await labPage.show('<b id=h style="position:absolute;left:20px;top:0;width:12px;height:100vh"></b>');
      await page.evaluate(() => {
        const handle = document.querySelector<HTMLElement>('#h')!;
        handle.addEventListener('mouseenter', () => (handle.className = 'hinted'));
        handle.addEventListener('mouseleave', () => (handle.className = ''));
        handle.addEventListener('mousedown', () => {
          const follow = ({ clientX }: MouseEvent): void => void (handle.style.left = `${clientX - 6}px`);
          addEventListener('mousemove', follow);
          addEventListener('mouseup', () => removeEventListener('mousemove', follow), { once: true });
        });
      });
    };
    const isHinted = (): Promise<boolean> => page.evaluate(() => document.querySelector('#h')!.className === 'hinted');
    await show();
    await page.mouse.move(26, 26);
    await page.mouse.down();
    await page.mouse.move(326, 26, { steps: 8 });
    await page.mouse.up();
    await expect.poll(isHinted).toBe(true);
    await page.mouse.move(0, 500);
    await show();
    expect(await page.evaluate(() => lab.drag('#h', 'body', 0.5))).toBe('done');
    expect(await isHinted()).toBe(true);
  });

  test('by the pointer feels like a press, a move and a release', async () => {
    await labPage.expectSameLog({
      show: () => labPage.show(BOXES()),
      real: realDrag,
      ours: () => lab.drag('#a', '#b'),
      // Where exactly the pointer passes is the hand's affair.
      only: / (?:a|b)(?: |$)|^click/u,
      alike: (log) => onceEach(log.filter((line) => !BETWEEN.test(line))),
    });
  });

  test('of what the page follows by capturing the pointer', async () => {
    const follow = (): Promise<void> =>
      page.evaluate(() => {
        const box = document.querySelector<HTMLElement>('#a')!;
        box.addEventListener('pointerdown', ({ pointerId }) => box.setPointerCapture(pointerId));
        box.addEventListener('pointermove', (event) => {
          if (event.buttons === 1) box.style.left = `${event.clientX - 40}px`;
        });
      });
    await labPage.show(BOXES());
    await follow();
    expect(await page.evaluate(() => lab.drag('#a', '#b'))).toBe('done');
    expect(await page.evaluate(() => document.querySelector<HTMLElement>('#a')!.style.left)).toBe('300px');
  });

  test('of what asks, with each move and at the release, whether it has captured the pointer', async () => {
    const follow = (): Promise<void> =>
      page.evaluate(() => {
        const box = document.querySelector<HTMLElement>('#a')!;
        box.addEventListener('pointerdown', ({ pointerId }) => box.setPointerCapture(pointerId));
        box.addEventListener('pointermove', ({ pointerId, clientX }) => {
          if (box.hasPointerCapture(pointerId)) box.style.left = `${clientX - 40}px`;
        });
        box.addEventListener('pointerup', ({ pointerId }) => {
          const wasHeld = box.hasPointerCapture(pointerId);
          box.releasePointerCapture(pointerId);
          box.textContent = `${wasHeld} ${box.hasPointerCapture(pointerId)}`;
        });
      });
    const found = (): Promise<string[]> =>
      page.evaluate(() => {
        const box = document.querySelector<HTMLElement>('#a')!;
        return [box.style.left, box.textContent, Object.getOwnPropertyNames(box).join()];
      });
    await labPage.show(BOXES());
    await follow();
    await realDrag();
    expect(await found()).toEqual(['300px', 'true false', '']);
    await labPage.show(BOXES());
    await follow();
    expect(await page.evaluate(() => lab.drag('#a', '#b'))).toBe('done');
    expect(await found()).toEqual(['300px', 'true false', '']);
    // A click as well.
    await labPage.show(BOXES());
    await follow();
    expect(await page.evaluate(() => lab.click('#a'))).toBe('done');
    expect((await found()).slice(1)).toEqual(['true false', '']);
  });

  test('by HTML’s drag and drop brings the data where it is dropped', async () => {
    const accept = (): Promise<void> =>
      page.evaluate(() => {
        document.querySelector('#a')!.addEventListener('dragstart', (event) => {
          (event as DragEvent).dataTransfer!.setData('text/plain', 'carried');
        });
        const b = document.querySelector('#b')!;
        b.addEventListener('dragover', (event) => event.preventDefault());
        b.addEventListener('drop', (event) => {
          event.preventDefault();
          b.textContent = (event as DragEvent).dataTransfer!.getData('text/plain');
        });
      });
    await labPage.expectSameLog({
      show: async () => {
        await labPage.show(BOXES('draggable=true'));
        await accept();
      },
      real: realDrag,
      ours: () => lab.drag('#a', '#b'),
      only: /^(?:pointerdown|mousedown|drag|drop|dragstart|dragenter|dragleave|dragend|pointerup|mouseup|click)\b.* (?:a|b)\b/u,
      alike: (log) => onceEach(log.filter((line) => !BETWEEN.test(line))),
      state: `document.querySelector('#b').textContent`,
    });
    expect(await page.textContent('#b')).toBe('carried');
  });

  test('of a library that begins it in a task of its own, and looks where it goes now and then', async () => {
    // As SortableJS does, in its two ways.
    await labPage.show(BOXES('draggable=true'));
    const dropped = await page.evaluate(async () => {
      const [a, b] = ['#a', '#b'].map((id) => document.querySelector<HTMLElement>(id)!) as [HTMLElement, HTMLElement];
      let isActive = false;
      a.addEventListener('dragstart', () => setTimeout(() => (isActive = true)));
      b.addEventListener('dragover', (event) => isActive && event.preventDefault());
      return lab.drag('#a', '#b');
    });
    expect(dropped).toBe('done');
    await labPage.show(BOXES());
    const looked = await page.evaluate(async () => {
      let at: Element | null = null;
      let place = [0, 0] as [number, number];
      document.querySelector('#a')!.addEventListener('pointerdown', () => {
        const looking = setInterval(() => (at = document.elementFromPoint(...place)), 50);
        document.addEventListener('pointermove', ({ clientX, clientY }) => (place = [clientX, clientY]));
        document.addEventListener('pointerup', () => clearInterval(looking));
      });
      await lab.drag('#a', '#b');
      return (at as Element | null)?.id;
    });
    expect(looked).toBe('b');
  });

  test('is over, and drops nothing, when the customer takes Write mode back; what waits is not done', async () => {
    await labPage.show(`${BOXES('draggable=true')}<input id=i>`);
    const { log, value } = await page.evaluate(async () => {
      const b = document.querySelector('#b')!;
      b.addEventListener('dragover', (event) => event.preventDefault());
      b.addEventListener('dragenter', () => lab.leave(), { once: true });
      const dragged = lab.drag('#a', '#b');
      await new Promise((done) => document.addEventListener('dragstart', done, { once: true }));
      void lab.commandLater({ act: 'type', node: lab.id('#i'), text: 'x' });
      const outcome = await dragged;
      return { log: [outcome, ...lab.takeLog()], value: document.querySelector('input')!.value };
    });
    expect(log[0]).toBe('refused:mode');
    expect(log.filter((line) => /^(?:drop|dragend|key)/u.test(line)).map((line) => line.split(' ')[0])).toEqual([
      'dragend',
    ]);
    expect(value).toBe('');
  });

  test('what comes meanwhile is done after it', async () => {
    await labPage.show(`${BOXES()}<input id=i>`);
    const order = await page.evaluate(async () => {
      const order: string[] = [];
      const drag = lab.drag('#a', '#b').then(() => order.push('drag'));
      const type = lab.commandLater({ act: 'type', node: lab.id('#i'), text: 'x' }).then(() => order.push('type'));
      await Promise.all([drag, type]);
      return order;
    });
    expect(order).toEqual(['drag', 'type']);
  });

  test('what is typed into an editor meanwhile comes in its order', async () => {
    await labPage.show('<div id=e contenteditable><br></div>');
    const typed = await page.evaluate(async () => {
      const type = (text: string) => lab.commandLater({ act: 'type', node: lab.id('#e'), text });
      await Promise.all([lab.clickInTime('#e'), ...['fr', 'ien', 'd'].map(type)]);
      return document.querySelector('#e')!.textContent;
    });
    expect(typed).toBe('friend');
  });

  test('is refused from, and onto, what the agent may not use', async () => {
    await labPage.show(BOXES('data-alongside=restrict'));
    expect(await page.evaluate(() => lab.drag('#a', '#b'))).toBe('refused:restricted');
    expect(await page.evaluate(() => lab.drag('#b', '#a'))).toBe('refused:restricted');
    expect(await page.evaluate(() => lab.takeLog().filter((line) => /pointer|mouse|drag/u.test(line)))).toEqual([]);
  });
});

describe('the wheel', () => {
  test('reaches a page that listens to it', async () => {
    await labPage.show('<div id=map style="width:200px;height:200px">map</div>');
    await page.evaluate(() => {
      document.querySelector('#map')!.addEventListener('wheel', (event) => {
        event.preventDefault();
        document.querySelector('#map')!.textContent = `zoom ${(event as WheelEvent).deltaY}`;
      });
    });
    expect(await page.evaluate(() => lab.wheel('#map', -120))).toBe('done');
    expect(await page.textContent('#map')).toBe('zoom -120');
  });
});

describe('text of an input method', () => {
  test.each([
    ['a field', '<input id=i value=x>'],
    ['an editor', '<div id=i contenteditable>x</div>'],
  ])('is composed in %s', async (_, html) => {
    await labPage.show(html);
    expect(
      await page.evaluate(() => {
        lab.click('#i');
        lab.key('#i', 'End');
        return lab.compose('#i', '日本');
      }),
    ).toBe('done');
    const value = `(document.querySelector('#i').value ?? document.querySelector('#i').textContent)`;
    expect(await page.evaluate(value)).toBe('x日本');
    const log = await page.evaluate(() =>
      lab.takeLog().filter((line) => /^(?:composition|beforeinput|input)/u.test(line)),
    );
    expect(log.map((line) => line.split(' ')[0])).toEqual([
      'compositionstart',
      'compositionupdate',
      'beforeinput',
      'input',
      'compositionend',
    ]);
  });

  test('is refused where typing is', async () => {
    await labPage.show('<input id=p type=password>');
    expect(await page.evaluate(() => lab.compose('#p', 'x'))).toBe('refused:masked');
  });
});

describe('an access key', () => {
  test('presses what it names', async () => {
    await labPage.show('<input id=i><button id=b type=button accesskey="s">Save</button>');
    await page.evaluate(() =>
      document.querySelector('#b')!.addEventListener('click', () => (document.title = 'saved')),
    );
    expect(await page.evaluate(() => lab.key('#i', 's', ['alt']))).toBe('done');
    expect(await page.title()).toBe('saved');
  });

  test.each([
    ['refused:submit', '<form><input id=i><button accesskey=s>Send</button></form>'],
    ['refused:submit', '<form><input id=i><label accesskey=s for=b>x</label><input type=submit id=b></form>'],
    ['refused:restricted', '<input id=i><button type=button accesskey=s data-alongside=restrict>x</button>'],
    ['refused:masked', '<input id=i><label accesskey=s for=p>x</label><input type=password id=p>'],
  ])('is %s when that is, judged by what it would do', async (outcome, html) => {
    await labPage.show(html);
    expect(await page.evaluate(() => lab.key('#i', 's', ['alt']))).toBe(outcome);
  });
});

describe('ten thousand commands at once', () => {
  const PAGE = `<button id=b type=button>b</button><input id=i><input id=p type=password>
    <button id=r type=button data-alongside=restrict>r</button><form><button id=s>s</button></form>`;

  test.each([
    ['in Pointer mode', { mode: 'pointer' }],
    ['after a revoke', { epoch: 8 }],
    ['on what is not the agent’s to use', {}],
  ])('%s do nothing, and each refusal is counted', async (_, state) => {
    await labPage.show(PAGE);
    const { outcomes, refusals, log, value } = await page.evaluate(async (options) => {
      const act = (id: string, index: number) => {
        const at = { node: lab.id(`#${id}`), x: 0.5, y: 0.5 };
        const kinds = [
          { act: 'click', at, count: 1, modifiers: [] },
          { act: 'key', node: at.node, key: 'Enter', modifiers: [] },
          { act: 'drag', from: at, to: at },
          { act: 'compose', node: at.node, text: 'x' },
        ] as const;
        return kinds[index % kinds.length]!;
      };
      const targets = 'mode' in options || 'epoch' in options ? ['b', 'i', 'p', 'r', 's'] : ['p', 'r', 's'];
      const told: Promise<string>[] = [];
      for (let index = 0; index < 10_000; index += 1) {
        told.push(lab.commandLater(act(targets[index % targets.length]!, index), options));
      }
      const outcomes = await Promise.all(told);
      const log = lab.takeLog().filter((line) => !/^(?:toggle|focus)/u.test(line));
      return { outcomes, refusals: lab.refusals(), log, value: document.querySelector('input')!.value };
    }, state);
    expect(log).toEqual([]);
    expect(value).toBe('');
    expect(outcomes.filter((outcome) => outcome === 'done')).toEqual([]);
    const total = Object.values(refusals).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(10_000);
    // On a slow machine a few more pass the rate, to be refused for what they are.
    expect(refusals['refused:rate']).toBeGreaterThan(8_000);
  });
});
