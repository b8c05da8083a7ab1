import { describe, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

eachInLab({ isNew: true });

/** Runs in the page, then compares the page with its mirror. */
async function expectSame(): Promise<void> {
  const [seen, mirrored] = await page.evaluate(async () => {
    await lab.settle();
    return [lab.page(), lab.mirror()];
  });
  expect(mirrored).toBe(seen);
}

async function startWith(html: string): Promise<void> {
  await page.evaluate(async (markup) => {
    document.body.innerHTML = markup;
    await lab.start();
  }, html);
  await expectSame();
}

/** What no observer tells of is looked for now and then. */
function expectMirrored(text: string): Promise<void> {
  return expect.poll(() => page.evaluate(() => lab.mirror())).toContain(text);
}

describe('the mirror has the same tree', () => {
  test('at the start', async () => {
    await startWith(`<h1 class="a b" title="x">Hello</h1><!-- c --><p>one<b>two</b>three</p>
      <svg viewBox="0 0 10 10"><path d="M0 0" fill="red"/><foreignObject><div>in</div></foreignObject></svg>
      <table><tr><td>1</td></tr></table><form><input value="v"><select><option>a<option selected>b</select></form>`);
  });

  test('after texts, attributes and children changed', async () => {
    await startWith('<div id=a>text</div><ul id=l><li>1<li>2<li>3</ul>');
    await page.evaluate(() => {
      const a = document.getElementById('a')!;
      a.firstChild!.nodeValue = 'other';
      a.className = 'new';
      a.removeAttribute('id');
      const list = document.getElementById('l')!;
      list.append(document.createElement('li'), 'loose text');
      list.firstElementChild!.remove();
      list.insertBefore(document.createElement('b'), list.lastElementChild);
    });
    await expectSame();
  });

  test('after nodes moved, were swapped with their parents, and came and went', async () => {
    await startWith('<div id=a><div id=b><i id=c></i></div></div><p id=p></p>');
    await page.evaluate(() => {
      const byId = (id: string): Element => document.getElementById(id)!;
      const [a, b, c, p] = [byId('a'), byId('b'), byId('c'), byId('p')];
      p.append(c);
      a.before(b);
      b.append(a);
      const temporary = document.createElement('div');
      p.append(temporary);
      temporary.append(a.cloneNode(true));
      temporary.remove();
    });
    await expectSame();
  });

  test('after a removed node was changed outside and put back', async () => {
    await startWith('<div id=a><span id=s>old</span></div>');
    await page.evaluate(async () => {
      const span = document.getElementById('s')!;
      span.remove();
      await Promise.resolve();
      span.textContent = 'changed while nobody looked';
      span.append(document.createElement('b'));
      await Promise.resolve();
      document.getElementById('a')!.append(span);
    });
    await expectSame();
  });

  test('with shadow roots that elements got after they were recorded', async () => {
    await startWith('<x-late><i>light</i></x-late><div id=plain>text</div>');
    await page.evaluate(() => {
      customElements.define(
        'x-late',
        class extends HTMLElement {
          constructor() {
            super();
            this.attachShadow({ mode: 'open' }).innerHTML = '<p>shadow <slot></slot></p><x-inner></x-inner>';
          }
        },
      );
      document.querySelector('#plain')!.attachShadow({ mode: 'open' }).innerHTML = '<b>more</b>';
    });
    await expectMirrored('"more"');
    await page.evaluate(() => {
      customElements.define(
        'x-inner',
        class extends HTMLElement {
          connectedCallback() {
            this.attachShadow({ mode: 'open' }).innerHTML = '<u>innermost</u>';
          }
        },
      );
    });
    await expectMirrored('"innermost"');
    await expectSame();
  });

  test('scrolled as far, also inside shadow roots', async () => {
    await startWith('<div id=h></div>');
    await page.evaluate(() => {
      document.querySelector('#h')!.attachShadow({ mode: 'open' }).innerHTML =
        '<section style="height: 50px; overflow: auto"><p style="height: 500px"></p></section>';
    });
    await expectMirrored('<section>');
    await page.evaluate(() => document.querySelector('#h')!.shadowRoot!.querySelector('section')!.scrollTo(0, 40));
    const scrolled = (): number | undefined => {
      const mirror = document.querySelector('alongside-widget')!.shadowRoot!.querySelector('iframe')!.contentDocument!;
      return mirror.querySelector('#h')?.shadowRoot?.querySelector('section')?.scrollTop;
    };
    await expect.poll(() => page.evaluate(scrolled)).toBe(40);
  });

  test('scrolled as far as it was before the session: with the picture what is in view, soon the rest', async () => {
    await page.evaluate(async () => {
      const box =
        '<section style="height: 50px; overflow: auto"><p style="height: 500px; width: 5000px"></p></section>';
      document.body.innerHTML = `<div style="height: 45vh"></div><div id=h></div><div style="height: 200vh"></div>${box}`;
      document.querySelector('#h')!.attachShadow({ mode: 'open' }).innerHTML = `<div><slot></slot>${box}</div>`;
      document.querySelector('#h')!.shadowRoot!.querySelector('section')!.scrollTo(0, 40);
      document.querySelector('section')!.scrollTo(30, 0);
      // Its event, which a session would hear, is over.
      for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      await lab.start();
    });
    const scrolled = (): (number | undefined)[] => {
      const mirror = document.querySelector('alongside-widget')!.shadowRoot!.querySelector('iframe')!.contentDocument!;
      return [
        mirror.querySelector('#h')?.shadowRoot?.querySelector('section')?.scrollTop,
        mirror.querySelector('section')?.scrollLeft,
      ];
    };
    expect((await page.evaluate(scrolled))[0]).toBe(40);
    await expect.poll(() => page.evaluate(scrolled)).toEqual([40, 30]);
  });

  test('with open shadow roots, also added later', async () => {
    await startWith('<div id=h></div>');
    await page.evaluate(() => {
      const host = document.createElement('x-card');
      host.attachShadow({ mode: 'open' }).innerHTML = '<p>shadow <slot></slot></p>';
      host.append('slotted');
      document.body.append(host);
    });
    await expectSame();
    await page.evaluate(() => {
      document.querySelector('x-card')!.shadowRoot!.querySelector('p')!.append('more');
    });
    await expectSame();
  });

  test('with a form whose fields are named like what the DOM calls its own', async () => {
    const names = `firstChild nextSibling previousSibling parentNode parentElement childNodes nodeType nodeName localName
      tagName namespaceURI isConnected shadowRoot host ownerDocument baseURI getAttribute getAttributeNames hasAttribute
      attributes getRootNode contains matches closest scrollTop scrollLeft getBoundingClientRect querySelectorAll data type`;
    const form = (text: string): string =>
      `<section><form data-kind="k" title="The ${text}" style="color: red"><p>${text}</p>${names
        .split(/\s+/u)
        .map((name) => `<input name="${name}" value="${text} ${name}">`)
        .join('')}</form> after ${text}</section><section data-alongside="mask"></section>`;
    const wire = await page.evaluate(
      async ([first, second]) => {
        document.body.innerHTML = first as string;
        await lab.start();
        const section = document.createElement('section');
        section.innerHTML = second as string;
        document.body.append(section);
        await lab.settle();
        const moved = section.querySelector('form')!;
        Element.prototype.setAttribute.call(moved, 'title', 'another title');
        document.body.prepend(moved);
        moved.querySelector('p')!.append('something more');
        await lab.settle();
        moved.remove();
        await lab.settle();
        document.body.append(moved);
        await lab.settle();
        // In something masked, as it was written and as it comes there.
        document.querySelector('[data-alongside]')!.append(moved);
        moved.querySelector('p')!.append('not to be seen');
        await lab.settle();
        return lab.wireText();
      },
      [form('first'), form('second')],
    );
    for (const seen of ['first', 'second', 'after first', 'after second', 'another title', 'something more']) {
      expect(wire).toContain(seen);
    }
    for (const name of names.split(/\s+/u)) expect(wire).toContain(`first ${name}`);
    expect(wire).not.toContain('not to be seen');
    const inMirror = (selector: string): Promise<boolean> => page.evaluate((wanted) => lab.matches(wanted), selector);
    await expect.poll(() => inMirror('[data-alongside-mark] > form > p')).toBe(true);
    expect(await inMirror(`section:first-of-type > form[data-kind="k"] > p + ${'input + '.repeat(28)}input`)).toBe(
      true,
    );
  });

  test('with what shares its name with frames and fields, in drawings and formulas', async () => {
    const names = ['iframe', 'input', 'textarea', 'select', 'option', 'link', 'canvas', 'style', 'form', 'button'];
    const all = names.map((name) => `<${name} id="${name}"></${name}>`).join('');
    await page.evaluate(
      async ([list, markup]) => {
        document.body.innerHTML = `<svg>${markup}</svg><math>${markup}</math><svg data-alongside="mask">${markup}</svg>`;
        for (const namespace of ['http://www.w3.org/2000/svg', 'http://www.w3.org/1998/Math/MathML']) {
          for (const name of list) document.body.append(document.createElementNS(namespace, name));
        }
        document.body.insertAdjacentHTML('beforeend', '<p id="the-end">end</p>');
        await lab.start();
        document.body.append(document.querySelector('svg')!.cloneNode(true));
        await new Promise((resolve) => setTimeout(resolve, 300)); // Frames and fields are looked at every 250 ms.
        document.querySelector('#the-end')!.id = 'later';
      },
      [names, all] as const,
    );
    await expect.poll(() => page.evaluate(() => lab.matches('#later'))).toBe(true);
  });

  test('with fields set by people and by scripts', async () => {
    await startWith(
      '<input id=i><input type=checkbox id=c><textarea id=t></textarea><select id=s><option>a<option>b</select>',
    );
    await page.evaluate(async () => {
      (document.getElementById('i') as HTMLInputElement).value = 'by script';
      (document.getElementById('c') as HTMLInputElement).checked = true;
      (document.getElementById('t') as HTMLTextAreaElement).value = 'lines\nlines';
      (document.getElementById('s') as HTMLSelectElement).selectedIndex = 1;
      await new Promise((resolve) => setTimeout(resolve, 400));
    });
    await expectSame();
    await page.fill('#i', 'by hand');
    await expectSame();
  });

  test('with lists in which nothing is chosen, and what is chosen then', async () => {
    await startWith('<select id=s><option>a<option>b</select><select id=l size=3><option>a<option>b</select>');
    await page.evaluate(() => ((document.getElementById('s') as HTMLSelectElement).selectedIndex = -1));
    const chosen = (selector: string): Promise<boolean> => page.evaluate((asked) => lab.matches(asked), selector);
    await expect.poll(() => chosen('#s option:checked')).toBe(false);
    expect(await chosen('#l option:checked')).toBe(false);
    await page.selectOption('#s', 'b');
    await expect.poll(() => chosen('#s option:nth-child(2):checked')).toBe(true);
  });

  test('of a large page written in slices while it changes', async () => {
    await page.evaluate(async () => {
      const rows = Array.from({ length: 6000 }, (_, row) => `<tr id=r${row}><td class=c${row % 7}>${row}<td><b>x</b>`);
      document.body.innerHTML = `<table>${rows.join('')}</table><footer>end</footer>`;
      const started = lab.start();
      for (let turn = 0; turn < 30; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        const table = document.querySelector('tbody')!;
        const row = table.rows[Math.floor((turn * 7919) % table.rows.length)]!;
        if (turn % 3 === 0) row.remove();
        else if (turn % 3 === 1) table.prepend(row);
        else row.after(row.cloneNode(true), document.createTextNode('loose'));
      }
      await started;
    });
    await expectSame();
  });

  test.for([1, 2, 3, 4, 5, 6, 7, 8])('after random changes (seed %i)', async (seed) => {
    await startWith('<div id=root></div>');
    for (let round = 0; round < 15; round += 1) {
      await page.evaluate(
        async ([seedNow, count]) => {
          let state = seedNow!;
          const random = (below: number): number => {
            state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
            return Math.floor((state / 2 ** 32) * below);
          };
          const root = document.getElementById('root')!;
          const detached: Element[] = ((window as unknown as { pool?: Element[] }).pool ??= []);
          for (let step = 0; step < count!; step += 1) {
            const all = [root, ...root.querySelectorAll('*')];
            const one = all[random(all.length)]!;
            const two = all[random(all.length)]!;
            switch (random(10)) {
              case 0:
              case 1:
              case 2:
                one.insertBefore(
                  document.createElement(['p', 'b', 'i', 'div'][random(4)]!),
                  one.childNodes[random(one.childNodes.length + 1)] ?? null,
                );
                break;
              case 3:
                one.insertBefore(document.createTextNode(`t${state}`), one.firstChild);
                break;
              case 4:
                if (one !== root && !one.contains(two))
                  two.insertBefore(one, two.childNodes[random(two.childNodes.length + 1)] ?? null);
                break;
              case 5:
                if (one !== root) {
                  one.remove();
                  if (random(2)) detached.push(one);
                }
                break;
              case 6:
                if (detached.length > 0) two.append(detached.splice(random(detached.length), 1)[0]!);
                break;
              case 7:
                one.setAttribute(`data-${random(3)}`, String(state));
                break;
              case 8:
                one.append(document.createComment('no'));
                break;
              default:
                if (one.firstChild instanceof Text) one.firstChild.data += random(9);
                if (detached[0]) detached[0].append(document.createElement('u'));
            }
            if (random(6) === 0) await Promise.resolve();
          }
        },
        [seed * 1000 + round, 40],
      );
      if (round % 3 === 0) await expectSame();
    }
    await expectSame();
  });
});

test('what changes while the channel is full is sent as one batch, of the last state only', async () => {
  await startWith('<ul id=l></ul><p id=p>0</p>');
  const [trees, wire] = await page.evaluate(async () => {
    await lab.settle();
    lab.takeTrees();
    lab.hold();
    for (let turn = 0; turn < 200; turn += 1) {
      document.getElementById('p')!.firstChild!.nodeValue = `state ${turn}`;
      const item = document.createElement('li');
      item.textContent = `item ${turn}`;
      document.getElementById('l')!.append(item);
      if (turn < 190) item.remove();
      if (turn % 20 === 0) await new Promise(requestAnimationFrame);
    }
    lab.release();
    return [lab.takeTrees(), lab.wireText()];
  });
  expect(trees).toBe(1);
  expect(wire).toContain('state 199');
  expect(wire).not.toContain('state 198');
  expect(wire).not.toContain('item 42');
  await expectSame();
});

test('a page whose frames of animation never come is mirrored all the same', async () => {
  await startWith('<p>before</p>');
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 1;
    document.querySelector('p')!.textContent = 'first';
  });
  await expectMirrored('first');
  await page.evaluate(() => (document.querySelector('p')!.textContent = 'second'));
  await expectMirrored('second');
});

