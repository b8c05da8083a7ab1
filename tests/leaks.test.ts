import { describe, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page, renewPage } from './support/lab-page.ts';
import { KINDS, leaksIn, markupOf, MASKED_PLACES, RULE, secretOf, UNSEEN_PLACES } from './support/leak-places.ts';

declare const lab: Lab;

/**
 * A secret of its own in every place where a page can keep one, by every road; then every byte that recording handed to
 * the wire is searched for each of them.
 */
eachInLab();

async function leaked(places: Record<string, string>): Promise<string[]> {
  const wire = await page.evaluate(async () => {
    await lab.settle();
    await new Promise((resolve) => setTimeout(resolve, 300)); // What no event reports is looked at every 250 ms.
    await lab.settle();
    return lab.wireText();
  });
  expect(wire).toContain('seen');
  return leaksIn(wire, places);
}

describe.each(Object.entries(KINDS))('with %s', (_, { rules, open }) => {
  const masked = markupOf(MASKED_PLACES, (html) => `${open}${html}</div>`);

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
    await begin(markupOf(MASKED_PLACES, (html) => `${open}${html.replaceAll(/Zq\d+-Secret/gu, 'x')}</div>`));
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
      Object.keys(MASKED_PLACES).map((_place, index) => secretOf(index)),
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
    markupOf(UNSEEN_PLACES, (html) => html),
  );
  expect(await leaked(UNSEEN_PLACES)).toEqual([]);
});

test('a masked value leaves by no echo: title, text, attribute, style, class', async () => {
  const value = secretOf(0);
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

const FIELD = '<input type="password">';
const SET_AND_SHOWN: Record<string, { field: string; show: string }> = {
  'in a text': { field: FIELD, show: 'out.textContent = value' },
  'in the title': { field: FIELD, show: 'document.title = value' },
  'in something added': { field: FIELD, show: 'out.innerHTML = `<b title="${value}">${value}</b>`' },
  'when the field has gone': { field: FIELD, show: 'field.remove(); out.textContent = value' },
  'when what masks the field has gone': {
    field: '<div data-alongside="mask"><input></div>',
    show: 'field.parentNode.remove(); out.textContent = value',
  },
  'when another field stands there': {
    field: FIELD,
    show: 'field.replaceWith(document.createElement("p")); out.textContent = value',
  },
  'where the field is hidden': { field: '<div data-alongside="hide"><input></div>', show: 'out.textContent = value' },
  'where the field is in a component': { field: '<x-f></x-f>', show: 'out.textContent = value' },
  'where the field is in a frame': { field: `<iframe srcdoc='${FIELD}'></iframe>`, show: 'out.textContent = value' },
};

test.for(Object.entries(SET_AND_SHOWN))(
  'a masked value that a script sets and shows at once, %s',
  async ([, { field, show }]) => {
    await page.evaluate(async (html) => {
      document.body.innerHTML = `<p data-seen="seen">seen</p><output></output>${html}`;
      const component = document.querySelector('x-f');
      if (component) component.attachShadow({ mode: 'open' }).innerHTML = '<input type="password">';
      await new Promise((resolve) => setTimeout(resolve, 100)); // A frame has its document.
      await lab.start();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }, field);
    await page.evaluate(`{
      const root = document.querySelector('x-f')?.shadowRoot ?? document.querySelector('iframe')?.contentDocument;
      const field = (root ?? document).querySelector('input');
      const out = document.querySelector('output');
      const value = '${secretOf(0)}';
      field.value = value;
      ${show};
    }`);
    expect(await leaked({ echo: '§' })).toEqual([]);
  },
);

const RENDERED_ANEW: Record<string, string> = {
  'in the same box': 'box.innerHTML = bal(value)',
  twice: 'box.innerHTML = bal("second"); await lab.settle(); box.innerHTML = bal(value)',
  'after a while': 'box.textContent = "loading"; await lab.settle(); box.innerHTML = bal(value)',
  'with the box': 'box.outerHTML = `<div id="box">${bal(value)}</div>`',
  'with all around it': 'main.outerHTML = `<main><h1>a</h1><div id="box">${bal(value)}</div></main>`',
  'in another state': 'box.innerHTML = bal(value).replace("bal", "bal updated")',
  'a part at a time':
    'box.innerHTML = bal("second"); await lab.settle(); box.insertAdjacentHTML("beforeend", bal(value))',
  'with others, which are known from it by nothing': 'box.innerHTML = "<p class=bal>new</p>" + bal(value)',
};

test.for(Object.entries(RENDERED_ANEW))(
  'what the customer has hidden stays hidden when it is rendered anew %s',
  async ([, act]) => {
    await page.evaluate(`(async () => {
      const value = '${secretOf(0)}';
      const bal = (text) => '<p class="bal">' + text + '</p>';
      const html = '<p data-seen="seen">seen</p><main><h1>a</h1><div id="box">' + bal('first') + '</div></main>';
      document.body.innerHTML = html;
      await lab.start();
      lab.hide(document.querySelector('.bal'));
      await lab.settle();
      const [box, main] = [document.querySelector('#box'), document.querySelector('main')];
      ${act};
    })()`);
    expect(await leaked({ text: '§' })).toEqual([]);
  },
);

test('… in a component, and in a frame', async () => {
  await page.evaluate(async (value) => {
    document.body.innerHTML = '<p data-seen="seen">seen</p><x-f></x-f><iframe></iframe>';
    const roots = (): (ParentNode & Node)[] => [
      document.querySelector('x-f')!.shadowRoot!,
      document.querySelector('iframe')!.contentDocument!.body,
    ];
    document.querySelector('x-f')!.attachShadow({ mode: 'open' });
    for (const root of roots()) root.append(Object.assign(document.createElement('p'), { textContent: 'first' }));
    await lab.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const root of roots()) lab.hide(root.querySelector('p')!);
    await lab.settle();
    for (const root of roots())
      root.replaceChildren(Object.assign(document.createElement('p'), { textContent: value }));
    await lab.settle();
    document.querySelector('x-f')!.outerHTML = `<x-f><template shadowrootmode="open"></template></x-f>`;
    const next = document.querySelector('x-f')!;
    next.attachShadow({ mode: 'open' }).innerHTML = `<p>${value}</p>`;
  }, secretOf(0));
  expect(await leaked({ text: '§' })).toEqual([]);
});

test('what stands beside what the customer has hidden is shown, also when that has gone', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<ul><li>one</li><li>two</li><li>three</li></ul>';
    await lab.start();
    lab.hide(document.querySelector('li:nth-child(2)')!);
    await lab.settle();
    document.querySelector('ul')!.insertAdjacentHTML('beforeend', '<li>four</li>');
    await lab.settle();
    document.querySelector('li:nth-child(2)')!.remove();
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('three');
  expect(await page.evaluate(() => lab.mirror())).toContain('one');
});

