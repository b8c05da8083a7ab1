import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Rule } from '../protocol/rules.ts';
import type { Lab } from './lab/source.ts';
import { openLab, type LabPages } from './support/lab.ts';

declare const lab: Lab;

/**
 * A secret of its own in every place where a page can keep one, by every road; then every byte that recording handed to
 * the wire is searched for each of them.
 */
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

/** Places inside something masked. `§` stands for the secret; one line adds a place. */
const MASKED_PLACES: Record<string, string> = {
  'a text': '<p>§</p>',
  'a text deep inside': '<ul><li><b><i>§</i></b></li></ul>',
  'a table’s cell': '<table><tr><td>§</td></tr></table>',
  'a title': '<b title="§">b</b>',
  'an alt text': '<img alt="§">',
  'an aria-label': '<b aria-label="§">b</b>',
  'an aria-description': '<b aria-description="§">b</b>',
  'a data attribute': '<b data-x="§">b</b>',
  'a data attribute with a record': `<b data-props='{"a":"§"}'>b</b>`,
  'an attribute nobody knows': '<b foo="§">b</b>',
  'a placeholder': '<input placeholder="§">',
  'a field’s markup': '<input value="§">',
  'a field’s name': '<input name="§">',
  'a field’s pattern': '<input pattern="§">',
  'a hidden field': '<input type="hidden" value="§">',
  'a number': '<input type="text" inputmode="numeric" value="§">',
  'a textarea': '<textarea>§</textarea>',
  'an option’s text': '<select><option>§</option></select>',
  'an option’s value': '<select><option value="§">x</option></select>',
  'an option’s label': '<select><option label="§">x</option></select>',
  'a group of options': '<select><optgroup label="§"><option>x</option></optgroup></select>',
  'a list of suggestions': '<input list="l"><datalist id="l"><option value="§"></datalist>',
  'a button’s text': '<button type="button">§</button>',
  'a button’s value': '<input type="button" value="§">',
  'a submit button’s value': '<input type="submit" value="§">',
  'a radio’s value': '<input type="radio" value="§" checked>',
  'an editor': '<div contenteditable>§</div>',
  'an output': '<output>§</output>',
  'a summary': '<details><summary>§</summary>x</details>',
  'a link’s query': '<a href="/reset?token=§">a</a>',
  'a link’s fragment': '<a href="/reset#§">a</a>',
  'a form’s action': '<form action="/pay?c=§"></form>',
  'a picture’s address': '<img src="/picture.png?u=§">',
  'a set of pictures': '<img srcset="/picture.png?u=§ 2x">',
  'a custom property': `<b style="--name: '§'">b</b>`,
  'a custom property without quotes': '<b style="color: red; --name: §">b</b>',
  'a background': '<b style="background: url(/picture.png?u=§)">b</b>',
  'a drawing’s text': '<svg><text y="9">§</text></svg>',
  'a drawing’s title': '<svg><title>§</title><rect /></svg>',
  'a drawing’s description': '<svg><desc>§</desc></svg>',
  'a formula': '<math><mtext>§</mtext></math>',
  'a frame’s document': '<iframe srcdoc="<p>§</p>"></iframe>',
  'a frame’s address': '<iframe src="about:blank?§"></iframe>',
  'a comment': '<!-- § -->',
  'data for a script': '<script type="application/json">{"a":"§"}</script>',
  'a template': '<template>§</template>',
  'a noscript': '<noscript>§</noscript>',
  'an event handler': `<b onclick="f('§')">b</b>`,
  'a caption': '<figure><figcaption>§</figcaption></figure>',
  'a microdata property': '<meta itemprop="x" content="§">',
  'a ruby text': '<ruby>a<rt>§</rt></ruby>',
  'a time': '<time datetime="§">x</time>',
  'a citation': '<q cite="/x?§">x</q>',
  'a dialog': '<dialog open>§</dialog>',
};

/** Places no agent sees anything of, with no mask around them. */
const UNSEEN_PLACES: Record<string, string> = {
  'a password': '<input type="password" value="§">',
  'a hidden field': '<input type="hidden" value="§">',
  'a card number': '<label>Card number <input name="card" value="§"></label>',
  'a security code': '<input name="cvv" value="§">',
  'a one-time code': '<input autocomplete="one-time-code" value="§">',
  'a password shown as text': '<input type="text" name="password" value="§">',
  'a record in a data attribute': `<b data-props='{"a":"§"}'>b</b>`,
  'a link’s query': '<a href="/reset?token=§">a</a>',
  'a link in a data attribute': '<b data-href="/reset?token=§">a</b>',
  'a form’s action': '<form action="/pay?c=§"></form>',
  'a button’s own action': '<button type="button" formaction="/pay?c=§">b</button>',
  'a picture’s query': '<img src="/picture.png?u=§">',
  'a comment': '<!-- § -->',
  'data for a script': '<script type="application/json">{"a":"§"}</script>',
  'a template': '<template>§</template>',
  'an event handler': `<b onclick="f('§')">b</b>`,
};