test('tens of thousands of siblings at once come in time that grows as they do', { timeout: 20_000 }, async () => {
  await startWith('<div id=list></div>');
  await page.evaluate(() => {
    const rows = document.createDocumentFragment();
    for (let index = 0; index < 30_000; index += 1) {
      const row = document.createElement('p');
      row.textContent = `row ${index}`;
      rows.append(row);
    }
    document.getElementById('list')!.append(rows);
  });
  await expectMirrored('row 29999');
  await expectSame();
});

describe('of a long page that is scrolled, what is in view comes first, at its place', () => {
  const ROWS = 12_000;

  test.for(['the window', 'a box', 'a box in a shadow root'])('%s', async (scroller) => {
    const stood = await page.evaluate(
      async ([what, count]) => {
        // As in a session, all modules are there when the picture begins.
        await lab.start();
        const rows = (from: number, to: number): string =>
          Array.from({ length: to - from }, (_, row) => `<p id=r${from + row}>row <b>${from + row}</b></p>`).join('');
        const list = `<main>${rows(0, count / 2)}<article>${rows(count / 2, count)}</article></main>`;
        const style = '<style>section { height: 400px; overflow: auto }</style>';
        if (what === 'the window') document.body.innerHTML = list;
        else if (what === 'a box') document.body.innerHTML = `${style}<section>${list}</section>`;
        else {
          document.body.innerHTML = `<div id=h>${list}</div>`;
          const shadow = document.getElementById('h')!.attachShadow({ mode: 'open' });
          shadow.innerHTML = `${style}<section><slot></slot></section>`;
        }
        const seen = document.getElementById(`r${(count / 4) * 3}`)!;
        seen.scrollIntoView({ block: 'center' });
        for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);

        const frame = document.querySelector('alongside-widget')!.shadowRoot!.querySelector('iframe')!;
        const { mirrorLab } = frame.contentWindow as unknown as { mirrorLab: { feed: (bytes: Uint8Array) => void } };
        const { feed } = mirrorLab;
        const found: { top: number | undefined; hasAbove: boolean }[] = [];
        mirrorLab.feed = (bytes) => {
          feed(bytes);
          const mirrored = frame.contentDocument!;
          const top = mirrored.getElementById(seen.id)?.getBoundingClientRect().top;
          if (top !== undefined) found.push({ top, hasAbove: mirrored.getElementById(`r${count / 2 - 1}`) !== null });
        };
        // Each slice ends soon.
        const clock = performance.now.bind(performance);
        let ahead = 0;
        performance.now = () => clock() + (ahead += 0.2);
        await lab.start();
        mirrorLab.feed = feed;
        const { top } = seen.getBoundingClientRect();
        return found.map(({ top: now, hasAbove }) => ({ off: Math.round(Math.abs(now! - top)), hasAbove }));
      },
      [scroller, ROWS] as const,
    );
    const held = stood.filter(({ off }) => off <= 1);
    expect(held[0]?.hasAbove).toBe(false);
    expect(stood.at(-1)).toEqual({ off: 0, hasAbove: true });
    // Whatever is put in above it, it stays where it is.
    expect(stood.slice(stood.indexOf(held[0]!)).map(({ off }) => off <= 1)).not.toContain(false);
    await expectSame();
  });
});