test('what the customer has hidden stays so when it comes back, and is kept by nobody when it does not', async () => {
  await page.evaluate(
    async ([value]) => {
      document.body.innerHTML = '<p data-seen="seen">seen</p><section><div><b></b></div></section><ul></ul>';
      const [section, list] = [document.querySelector('section')!, document.querySelector('ul')!];
      await lab.start();
      const back = document.querySelector('b')!;
      lab.hide(back);
      const gone: WeakRef<Element>[] = [];
      for (let turn = 0; turn < 20; turn += 1) {
        list.innerHTML = `<li><i>${value}</i></li>`;
        if (turn === 0) lab.hide(list.querySelector('i')!);
        gone.push(new WeakRef(list.querySelector('i')!));
        await lab.settle();
      }
      // In its place comes something else, and in the end it comes back.
      section.innerHTML = `<div><b>${value}</b></div>`;
      await lab.settle();
      section.innerHTML = '';
      await lab.settle();
      back.textContent = value!;
      section.append(back);
      await lab.settle();
      Object.assign(window, { gone });
    },
    [secretOf(0)],
  );
  expect(await leaked({ text: '§' })).toEqual([]);
  const cdp = await page.context().newCDPSession(page);
  const kept = async (): Promise<number> => {
    await cdp.send('HeapProfiler.collectGarbage');
    return page.evaluate(
      () => (window as unknown as { gone: WeakRef<Element>[] }).gone.filter((one) => one.deref()).length,
    );
  };
  await expect.poll(kept).toBeLessThan(4);
});

const WHOLE_PAGE = {
  'masked as a whole': { selectors: ['html'], action: 'mask' },
  'hidden as a whole': { selectors: [':root'], action: 'hide' },
  'with a masked title': { selectors: ['title'], action: 'mask' },
  'with a selector that nobody can read': { selectors: ['.m:nonsense('], action: 'hide' },
} as const;