const secret = (index: number): string => `Zq${1000 + index}-Secret`;
const markup = (places: Record<string, string>, wrap: (html: string) => string): string =>
  Object.values(places)
    .map((html, index) => wrap(html.replaceAll('§', secret(index))))
    .join('\n');

async function leaked(places: Record<string, string>): Promise<string[]> {
  const wire = await page.evaluate(async () => {
    await lab.settle();
    await new Promise((resolve) => setTimeout(resolve, 300)); // What no event reports is looked at every 250 ms.
    await lab.settle();
    return lab.wireText();
  });
  expect(wire).toContain('seen');
  return Object.keys(places).filter((_, index) => wire.includes(secret(index)));
}

const RULE: Rule = { name: '', urls: [], selectors: ['.m'], action: 'mask' };
const KINDS: Record<string, { rules: readonly Rule[]; open: string }> = {
  'a rule that masks': { rules: [RULE], open: '<div class="m">' },
  'a rule that masks what may be shown': { rules: [{ ...RULE, mayShow: true }], open: '<div class="m">' },
  'a rule that hides': { rules: [{ ...RULE, action: 'hide' }], open: '<div class="m">' },
  'a selector with a parent': { rules: [{ ...RULE, selectors: ['.outer > .m'] }], open: '<div class="m">' },
  'a selector nobody can read': { rules: [{ ...RULE, selectors: ['.m:nonsense('] }], open: '<div>' },
  'the page’s own mask': { rules: [], open: '<div data-alongside="mask">' },
  'the page’s own hide': { rules: [], open: '<div data-alongside="hide">' },
  'a word of the page nobody knows': { rules: [], open: '<div data-alongside="masked">' },
};

describe.each(Object.entries(KINDS))('with %s', (_, { rules, open }) => {
  const masked = markup(MASKED_PLACES, (html) => `${open}${html}</div>`);

  async function begin(html: string): Promise<void> {
    await page.evaluate(
      async ([body, all]) => {
        document.body.className = 'outer';
        document.body.innerHTML = `<p data-seen="seen">seen</p>${body}`;
        await lab.start(all);
      },
      [html, rules] as const,
    );
  }

  test('nothing leaves of what was there from the start', async () => {
    await begin(masked);
    expect(await leaked(MASKED_PLACES)).toEqual([]);
  });

  test('nothing leaves of what is added later, cloned, moved, and taken out of its mask', async () => {
    await begin('');
    await page.evaluate(async (html) => {
      document.body.insertAdjacentHTML('beforeend', html);
      await lab.settle();
      const boxes = [...document.body.querySelectorAll<HTMLElement>('.m, [data-alongside]')];
      for (const box of boxes) box.after(box.cloneNode(true));
      await lab.settle();
      for (const box of boxes) document.body.prepend(box);
      await lab.settle();
      // In and out of another element, with other things changed meanwhile.
      const aside = document.body.appendChild(document.createElement('aside'));
      for (const box of boxes) aside.append(box);
      for (const box of boxes) box.title = 'moved';
      await lab.settle();
      for (const box of boxes) document.body.append(box);
    }, masked);
    expect(await leaked(MASKED_PLACES)).toEqual([]);
  });

  test('nothing leaves of what is put there by script', async () => {
    await begin(markup(MASKED_PLACES, (html) => `${open}${html.replaceAll(/Zq\d+-Secret/gu, 'x')}</div>`));
    await page.evaluate(
      async (secrets) => {
        const boxes = [...document.body.querySelectorAll('p ~ div')];
        for (const [index, box] of boxes.entries()) {
          const value = secrets[index] as string;
          for (const element of box.querySelectorAll('*')) {
            for (const name of element.getAttributeNames()) {
              // Names that style sheets go by are shown.
              if (!['type', 'class', 'id'].includes(name)) element.setAttribute(name, value);
            }
            if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.value = value;
            else if (element.firstChild instanceof Text) element.firstChild.data = value;
            else if (element instanceof HTMLElement) element.title = value;
          }
          await lab.settle();
        }
      },
      Object.keys(MASKED_PLACES).map((_place, index) => secret(index)),
    );
    expect(await leaked(MASKED_PLACES)).toEqual([]);
  });
});

test('nothing leaves of what nobody sees, with no rule at all', async () => {
  await page.evaluate(
    async (html) => {
      document.body.innerHTML = `<p data-seen="seen">seen</p>${html}`;
      await lab.start();
      document.body.insertAdjacentHTML('beforeend', html);
    },
    markup(UNSEEN_PLACES, (html) => html),
  );
  expect(await leaked(UNSEEN_PLACES)).toEqual([]);
});

test('a masked value leaves by no echo: title, text, attribute, style, class', async () => {
  const value = secret(0);
  await page.evaluate(
    async ([secretText, rules]) => {
      document.title = `Hello ${secretText}`;
      document.body.innerHTML = `
        <p data-seen="seen">seen ${secretText}</p><b title="for ${secretText}" class="c-${secretText}">b</b>
        <style>input[value^="${secretText}"] { color: red } b::before { content: "${secretText}" }</style>
        <p class="m">${secretText}</p>`;
      await lab.start(rules);
    },
    [value, [RULE]] as const,
  );
  expect(await leaked({ echo: '§' })).toEqual([]);
});