test('an element takes what stands in it into a shadow root that it gets late', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<div id=host>text<p>one</p><p>two</p></div><p>three</p>';
    await lab.start();
    await lab.settle();
    const host = document.querySelector('#host')!;
    host.attachShadow({ mode: 'open' }).append(...host.childNodes, document.querySelector('body > p')!);
  });
  await expect.poll(() => page.evaluate(() => lab.difference())).toBe('');
});

test('what a script sets in a drawing by SVG’s own objects', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<svg viewBox="0 0 9 9"><g transform="translate(1 1)"><rect class=a x=1></rect></g>
      <g id=g><polygon points="0 0 1 1"></polygon></g></svg><p>p</p>`;
    await lab.start();
    // When its late shadow is there, the drawing before it has been passed too.
    document.querySelector('p')!.attachShadow({ mode: 'open' }).textContent = 'passed';
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('passed');
  await page.evaluate(() => {
    const svg = document.querySelector('svg')!;
    const rect = document.querySelector('rect')!;
    const moved = svg.createSVGTransform();
    moved.setTranslate(5, 6);
    document.querySelector<SVGGElement>('#g')!.transform.baseVal.appendItem(moved);
    document.querySelector('g')!.transform.baseVal.getItem(0).setScale(2, 3);
    (rect.className as unknown as SVGAnimatedString).baseVal = 'b';
    rect.x.baseVal.value = 7;
    svg.viewBox.baseVal.width = 8;
    document.querySelector('polygon')!.points.getItem(0).x = 4;
  });
  for (const selector of [
    '#g[transform="translate(5 6)"]',
    'g[transform="scale(2 3)"] > rect.b[x="7"]',
    'svg[viewBox="0 0 8 9"] polygon[points="4 0 1 1"]',
  ])
    await expect.poll(() => page.evaluate((asked) => lab.matches(asked), selector)).toBe(true);
});

test('what a script puts into slots stands in them', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<div id=host><p id=a>a</p><p id=b>b</p><p id=c>c</p>text</div>';
    const shadow = document.querySelector('#host')!.attachShadow({ mode: 'open', slotAssignment: 'manual' });
    shadow.innerHTML = '<section id=one><slot></slot></section><section id=two><slot name=x></slot></section>';
    const [one, two] = shadow.querySelectorAll('slot');
    one!.assign(document.querySelector('#b')!);
    two!.assign(document.querySelector('#a')!);
    await lab.start();
  });
  const places = (): Promise<string> => page.evaluate(() => lab.mirrorSlots('#host'));
  await expect.poll(places).toBe('one: b, two: a');
  await page.evaluate(() => {
    const host = document.querySelector('#host')!;
    const [one, two] = host.shadowRoot!.querySelectorAll('slot');
    one!.assign(host.lastChild as Text);
    two!.assign(document.querySelector('#b')!, document.querySelector('#c')!);
  });
  await expect.poll(places).toBe('one: text, two: b c');
});

test('fields that are called like what the browser has are no hindrance to seeing what is in view', async () => {
  await page.evaluate(async () => {
    const fields = ['ownerDocument', 'localName', 'getRootNode', 'shadowRoot', 'parentNode'];
    const inputs = fields.map((name) => `<input name=${name}>`).join('');
    document.body.innerHTML = `<div id=h></div><div style="height: 300vh"></div>`;
    const shadow = document.getElementById('h')!.attachShadow({ mode: 'open' });
    shadow.innerHTML = `<form style="height: 200vh">${inputs}</form>`;
    scrollTo(0, 50);
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
    // Not all of it is written before it is asked what is in view.
    const clock = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => clock() + (ahead += 1);
    document.body.append(...Array.from({ length: 2_000 }, () => document.createElement('p')));
    await lab.start();
  });
  expect(await page.evaluate(() => lab.missing())).toEqual({});
});

test('what WebGL has drawn once, when the customer asked for it, is seen and stays', async () => {
  await startWith('<canvas width="60" height="40"></canvas><button>draw</button>');
  await page.evaluate(() => {
    const gl = document.querySelector('canvas')!.getContext('webgl')!;
    let green = 0;
    document.querySelector('button')!.addEventListener('click', () => {
      green += 0.4;
      const draw = (): void => {
        gl.enable(gl.SCISSOR_TEST);
        gl.scissor(10, 5, 40, 30);
        gl.clearColor(1, green, 0, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
      };
      // At once, and then as most libraries do.
      if (green < 0.5) draw();
      else requestAnimationFrame(draw);
    });
  });
  const color = (): Promise<string> => page.evaluate(() => lab.canvasColor());
  await page.click('button');
  await expect.poll(color).toBe('255,102,0');
  await page.click('button');
  await expect.poll(color).toBe('255,204,0');
  // By then it was looked at again, and nothing was there.
  await page.evaluate(() => {
    const other = document.createElement('canvas');
    other.id = 'other';
    other.getContext('2d')!.fillRect(0, 0, 300, 150);
    document.body.append(other);
  });
  await page.click('#other');
  await page.evaluate(() => lab.settle());
  expect(await color()).toBe('255,204,0');
});

test('what WebGL draws in the frame of an event that the page keeps to itself is seen', async () => {
  await startWith('<canvas width="60" height="40"></canvas>');
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas')!;
    const gl = canvas.getContext('webgl')!;
    // As maps do at the end of a drag.
    addEventListener('click', (event) => event.stopPropagation(), { capture: true });
    canvas.addEventListener('mouseup', () =>
      requestAnimationFrame(() => {
        gl.clearColor(1, 0.4, 0, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
      }),
    );
  });
  await page.click('canvas');
  await expect.poll(() => page.evaluate(() => lab.canvasColor())).toBe('255,102,0');
});

/** The pointer comes to the canvas when all is at rest there, and the wheel turns in the moment of its picture. */
async function comeAndTurn(): Promise<void> {
  const canvas = document.querySelector('canvas')!;
  const frames = async (): Promise<void> => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  };
  const stopped = performance.now() + 10_000;
  performance.now = () => stopped;
  await frames();
  canvas.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  await frames();
  canvas.dispatchEvent(new WheelEvent('wheel', { bubbles: true }));
  const from = Performance.prototype.now.call(performance);
  performance.now = () => stopped + Performance.prototype.now.call(performance) - from;
}

test.each([
  ['', 0],
  [', though each frame takes its time', 80],
  [', though the pointer has only just come', 0, true],
])('what an act sets going in WebGL is seen as it comes to rest%s', async (_, frameMs, hasJustCome = false) => {
  await startWith('<canvas width="60" height="40"></canvas>');
  await page.evaluate((ms) => {
    const canvas = document.querySelector('canvas')!;
    const gl = canvas.getContext('webgl')!;
    const draw = (green: number): void => {
      gl.clearColor(1, green / 255, 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
    };
    canvas.addEventListener('click', () => draw(1));
    // As maps glide on: each frame other than the one before, and the last one stays.
    canvas.addEventListener('wheel', () => {
      let frames = 0;
      const glide = (): void => {
        const from = performance.now();
        while (performance.now() < from + ms);
        frames += 1;
        draw(frames * 10);
        if (frames < 20) requestAnimationFrame(glide);
      };
      requestAnimationFrame(glide);
    });
  }, frameMs);
  const color = (): Promise<string> => page.evaluate(() => lab.canvasColor());
  await page.click('canvas');
  await expect.poll(color).toBe('255,1,0');
  if (hasJustCome) await page.evaluate(comeAndTurn);
  else await page.mouse.wheel(0, 10);
  await expect.poll(color).toBe('255,200,0');
});

test('a picture of a canvas that is made longer than the next one does not take its place', async () => {
  await startWith('<canvas width="60" height="40"></canvas>');
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas')!;
    const gl = canvas.getContext('webgl')!;
    const { toBlob } = HTMLCanvasElement.prototype;
    let green = 0;
    canvas.addEventListener('click', () => {
      gl.clearColor(1, (green += 0.4), 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      if (green > 0.5) return;
      HTMLCanvasElement.prototype.toBlob = function (done, ...how) {
        HTMLCanvasElement.prototype.toBlob = toBlob;
        toBlob.call(this, (blob) => addEventListener('late', () => done(blob)), ...how);
      };
    });
  });
  const color = (): Promise<string> => page.evaluate(() => lab.canvasColor());
  await page.click('canvas');
  // In the frame after the click it has been pictured.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.click('canvas');
  await expect.poll(color).toBe('255,204,0');
  await page.evaluate(() => dispatchEvent(new Event('late')));
  await page.evaluate(() => lab.settle());
  expect(await color()).toBe('255,204,0');
});

test('a canvas that is given its size anew, and drawn again as it was, is still seen', async () => {
  await startWith('<canvas width="60" height="40"></canvas>');
  const draw = (): Promise<void> =>
    page.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      // As libraries do to empty it.
      canvas.width = 60;
      const pen = canvas.getContext('2d')!;
      pen.fillStyle = '#ff6600';
      pen.fillRect(0, 0, 60, 40);
    });
  const color = (): Promise<string> => page.evaluate(() => lab.canvasColor());
  await draw();
  await expect.poll(color).toBe('255,102,0');
  await draw();
  await page.evaluate(() => lab.settle());
  expect(await color()).toBe('255,102,0');
});

test('a click upon a canvas with a picture of another origin is no error of the page’s', async () => {
  const body =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="red"/></svg>';
  await page.route('http://else.example/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body }));
  await startWith('<canvas width="60" height="40"></canvas>');
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.evaluate(async () => {
    const canvas = document.querySelector('canvas')!;
    const image = new Image();
    image.src = 'http://else.example/picture.svg';
    await image.decode();
    canvas.addEventListener('click', () => canvas.getContext('2d')!.drawImage(image, 0, 0));
  });
  await page.click('canvas');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(errors).toEqual([]);
});

test('what WebGL has drawn before the session is listed as not shown until it is drawn again', async () => {
  await page.evaluate(() => {
    document.body.innerHTML = `<canvas id=opaque title=opaque></canvas><canvas id=known title=known></canvas>
      <canvas id=empty title=empty></canvas><canvas id=red title=red></canvas><button>draw</button>`;
    const draw = (id: string, red: number): void => {
      const canvas = document.querySelector<HTMLCanvasElement>(`#${id}`)!;
      const gl = canvas.getContext('webgl', { alpha: id === 'known', preserveDrawingBuffer: id === 'red' })!;
      gl.enable(gl.SCISSOR_TEST);
      if (id !== 'red') gl.scissor(10, 5, 200, 100);
      gl.clearColor(red, 0, 0, 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
    };
    // As libraries say who they are.
    document.querySelector('#known')!.setAttribute('data-engine', 'three.js r180');
    for (const id of ['opaque', 'known', 'red']) draw(id, 1);
    document.querySelector('button')!.addEventListener('click', () => {
      for (const id of ['opaque', 'known']) draw(id, 0.8);
    });
  });
  const isForgotten = (id: string): Promise<boolean> =>
    page.evaluate((canvas) => {
      const context = new OffscreenCanvas(1, 1).getContext('2d')!;
      context.drawImage(document.querySelector<HTMLCanvasElement>(canvas)!, 20, 20, 1, 1, 0, 0, 1, 1);
      return context.getImageData(0, 0, 1, 1).data[0] === 0;
    }, id);
  for (const id of ['#opaque', '#known']) await expect.poll(() => isForgotten(id)).toBe(true);
  await page.evaluate(() => lab.start());
  const list = (): Promise<string[]> => page.evaluate(() => lab.notShown().toSorted());
  await expect.poll(list).toEqual(['canvas known: unreadable', 'canvas opaque: unreadable']);
  // A canvas that nobody has drawn on yet is the page's to draw on.
  expect(await page.evaluate(() => document.querySelector<HTMLCanvasElement>('#empty')!.getContext('2d'))).toBeTruthy();
  await page.click('button');
  await expect.poll(list).toEqual([]);
  await expect.poll(() => page.evaluate(() => lab.canvasColor())).toBe('204,0,0');
});