test.for(Object.entries(WHOLE_PAGE))('the title is not told of a page %s, nor a later one', async ([, rule]) => {
  const wire = await page.evaluate(
    async ([value, rules]) => {
      document.title = `first ${value}`;
      document.body.innerHTML = '<p>p</p>';
      await lab.start(rules);
      document.title = `second ${value}`;
      await new Promise((resolve) => setTimeout(resolve, 600));
      return lab.wireText();
    },
    [secretOf(0), [{ name: '', urls: [], ...rule }]] as const,
  );
  expect(leaksIn(wire, { title: '§' })).toEqual([]);
});

test('the title is not told of a page that is hidden where a script has gone', async () => {
  await page.evaluate(
    async ([value, rules]) => {
      document.body.innerHTML = '<p data-seen="seen">seen</p>';
      await lab.start(rules);
      history.pushState({}, '', '/account/1');
      document.title = value;
    },
    [secretOf(0), [{ name: '', urls: ['/account/*'], selectors: ['html'], action: 'hide' }]] as const,
  );
  expect(await leaked({ title: '§' })).toEqual([]);
});

const INNER: Record<string, string> = {
  'in a component': '<x-f></x-f>',
  'in a component that is a plain box': '<div id="host"></div>',
  'in a frame': '<iframe srcdoc="<p>-</p>"></iframe>',
};
const WITHIN: Record<string, (value: string) => string> = {
  'a password': (value) => `<input type="password" value="${value}">`,
  'what the page masks': (value) => `<p data-alongside="mask">${value}</p>`,
  'what a rule masks': (value) => `<p class="m">${value}</p>`,
};
const INNER_CASES = Object.entries(INNER).flatMap(([where, outer]) =>
  Object.entries(WITHIN).map(([what, inner]) => [`${what} ${where}`, outer, inner(secretOf(0))] as const),
);

test.for(INNER_CASES)('%s is known before a long page is told', async ([, outer, inner]) => {
  await page.evaluate(
    async ([value, outerHtml, html, rules]) => {
      const filler = '<p>filler text of a long page, and more of it, and more</p>'.repeat(20_000);
      document.body.innerHTML = `<p data-seen="seen">seen ${value}</p>${filler}${outerHtml}`;
      const inFrame = (): Element | null | undefined =>
        document.querySelector('iframe')?.contentDocument?.querySelector('p');
      while (inFrame() === null) await new Promise((resolve) => setTimeout(resolve, 20));
      const host = document.querySelector('x-f, #host');
      if (host) host.attachShadow({ mode: 'open' }).innerHTML = html;
      else document.querySelector('iframe')!.contentDocument!.body.innerHTML = html;
      await lab.start(rules);
    },
    [secretOf(0), outer, inner, [RULE]] as const,
  );
  expect(await leaked({ echo: '§' })).toEqual([]);
});

test('a password is still known after hundreds of keys in another masked field', async () => {
  await page.evaluate(async (value) => {
    document.body.innerHTML = `<p data-seen="seen">seen</p><output></output><input type="password" value="${value}">
      <textarea data-alongside="mask"></textarea>`;
    await lab.start();
    const text = document.querySelector('textarea')!;
    for (let key = 0; key < 505; key += 1) {
      text.value += 'x';
      text.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    document.querySelector('output')!.textContent = value;
  }, secretOf(0));
  expect(await leaked({ echo: '§' })).toEqual([]);
}, 30_000);

test('what is said in a field that is masked no more is nowhere taken out', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<p data-seen="seen">seen</p><output></output><input name="city">';
    await lab.start(null);
    lab.publish([]);
    await lab.settle();
    document.querySelector('input')!.value = 'Berlin';
    document.querySelector('output')!.textContent = 'To Berlin';
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('To Berlin');
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
    [secretOf(0), [RULE]] as const,
  );
  expect(await leaked({ text: '§' })).toEqual([]);
});