test('what comes to match a rule is masked at once, and what ceases to is not told in clear', async () => {
  await page.evaluate(
    async ([value, rules]) => {
      document.body.innerHTML = `<p data-seen="seen">seen</p><section><p id="a">-</p></section><p id="b" class="m">${value}</p>`;
      await lab.start(rules);
      const [a, b] = [document.querySelector('#a')!, document.querySelector('#b')!];
      a.className = 'm';
      a.textContent = value;
      await lab.settle();
      b.className = '';
      await lab.settle();
      document.querySelector('section')!.className = 'm';
      a.className = '';
    },
    [secret(0), [RULE]] as const,
  );
  expect(await leaked({ text: '§' })).toEqual([]);
});

test('no rules known: every field is masked, until they come', async () => {
  await page.evaluate(async (value) => {
    document.body.innerHTML = `<p data-seen="seen">seen</p><input name="city" value="${value}"><div contenteditable>${value}</div>`;
    await lab.start(null);
  }, secret(0));
  expect(await leaked({ field: '§' })).toEqual([]);
  await page.evaluate(async () => {
    lab.publish([]);
    document.querySelector('input')!.value = 'Berlin';
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('Berlin');
});

test('rules that are published are followed at once, and so are those taken back', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<p data-seen="seen">seen</p><p class="m">Balance of April</p>';
    await lab.start([{ name: '', urls: ['/nowhere'], selectors: ['p'], action: 'mask' }]);
  });
  const mirror = (): Promise<string> => page.evaluate(() => lab.mirror());
  await expect.poll(mirror).toContain('April');
  await page.evaluate((rule) => lab.publish([rule]), RULE);
  await expect.poll(mirror).not.toContain('April');
  await page.evaluate(() => lab.publish([]));
  await expect.poll(mirror).toContain('April');
});

test('`show` undoes what may be undone, and nothing else', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<main><p>soft</p><h2>shown by rule</h2><p data-alongside="show">shown by page</p></main>
      <aside><p>hard</p><h2>hard heading</h2><p data-alongside="show">hard page</p></aside>
      <p data-alongside="mask"><b data-alongside="show">own mask</b></p>
      <input name="cvv" value="guessed" class="ok"><input name="cvv" value="kept" data-alongside="show">`;
    await lab.start([
      { name: '', urls: [], selectors: ['main'], action: 'mask', mayShow: true },
      { name: '', urls: [], selectors: ['aside'], action: 'mask' },
      { name: '', urls: [], selectors: ['h2', '.ok'], action: 'show' },
    ]);
  });
  const wire = await page.evaluate(async () => {
    await lab.settle();
    return lab.wireText();
  });
  for (const shown of ['shown by rule', 'shown by page', 'guessed']) expect(wire).toContain(shown);
  for (const masked of ['soft', 'hard', 'own mask', 'kept']) expect(wire).not.toContain(masked);
});

test('what cannot be obeyed to the letter is reported, by its place alone', async () => {
  const problems = await page.evaluate(async () => {
    document.body.innerHTML = '<p>seen</p>';
    await lab.start([
      { name: '', urls: [], selectors: ['.fine', '.x::before'], action: 'mask' },
      { name: '', urls: ['https://[broken'], selectors: ['.x'], action: 'restrict' },
      { name: '', urls: ['/elsewhere'], selectors: [':is(.a, :unheard-of)'], action: 'mask' },
      { name: '', urls: [], selectors: [':is(.a, :unheard-of)'], action: 'restrict' },
    ]);
    return lab.problems();
  });
  expect(problems).toEqual([
    { rule: 1, what: 'url' },
    { rule: 3, what: 'selector' },
  ]);
});

test('a hidden element leaves a box of its size and nothing of its shape', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML =
      '<div class="m" style="width: 120px; height: 40px; margin-left: 8px"><p>Alpha</p><p>Beta</p></div><p>after</p>';
    await lab.start([{ name: '', urls: [], selectors: ['.m'], action: 'hide' }]);
  });
  const wire = await page.evaluate(() => lab.wireText());
  expect(wire).toMatch(/margin-left:8px.*width:120px;height:40px/u);
  expect(wire).not.toMatch(/Alpha|Beta/u);
});

test('the length of a password, where it is scrolled to and which option was chosen are not told', async () => {
  const wires = [];
  for (const value of ['a', 'a'.repeat(200)]) {
    wires.push(
      await page.evaluate(async (typed) => {
        document.body.innerHTML = `<input type="password"><select class="m"><option>x</option><option ${typed.length > 1 ? 'selected' : ''}>x</option></select>`;
        await lab.start([{ name: '', urls: [], selectors: ['.m'], action: 'mask' }]);
        const field = document.querySelector('input')!;
        field.value = typed;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await lab.settle();
        field.focus();
        field.setSelectionRange(typed.length, typed.length);
        field.scrollLeft = 1_000;
        await new Promise((resolve) => setTimeout(resolve, 300));
        await lab.settle();
        return lab.wireText();
      }, value),
    );
    page = await labs.open();
  }
  expect(wires[1]).toBe(wires[0]);
});