test('what is more than is shown is listed: canvases, videos, states and animations', async () => {
  const tooLarge = (): Promise<number | undefined> => page.evaluate(() => lab.missing()['too-large']);
  await startWith('<canvas></canvas>'.repeat(52) + '<video></video>'.repeat(11));
  await expect.poll(tooLarge).toBe(3);
  await startWith(`<form>${'<input required>'.repeat(5)}</form>${'<x-unknown></x-unknown>'.repeat(1_001)}`);
  await expect.poll(tooLarge).toBe(1);
  await startWith('<i>i</i>'.repeat(201));
  await page.evaluate(() => {
    for (const i of document.querySelectorAll('i')) i.animate({ opacity: [0, 1] }, 60_000);
  });
  await expect.poll(tooLarge).toBe(1);
});

test('a canvas that has long been still is looked at again soon when the pointer is on it', async () => {
  await startWith('<canvas id=a width=60 height=40></canvas><canvas id=b width=60 height=40></canvas>');
  await page.evaluate(() => {
    const pictured = { a: 0, b: 0 };
    for (const canvas of document.querySelectorAll('canvas')) {
      const context = canvas.getContext('2d')!;
      context.fillRect(0, 0, 60, 40);
      canvas.toBlob = (...args) => {
        pictured[canvas.id as 'a' | 'b'] += 1;
        HTMLCanvasElement.prototype.toBlob.apply(canvas, args);
      };
      canvas.addEventListener('pointermove', () => {
        context.fillStyle = '#f00';
        context.fillRect(0, 0, 60, 40);
      });
    }
    Object.assign(window, { pictured });
  });
  const pictured = (id: 'a' | 'b'): Promise<number> =>
    page.evaluate((of) => (window as unknown as { pictured: Record<string, number> }).pictured[of]!, id);
  // Less and less often.
  await expect.poll(() => pictured('b')).toBe(4);
  await page.hover('#a');
  await expect.poll(() => page.evaluate(() => lab.canvasColor())).toBe('255,0,0');
  expect(await pictured('b')).toBe(4);
});