test('no rules known: every field is masked, until they come', async () => {
  await page.evaluate(async (value) => {
    document.body.innerHTML = `<p data-seen="seen">seen</p><input name="city" value="${value}"><div contenteditable>${value}</div>`;
    await lab.start(null);
  }, secretOf(0));
  expect(await leaked({ field: '§' })).toEqual([]);
  await page.evaluate(async () => {
    lab.publish([]);
    document.querySelector('input')!.value = 'Berlin';
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('Berlin');
});

test('rules that are published are followed in components and frames that are shown already', async () => {
  await page.evaluate(async (rule) => {
    document.body.innerHTML = '<section></section><iframe></iframe>';
    document.querySelector('section')!.attachShadow({ mode: 'open' }).innerHTML = '<p class=m>Shown before</p>';
    document.querySelector('iframe')!.contentDocument!.body.innerHTML = '<p class=m>Framed before</p>';
    await lab.start([{ ...rule, selectors: ['.other'] }]);
  }, RULE);
  const mirror = (): Promise<string> => page.evaluate(() => lab.mirrorWhole());
  await expect.poll(mirror).toContain('Framed before');
  await page.evaluate((rule) => lab.publish([rule]), RULE);
  await expect.poll(mirror).not.toMatch(/(?:Shown|Framed) before/u);
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

test('what a rule of another address masked stays masked as long as it is there, and nothing else does', async () => {
  await page.evaluate(async () => {
    history.replaceState({}, '', '/account/1');
    document.body.innerHTML = '<main><p id="a">Diagnosis: asthma</p></main><aside>-</aside>';
    await lab.start([
      { name: '', urls: ['/account/*'], selectors: ['main', '.m'], action: 'mask', mayShow: true },
      { name: '', urls: ['/home'], selectors: ['p'], action: 'show' },
    ]);
    history.pushState({}, '', '/home');
    await lab.settle();
    document.querySelector('#a')!.textContent = 'Diagnosis: asthmatic';
    document.querySelector('aside')!.className = 'm';
    await lab.settle();
    document.querySelector('main')!.className = 'leaving';
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.wireText())).not.toContain('sthma');
  // One frame for all pages goes by each page's rules.
  await page.evaluate(async () => {
    document.querySelector('main')!.insertAdjacentHTML('beforeend', '<p>Opening hours</p>');
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.mirror())).toContain('Opening hours');
  expect(await page.evaluate(() => lab.wireText())).not.toContain('sthma');
  // Back at an address with the rule, it is the rule's again, and so is a class that goes.
  await page.evaluate(async () => {
    history.pushState({}, '', '/account/2');
    document.body.innerHTML = '<b class="m">Asthma</b>';
    await lab.settle();
    history.pushState({}, '', '/home');
    await lab.settle();
    history.pushState({}, '', '/account/3');
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.mirror())).not.toContain('Asthma');
  await page.evaluate(async () => {
    document.querySelector('b')!.textContent = 'Hours';
    await lab.settle();
    document.querySelector('b')!.className = '';
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.mirror())).toContain('Hours');
});

test('a rule is for frames of its address wherever they stand, and for all frames of its page; `show` for its page alone', async () => {
  await page.evaluate(async () => {
    history.replaceState({}, '', '/dash');
    document.body.innerHTML = '<p data-seen="seen">seen</p>';
    // What the lab's server answers is of no matter: the frame's document is written anew.
    const framed = async (path: string): Promise<Document> => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.src = '/lab/viewer.html';
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      const { document: inner, history: past } = frame.contentWindow!;
      past.replaceState({}, '', path);
      inner.body.innerHTML = `<p class="m">Balance ${path}</p><p class="page">Of the page ${path}</p>`;
      return inner;
    };
    const rule = { name: '', action: 'mask' } as const;
    await lab.start([
      { ...rule, urls: ['/account/*'], selectors: ['.m'], mayShow: true },
      { ...rule, urls: ['/dash'], selectors: ['.page'] },
      { ...rule, urls: ['/account/*'], selectors: ['.m'], action: 'show' },
    ]);
    await framed('/account/widget');
    const other = await framed('/prices');
    // The frame's first, empty document may have been complete as well.
    while (!lab.wireText().includes('Balance /prices')) await lab.settle();
    other.defaultView!.history.replaceState({}, '', '/account/prices');
    other.body.insertAdjacentHTML('beforeend', '<p class="m">Late balance</p>');
    await lab.settle();
  });
  const wire = await page.evaluate(() => lab.wireText());
  for (const masked of ['Balance /account', 'Of the page', 'Late balance']) expect(wire).not.toContain(masked);
});

test('what scripts write into style sheets under a mask is not told, and their layout is', async () => {
  await page.evaluate(async () => {
    const rule = (words: string): string =>
      `b[data-x="${words}"]::after, b::after { content: "${words}" counter(x) '${words}'; color: rgb(1, 2, 3) }`;
    const sheet = (text: string): CSSStyleSheet => {
      const made = new CSSStyleSheet();
      made.replaceSync(text);
      return made;
    };
    document.body.innerHTML =
      '<div data-alongside="mask"><x-a></x-a><style></style></div><style></style><x-b></x-b><b>b</b>';
    for (const [index, host] of [...document.querySelectorAll('x-a, x-b')].entries()) {
      const shadow = host.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<b>b</b><input type="text">';
      shadow.adoptedStyleSheets = [sheet(rule(index === 0 ? 'Alice Wonder' : 'Opening hours'))];
    }
    const shared = sheet(
      'input:not([type="radio"])::before { content: "Shared words" } input { font-family: "Inter"; width: 77px }',
    );
    const [masked, shown] = [...document.querySelectorAll('x-a, x-b')].map((host) => host.shadowRoot!);
    masked!.adoptedStyleSheets.push(shared);
    await lab.start();
    await lab.settle();
    masked!.adoptedStyleSheets[0]!.insertRule('i::after { content: "Alice later" }');
    document.querySelector('style')!.sheet!.insertRule('b::after { content: "Alice inserted"; color: rgb(1, 2, 3) }');
    await new Promise((resolve) => setTimeout(resolve, 600));
    await lab.settle();
    Object.assign(window, { share: () => shown!.adoptedStyleSheets.push(shared) });
  });
  const wire = (): Promise<string> => page.evaluate(() => lab.wireText());
  expect(await wire()).not.toMatch(/Alice|Shared/u);
  for (const shown of ['Opening hours', '[type="radio"]', 'Inter']) expect(await wire()).toContain(shown);
  await expect.poll(() => page.evaluate(() => lab.styleOf('x-a >>> input', 'width'))).toBe('77px');
  // What is adopted elsewhere as well is read there by everybody.
  await page.evaluate(() => (window as unknown as { share(): void }).share());
  await expect.poll(wire).toContain('Shared words');
});

test('what React streams is told where it belongs, and not where it waits', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<section data-alongside="mask"></section><main></main>';
    await lab.start();
    const parked = [
      '<div hidden id="S:0"><p>Jane owes</p></div>',
      '<div hidden id="app-S:1f"><p>Jane owes</p></div>',
      '<table hidden><tr id="S:2"><td>Jane owes</td></tr></table>',
      '<svg aria-hidden="true" style="display:none" id="S:3"><text>Jane owes</text></svg>',
    ];
    document.body.insertAdjacentHTML('beforeend', parked.join(''));
    await lab.settle();
    for (const waiting of document.querySelectorAll('[id*="S:"]')) {
      waiting.firstElementChild!.append(' much');
      await lab.settle();
      document.querySelector('section')!.append(waiting.firstChild!);
      waiting.closest('body > *')!.remove();
      await lab.settle();
    }
  });
  expect(await page.evaluate(() => lab.wireText())).not.toContain('Jane');
  // What is shown is shown: in its place, or where it waited.
  await page.evaluate(async () => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<div hidden id="S:4"><p>Hours</p></div><div hidden id="S:5">Ways</div>',
    );
    await lab.settle();
    document.querySelector('main')!.append(document.getElementById('S:4')!.firstChild!);
    document.getElementById('S:5')!.hidden = false;
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.mirror())).toMatch(/Hours[^]*Ways/u);
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