test('canvases are seen as they are drawn, and again when they change', async () => {
  await startWith('<canvas width="60" height="40"></canvas>');
  const paint = (color: string): Promise<void> =>
    page.evaluate((fill) => {
      const context = document.querySelector('canvas')!.getContext('2d')!;
      context.fillStyle = fill;
      context.fillRect(0, 0, 60, 40);
    }, color);
  await paint('rgb(200, 10, 20)');
  await expect.poll(() => page.evaluate(() => lab.canvasColor())).toBe('200,10,20');
  await paint('rgb(0, 120, 240)');
  await expect.poll(() => page.evaluate(() => lab.canvasColor())).toBe('0,120,240');
  // Another size empties a canvas on both sides, even if the same is drawn again.
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas')!;
    canvas.width = 80;
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'rgb(9, 8, 7)';
    context.fillRect(0, 0, 80, 40);
  });
  await expect.poll(() => page.evaluate(() => lab.canvasColor())).toBe('9,8,7');
});

test('a file that comes late does not take the place of what the page shows by then', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML =
      '<div class=pictured><img src="/1.png"><p style="background: url(/2.png)"></p><object data-object data="/3.png"></object></div>';
    const waiting: (() => void)[] = [];
    Object.assign(window, { waiting });
    lab.letPicturesCome((come) => void waiting.push(come));
    await lab.start();
    await lab.settle();
    document.querySelector('img')!.src = '/4.png';
    document.querySelector('p')!.style.cssText = 'color: red';
    document.querySelector('object')!.removeAttribute('data');
    await lab.settle();
    for (const come of waiting.reverse()) come();
  });
  const [seen, mirrored] = await page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100)); // Redrawn 20 ms after they have come.
    return [lab.pictures(), lab.mirrorPictures()];
  });
  expect(seen).toContain('/4.png');
  expect(mirrored).toBe(seen);
});