test('a box follows what is hidden: its size, its place, whether it is there at all', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<section style="display: none"><div class="m" id="a" style="width: 300px; height: 120px">A</div></section>
      <div class="m" id="b" style="width: 10px"><p>B</p></div><p>after</p><p data-alongside="mask"><img id="c"></p>`;
    await lab.start([{ name: '', urls: [], selectors: ['.m'], action: 'hide' }]);
    document.querySelector('section')!.style.display = '';
    document.querySelector<HTMLElement>('#b p')!.style.height = '77px';
    const picture = document.querySelector<HTMLImageElement>('#c')!;
    picture.src = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="55" height="66"/>')}`;
  });
  const boxed = (number: number): Promise<string> => page.evaluate((at) => lab.boxes()[at] ?? '', number);
  await expect.poll(() => boxed(0)).toBe('300px 120px');
  await expect.poll(() => boxed(1)).toBe('10px 77px');
  await expect.poll(() => boxed(2)).toBe('55px 66px');
  await page.evaluate(() => (document.querySelector<HTMLElement>('#b')!.style.display = 'none'));
  await expect.poll(() => boxed(1)).toBe('auto auto');
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
    await renewPage();
  }
  expect(wires[1]).toBe(wires[0]);
});

test('how often a masked field changes is not told, nor what is chosen there', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<input type="password" id="p">
      <div class="m"><input type="checkbox" id="c"><input type="radio" name="r"><input type="radio" name="r" id="r"></div>`;
    await lab.start([{ name: '', urls: [], selectors: ['.m'], action: 'mask' }]);
  });
  await page.focus('#p');
  await page.keyboard.type('1');
  await page.evaluate(() => lab.settle());
  await page.evaluate(() => lab.takeTrees());
  for (const digit of '2345') {
    await page.keyboard.type(digit);
    await page.evaluate(() => lab.settle());
  }
  await page.evaluate(async () => {
    for (const id of ['c', 'r']) document.querySelector<HTMLInputElement>(`#${id}`)!.click();
    document.querySelector<HTMLInputElement>('#c')!.indeterminate = true;
    document.querySelector('#r')!.setAttribute('checked', '');
    await lab.settle();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.takeTrees())).toBe(0);
});