test('parts of drawings and formulas stay what they are where no drawing is around them', async () => {
  await page.evaluate(async () => {
    const put = (namespace: string, name: string): void => {
      const part = document.createElementNS(namespace, name);
      part.textContent = 'words';
      document.querySelector('section')!.append(part);
    };
    document.body.innerHTML = '<section></section>';
    put('http://www.w3.org/2000/svg', 'linearGradient');
    await lab.start();
    put('http://www.w3.org/1998/Math/MathML', 'mPadded');
    put('http://www.w3.org/1999/xhtml', 'linearGradient');
    put('http://www.w3.org/2000/svg', 'linearGradient');
  });
  const parts = async (): Promise<string[]> =>
    (await page.evaluate(() => lab.mirror())).match(/(?<=<section>[^]*<)[\w:]+/gu) ?? [];
  // What formulas have no word for is a row there.
  await expect.poll(parts).toEqual(['svg:linearGradient', 'math:mrow', 'lineargradient', 'svg:linearGradient']);
});

test('names with a namespace are told whole when they change', async () => {
  await startWith('<svg><a id=a xlink:href="#one" xml:lang=en></a><use id=u xlink:href="#one"></use></svg>');
  await page.evaluate(() => {
    const XLINK = 'http://www.w3.org/1999/xlink';
    document.getElementById('a')!.setAttributeNS(XLINK, 'xlink:href', '#two');
    document.getElementById('a')!.setAttribute('xml:lang', 'de');
    document.getElementById('u')!.setAttributeNS(XLINK, 'href', '#two');
  });
  const inMirror = (selector: string): Promise<boolean> => page.evaluate((wanted) => lab.matches(wanted), selector);
  await expect.poll(() => inMirror('a[*|href="#two"]:lang(de) + use[*|href="#two"]')).toBe(true);
  await page.evaluate(() => {
    document.getElementById('u')!.setAttribute('href', '#three');
    document.getElementById('u')!.removeAttributeNS('http://www.w3.org/1999/xlink', 'href');
    document.getElementById('a')!.removeAttribute('xlink:href');
  });
  await expect.poll(() => inMirror('a:not([*|href]) + use[href="#three"]:not([xlink\\:href])')).toBe(true);
});

test('in HTML a prefix is part of the name, and says nothing of the language', async () => {
  await startWith('<p lang=en xml:lang=fr>p</p><i xml:lang=fr>i</i><svg xml:lang=fr></svg>');
  const inMirror = (selector: string): Promise<boolean> => page.evaluate((wanted) => lab.matches(wanted), selector);
  expect(await inMirror('p:lang(en)[xml\\:lang=fr] + i:not(:lang(fr)) + svg:lang(fr)')).toBe(true);
  await page.evaluate(() => document.querySelector('i')!.setAttribute('xml:lang', 'de'));
  await expect.poll(() => inMirror('i[xml\\:lang=de]:not(:lang(de))')).toBe(true);
});

test('a picture in a shadow root is the one that the browser has chosen', async () => {
  await startWith('<div id=h class=pictured></div>');
  await page.evaluate(() => {
    lab.letPicturesCome((come) => come());
    const svg = (width: number): string =>
      `data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='${width}'%20height='9'/%3E`;
    const shadow = document.querySelector('#h')!.attachShadow({ mode: 'open' });
    shadow.innerHTML = `<img srcset="${svg(1)} 1x">`;
    setTimeout(() => (shadow.querySelector('img')!.srcset = `${svg(2)} 1x`), 700);
  });
  await expect.poll(() => page.evaluate(() => lab.pictures())).toContain("width='2'");
  await expect.poll(() => page.evaluate(() => lab.mirrorPictures())).toBe(await page.evaluate(() => lab.pictures()));
});