test('the agent cannot ask for the pictures of what is masked', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<b style="background: url(/seen.png)">b</b>
      <div class="m" style="background: url(/secret-0.png)"><b style="background: url(/secret-1.png)">b</b>
        <table background="/secret-2.png"></table><img src="/secret-3.png"></div>
      <p data-alongside="mask" style="background: url(/secret-4.png)">p</p><p id="later">p</p>`;
    await lab.start([{ name: '', urls: [], selectors: ['.m'], action: 'mask' }]);
    const later = document.querySelector<HTMLElement>('#later')!;
    later.className = 'm';
    later.style.background = 'url(/secret-5.png)';
    await lab.settle();
    document.querySelector<HTMLElement>('.m b')!.style.background = 'url(/secret-6.png)';
    await lab.settle();
  });
  const files = await page.evaluate(() => lab.files().map((file) => new URL(file).pathname));
  expect(files).toEqual(['/seen.png']);
});

test('where in something hidden the pointer is is not told', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<div class="m" style="width: 200px; height: 100px"><button style="width: 90px; height: 90px">1</button>
      <button style="width: 90px; height: 90px">2</button></div>`;
    await lab.start([{ name: '', urls: [], selectors: ['.m'], action: 'hide' }]);
  });
  for (const key of await page.locator('.m button').all()) await key.click();
  await expect.poll(() => page.evaluate(() => lab.pointers())).toEqual(['0.5 0.5']);
});

test('of a masked list that the page draws, which option is pointed at or has the focus', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<style>select, ::picker(select) { appearance: base-select }</style>
      <div data-alongside="mask"><select id=s><option>One<option selected>Two</select></div><select id=o><option>o</select>`;
    await lab.start();
  });
  const said = (option: string): Promise<string[]> =>
    page.evaluate(
      (asked) =>
        ['focus', 'focus-visible', 'hover', 'active'].filter((state) =>
          lab.matches(`${asked}[data-alongside-${state}]`),
        ),
      option,
    );
  const isOpen = (id: string): Promise<boolean> =>
    page.evaluate((list) => lab.matches(`${list}[data-alongside-open]`), id);
  await page.focus('#s');
  await page.keyboard.press('Space');
  await expect.poll(() => isOpen('#s')).toBe(true);
  await page.keyboard.press('ArrowUp');
  await page.hover('#s option:last-child');
  await page.mouse.down();
  await expect.poll(() => said('#s')).toEqual(['focus', 'hover', 'active']);
  expect(await said('#s option')).toEqual([]);
  expect(await page.evaluate(() => lab.pointers().at(-1))).toBe('0.5 0.5');
  // Recording begins anew while the pointer rests there.
  await page.evaluate(() => lab.start());
  expect(await said('#s')).toEqual(['focus', 'hover', 'active']);
  expect(await said('#s option')).toEqual([]);
  await page.mouse.up();
  await page.click('#o');
  await page.hover('#o option');
  await expect.poll(() => said('#o option')).toContain('hover');
});