test('what is around a picture has its place before the picture comes', async () => {
  await page.route('**/wide.svg', (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="321" height="45"/>',
    }),
  );
  await page.evaluate(async () => {
    document.body.innerHTML = '<img src="/wide.svg"><p>Below</p>';
    await document.querySelector('img')!.decode();
    await lab.start();
  });
  const size = (): Promise<string[]> =>
    page.evaluate(() => [lab.styleOf('img', 'width'), lab.styleOf('img', 'height')]);
  await expect.poll(size).toEqual(['321px', '45px']);
});

test('a picture that cannot be loaded does not leave the last one in its place', async () => {
  let refuse = (): void => {};
  await page.route('**/none.png', (route) => void (refuse = () => void route.abort()));
  await page.evaluate(async () => {
    const file = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')}`;
    document.body.innerHTML = `<div class=pictured><img src="${file}"></div>`;
    await document.querySelector('img')!.decode();
    lab.letPicturesCome((come) => come());
    await lab.start();
    document.querySelector('img')!.src = '/none.png';
    await lab.settle();
  });
  refuse();
  await expect.poll(() => page.evaluate(() => lab.mirrorPictures())).toContain('/none.png');
});

test('short pictures that stand in a drawing or an object are shown', async () => {
  const [seen, mirrored] = await page.evaluate(async () => {
    const file = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}`;
    document.body.innerHTML = `<div class=pictured><svg><image href="${file}"/><image xlink:href="${file}"/></svg><object data-object data="${file}"></object></div>`;
    lab.letPicturesCome((come) => come());
    await lab.start();
    await new Promise((resolve) => setTimeout(resolve, 100)); // Redrawn 20 ms after they have come.
    return [lab.pictures(), lab.mirrorPictures()];
  });
  expect(mirrored).toBe(seen);
});

test('of a list the same is chosen though one of its options is hidden', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<select id=s><option data-alongside=hide>Zq7<option>b<option>c</select>';
    await lab.start();
  });
  await page.selectOption('#s', 'b');
  await expect.poll(() => page.evaluate(() => lab.matches('#s option:nth-last-of-type(2):checked'))).toBe(true);
  await page.evaluate(() => ((document.querySelector('option')!.firstChild as Text).data = 'Zq7 once more'));
  await page.evaluate(() => lab.settle());
  expect(await page.evaluate(() => lab.wireText())).not.toContain('Zq7');
  // Nor how long its words are.
  expect(await page.evaluate(() => lab.mirror())).toMatch(/^\s+"\*{8}"$/mu);
});
