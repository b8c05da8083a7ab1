import { describe, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page, renewPage } from './support/lab-page.ts';

declare const lab: Lab;

/** Every byte that recording hands to the wire, searched for what must not be in it. */
eachInLab();

const SECRET = 'Zq7-secret-Vx9';

/** Markup with the secret in it, before the session begins. One line adds a place. */
const PLACES: Record<string, string> = {
  'a password’s value attribute': `<input type="password" value="${SECRET}">`,
  'a password in capitals': `<input TYPE="PASSWORD" VALUE="${SECRET}">`,
  'a password’s title and placeholder': `<input type="password" value="x" title="${SECRET}" placeholder="${SECRET}">`,
  'a password’s data and aria attributes': `<input type="password" data-value="${SECRET}" aria-label="${SECRET}">`,
  'a field that a sheet shows as dots': `<style>.m { -webkit-text-security: disc }</style><input class="m" value="${SECRET}">`,
  'a hidden field': `<input type="hidden" value="${SECRET}">`,
  'a one-time code': `<input autocomplete="one-time-code" value="${SECRET}">`,
  'a card number': `<input autocomplete="section-a billing cc-number" value="${SECRET}">`,
  'a masked text': `<p data-alongside="mask">${SECRET}</p>`,
  'a text deep inside a masked element': `<div data-alongside="mask"><ul><li><b>${SECRET}</b></li></ul></div>`,
  'attributes inside a masked element': `<div data-alongside="mask"><img alt="${SECRET}" title="${SECRET}"></div>`,
  'a masked textarea': `<textarea data-alongside="mask">${SECRET}</textarea>`,
  'options of a masked select': `<select data-alongside="mask"><option value="${SECRET}">${SECRET}</option></select>`,
  'an address’s query': `<a href="/order?token=${SECRET}">order</a>`,
  'an address’s fragment': `<a href="/order#${SECRET}">order</a>`,
  'a script’s text': `<script type="application/json">{"key": "${SECRET}"}</script>`,
  'a comment': `<!-- ${SECRET} -->`,
  'a noscript': `<noscript>${SECRET}</noscript>`,
  'a template': `<template><p>${SECRET}</p></template>`,
  'an event handler': `<b onclick="send('${SECRET}')">b</b>`,
  'a nonce': `<style nonce="${SECRET}">b { color: red }</style>`,
  'a form’s action': `<form action="/pay/${SECRET}"></form>`,
  'a masked text in a frame': `<iframe srcdoc="<p data-alongside='mask'>${SECRET}</p>"></iframe>`,
  'a password in a frame': `<iframe srcdoc="<input type='password' value='${SECRET}' title='${SECRET}'>"></iframe>`,
  'a masked frame': `<iframe data-alongside="mask" srcdoc="<p title='${SECRET}'>${SECRET}</p>"></iframe>`,
  'a frame in a masked element': `<div data-alongside="mask"><iframe srcdoc="<p>${SECRET}</p>"></iframe></div>`,
  'a frame in a masked frame': `<iframe data-alongside="mask" srcdoc='<iframe srcdoc="<p>${SECRET}</p>"></iframe>'></iframe>`,
};

/** Fields inside components, called something by whoever uses the component; `x-f` has a label with a slot, and a field. */
const IN_COMPONENTS: Record<string, string> = {
  'what stands in its slot': '<x-f>Security code</x-f>',
  'a label for it': '<label for="l">Security code</label><x-f id="l"></x-f>',
  'a label around it': '<label>Security code <x-f></x-f></label>',
  'its name': '<x-f name="cvv"></x-f>',
  'its autofill': '<x-f autocomplete="cc-csc"></x-f>',
  'its placeholder': '<x-f placeholder="CVV"></x-f>',
  'its own label attribute': '<x-f label="Security code"></x-f>',
  'its type': '<x-f type="password"></x-f>',
  'what the component around it is called': '<x-g aria-label="Security code"></x-g>',
  'a label beside another field that is none to type in': '<x-f with="hidden" label="Security code"></x-f>',
};
const NAMED_OTHERWISE: Record<string, string> = {
  'the name that Angular gives it': `<input formcontrolname="cvv" value="${SECRET}">`,
  'a label whose picture has harmless words': `<label for="p">Card number <img alt="Card type"></label><input id="p" value="${SECRET}">`,
  'a label that is a picture': `<label for="p"><img alt="Security code"></label><input id="p" value="${SECRET}">`,
  'a label with a name of its own': `<label for="p" aria-label="Security code"></label><input id="p" value="${SECRET}">`,
  'three dots': `<input placeholder="•••" value="${SECRET}">`,
};

/** Where people type that is no form's field. */
const EDITORS: Record<string, string> = {
  'its own name': '<div contenteditable aria-label="Security code"></div>',
  'what names it': '<b id="l">Password</b><div contenteditable="true" role="textbox" aria-labelledby="l"></div>',
  'a label for it': '<label for="e">Card number</label><div contenteditable="plaintext-only" id="e"></div>',
  'its ID': '<p contenteditable id="user_password"><b>-</b></p>',
  'what an editor shows while it is empty': '<div contenteditable data-placeholder="CVV">-</div>',
  'its autofill': '<span contenteditable autocomplete="section-a one-time-code">-</span>',
  'the cell before its own': '<table><tr><td>Security code<td><div contenteditable>-</div></table>',
  'its role alone': '<div tabindex="0" role="textbox" title="PIN"></div>',
  dots: '<div contenteditable style="-webkit-text-security: disc"></div>',
};

async function wireAfter(act: (secret: string) => void | Promise<void>): Promise<string> {
  await page.evaluate(act, SECRET);
  return page.evaluate(async () => {
    await lab.settle();
    await new Promise((resolve) => setTimeout(resolve, 300)); // Fields set by script are looked at every 250 ms.
    await lab.settle();
    return lab.wireText();
  });
}

test.for(Object.entries(PLACES))('nothing leaves of %s, there from the start or added later', async ([, html]) => {
  // A masked frame is a grey box: nobody looks into it.
  const frames = html.includes('data-alongside="mask"') ? 0 : html.split('<iframe').length - 1;
  await page.evaluate(async (markup) => {
    document.body.innerHTML = `<h1>seen</h1>${markup}`;
    await lab.start();
  }, html);
  await expect.poll(() => page.evaluate(() => lab.framesComplete())).toBe(frames);
  const first = await page.evaluate(() => lab.wireText());
  expect(first).toContain('seen');
  expect(first).not.toContain(SECRET);
  const holder = await page.evaluateHandle((markup) => {
    const box = document.createElement('div');
    box.innerHTML = markup;
    document.body.append('added', box);
    return box;
  }, html);
  await expect.poll(() => page.evaluate(() => lab.framesComplete())).toBe(frames * 2);
  const later = await wireAfter(() => {});
  expect(later).toContain('added');
  expect(later).not.toContain(SECRET);
  await holder.dispose();
});

test('a password stays masked when the page shows it as text, copies it into attributes and says it elsewhere', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<input type="password" id="p"><output id="o"></output><p id="q">-</p>';
    await lab.start();
  });
  await page.fill('#p', SECRET);
  const wire = await wireAfter((secret) => {
    const field = document.querySelector<HTMLInputElement>('#p')!;
    field.type = 'text';
    field.setAttribute('value', secret);
    field.title = secret;
    document.querySelector('#o')!.textContent = `You typed ${secret}!`;
    document.querySelector('#q')!.firstChild!.nodeValue = secret;
    document.querySelector('#q')!.setAttribute('data-echo', `x${secret}x`);
    document.body.append(field.cloneNode(true));
    document.body.append(field);
  });
  expect(wire).toContain('You typed');
  expect(wire).not.toContain(SECRET);
});

test('what is typed into a masked element that is no field stays masked where the page says it again', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<div data-alongside="mask"><p id="e" contenteditable></p></div><output id="o">-</output>`;
    await lab.start();
    // As an editor does that shows what it holds.
    document.querySelector('#e')!.addEventListener('input', ({ target }) => {
      document.querySelector('#o')!.textContent = `Dear ${(target as Element).textContent}!`;
    });
  });
  await page.focus('#e');
  await page.keyboard.type('Anna Schmidt');
  const wire = await wireAfter(() => {});
  expect(wire).toContain('Dear ');
  expect(wire).not.toMatch(/Anna S|Schmidt/u);
  const later = await wireAfter(() => {
    document.querySelector('#e')!.textContent = '';
    document.body.append('Sent to Anna Schmidt.');
  });
  expect(later).toContain('Sent to ');
  expect(later).not.toContain('Schmidt');
});

test('a password set by script, and one typed before the session, never leave', async () => {
  await page.evaluate(() => {
    document.body.innerHTML = '<input type="password" id="a"><input type="password" id="b">';
  });
  await page.fill('#a', SECRET);
  await page.evaluate(() => lab.start());
  const wire = await wireAfter((secret) => {
    document.querySelector<HTMLInputElement>('#b')!.value = secret;
  });
  expect(wire).toContain('********');
  expect(wire).not.toContain(SECRET);
});

test('what is changed inside a masked element is masked as it was at first', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<section data-alongside="mask"><p id="p" title="t">first</p></section>';
    await lab.start();
  });
  const wire = await wireAfter((secret) => {
    const text = document.querySelector('#p')!;
    text.firstChild!.nodeValue = secret;
    text.setAttribute('title', secret);
    text.append(secret, Object.assign(document.createElement('b'), { textContent: secret }));
    text.attachShadow({ mode: 'open' }).append(secret);
  });
  expect(wire).not.toContain(SECRET);
  expect(wire).not.toContain('first');
});

test('what moves into something masked, and out of it again, is there each time', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<section data-alongside="mask"></section><p id="p">April</p>';
    await lab.start();
    document.querySelector('section')!.append(document.querySelector('#p')!);
  });
  const stands = (selector: string): Promise<boolean> => page.evaluate((wanted) => lab.matches(wanted), selector);
  await expect.poll(() => stands('section > p')).toBe(true);
  expect(await page.evaluate(() => lab.mirror())).not.toContain('April');
  await page.evaluate(() => document.body.append(document.querySelector('#p')!));
  await expect.poll(() => stands('body > p')).toBe(true);
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('April');
});

test('what is not masked any more is shown, and so is what changes in it', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<section data-alongside="mask"><p id="p" title="t">first</p></section>';
    await lab.start();
    document.querySelector('section')!.removeAttribute('data-alongside');
  });
  await expect.poll(() => page.evaluate(() => lab.matches('section > p'))).toBe(true);
  await page.evaluate(() => {
    document.querySelector('section')!.title = 'of everybody';
    document.querySelector('#p')!.setAttribute('title', 'in the open');
    document.querySelector('#p')!.append('added');
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('in the open');
  expect(await page.evaluate(() => lab.mirror())).toContain('of everybody');
  expect(await page.evaluate(() => lab.mirror())).toContain('added');
});

test('on a page with more fields than are asked in a slice of time, nothing is said before all secrets are known', async () => {
  const wire = await wireAfter((secret) => {
    document.title = `Thank you, ${secret}`;
    const fields = Array.from({ length: 5_000 }, (_, at) => `<input aria-label="Name ${at}" value="name ${at}">`);
    document.body.innerHTML = `<p>So it is ${secret}</p>${fields.join('')}<input type="password" value="${secret}">`;
    return lab.start();
  });
  expect(wire).toContain('Thank you');
  expect(wire).toContain('So it is');
  expect(wire).toContain('name 4999');
  expect(wire).not.toContain(SECRET);
});

test('what the page keeps in hidden fields for itself does not take its words out of its texts', async () => {
  const wire = await wireAfter((secret) => {
    document.body.innerHTML = `<input type="hidden" name="action" value="overview"><input type="hidden" value="${secret}">
      <p>An overview of your orders; never ${secret}</p>`;
    void lab.start();
  });
  expect(wire).toContain('An overview of your orders; never ********');
});

test.for(Object.entries(IN_COMPONENTS))('the field of a component is masked by %s', async ([, html]) => {
  const wire = await wireAfter(async (secret) => {
    customElements.define(
      'x-f',
      class extends HTMLElement {
        static formAssociated = true;
        constructor() {
          super();
          this.attachInternals();
          const [label, field] = [document.createElement('label'), document.createElement('input')];
          Object.assign(label, { htmlFor: 'i' }).append(document.createElement('slot'));
          this.attachShadow({ mode: 'open' }).append(label, Object.assign(field, { id: 'i', value: secret }));
        }
        connectedCallback() {
          const type = this.getAttribute('with');
          if (type) this.shadowRoot!.append(Object.assign(document.createElement('input'), { type }));
        }
      },
    );
    customElements.define(
      'x-g',
      class extends HTMLElement {
        constructor() {
          super();
          this.attachShadow({ mode: 'open' }).append(document.createElement('x-f'));
        }
      },
    );
  });
  expect(wire).toBe('');
  await page.evaluate(async (markup) => {
    document.body.innerHTML = `<h1>seen</h1>${markup}`;
    await lab.start();
  }, html);
  await page.locator('input').first().fill(`${SECRET}2`);
  const later = await wireAfter(() => {});
  expect(later).toContain('seen');
  expect(later).not.toContain(SECRET);
});

test.for(Object.entries(NAMED_OTHERWISE))('a field is masked by %s', async ([, html]) => {
  await page.evaluate(async (markup) => {
    document.body.innerHTML = `<h1>seen</h1>${markup}`;
    await lab.start();
  }, html);
  const wire = await wireAfter(() => {});
  expect(wire).toContain('seen');
  expect(wire).not.toContain(SECRET);
});

test.for(Object.entries(EDITORS))('what is typed in an element that is no field is masked by %s', async ([, html]) => {
  await page.evaluate(async (markup) => {
    document.body.innerHTML = `<h1>seen</h1>${markup}<div contenteditable aria-label="Message" id="other"></div>`;
    await lab.start();
  }, html);
  const editor = page.locator('[contenteditable], [role=textbox]').first();
  if ((await editor.getAttribute('contenteditable')) !== null) await editor.fill(SECRET);
  const typed = await wireAfter(() => {});
  const wire = await wireAfter((secret) => {
    const written = document.querySelector('[contenteditable], [role=textbox]')!;
    written.innerHTML = `<i>${secret}</i>`;
    written.firstChild!.firstChild!.nodeValue = `${secret}2`;
    document.querySelector('#other')!.append('Good day');
  });
  expect(wire).toContain('Good day');
  expect(typed + wire).not.toContain(SECRET);
});

test('a field is masked that a script names by an element, which no attribute tells', async () => {
  await page.evaluate(async (secret) => {
    document.body.innerHTML = `<b>Security code</b> it is. <input value="${secret}">`;
    document.querySelector('input')!.ariaLabelledByElements = [document.querySelector('b')!];
    await lab.start();
  }, SECRET);
  const wire = await page.evaluate(() => lab.wireText());
  expect(wire).toContain('Security code');
  expect(wire).not.toContain(SECRET);
});

test('an element that people type in is masked when it comes to be named so, and whose label comes late', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<label for="e"></label><div contenteditable id="e">7391-4711</div>
      <div contenteditable id="f">7391-4712</div><div id="g" title="Password">7391-4713</div>
      <b id="l"></b><div role="textbox" aria-labelledby="l">7391-4714</div>
      <b id="k"></b><div id="h" aria-labelledby="k">7391-4715</div>`;
    await lab.start();
  });
  await page.evaluate(() => {
    document.querySelector('#h')!.setAttribute('contenteditable', '');
    return lab.settle();
  });
  for (const end of [1, 2, 3, 4, 5]) expect(await page.evaluate(() => lab.mirror())).toContain(`7391-471${end}`);
  await page.evaluate(() => {
    for (const label of document.querySelectorAll('label, b')) label.append('Security code');
    document.querySelector('#f')!.setAttribute('aria-label', 'Security code');
    document.querySelector('#g')!.setAttribute('role', 'textbox');
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).not.toContain('7391-471');
});

describe('what stands in a slot that a component masks', () => {
  const MASKED = {
    mask: '<div data-alongside=mask><slot></slot></div>',
    hide: '<p data-alongside=hide>Its <slot></slot></p>',
  };

  test.for([
    MASKED.mask,
    MASKED.hide,
    '<slot data-alongside=mask></slot>',
    '<div class=ruled><slot name=other></slot><slot></slot></div>',
    '<x-inner><slot></slot></x-inner>',
  ])('%s', async (shadow) => {
    await page.evaluate(
      async ([html, inner]) => {
        document.body.innerHTML = '<section><x-host>Zq1 <p title=Zq2>Zq3 <b>Zq4</b></p></x-host></section><i>after</i>';
        const host = document.querySelector('x-host')!;
        host.attachShadow({ mode: 'open' }).innerHTML = html;
        const within = host.shadowRoot!.querySelector('x-inner');
        if (within) within.attachShadow({ mode: 'open' }).innerHTML = inner;
        await lab.start([{ name: '', urls: [], selectors: ['.ruled'], action: 'mask' }]);
        await lab.settle();
        (host.firstChild as Text).data = 'Zq5';
        host.querySelector('b')!.firstChild!.textContent = 'Zq6';
        host.querySelector('p')!.title = 'Zq7';
        host.append('Zq8', Object.assign(document.createElement('input'), { value: 'Zq9' }));
        await lab.settle();
      },
      [shadow, MASKED.mask] as const,
    );
    await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('"after"');
    expect(await page.evaluate(() => lab.wireText())).not.toContain('Zq');
    expect(await page.evaluate(() => lab.faults())).toEqual([]);
  });

  test('from then on, when the mask or the component comes later', async () => {
    await page.evaluate(async () => {
      document.body.innerHTML = '<x-one><p>early</p></x-one><x-two><p>late</p></x-two>';
      document.querySelector('x-one')!.attachShadow({ mode: 'open' }).innerHTML = '<div><slot></slot></div>';
      await lab.start();
      await lab.settle();
      document.querySelector('x-one')!.shadowRoot!.querySelector('div')!.dataset['alongside'] = 'mask';
      const late = document.querySelector('x-two')!.attachShadow({ mode: 'open' });
      late.innerHTML = '<div data-alongside=mask><slot></slot></div>';
    });
    const mirror = (): Promise<string> => page.evaluate(() => lab.mirror());
    await expect.poll(mirror).not.toContain('"early"');
    await expect.poll(mirror).not.toContain('"late"');
    await page.evaluate(async () => {
      for (const p of document.querySelectorAll('p')) p.firstChild!.textContent = 'Zq1';
      for (const p of document.querySelectorAll('p')) p.after('Zq2');
      await lab.settle();
    });
    expect(await page.evaluate(() => lab.wireText())).not.toContain('Zq');
  });
});

test('what is chosen of masked options is not told by the select’s own button', async () => {
  const wire = await wireAfter(async () => {
    document.body.innerHTML = `<style>select, ::picker(select) { appearance: base-select }</style>
      <select><button><selectedcontent></selectedcontent></button><option>plain
      <option data-alongside="mask"><b>Jane Doe</b></select>`;
    document.querySelector('select')!.selectedIndex = 1;
    await lab.start();
    document.querySelector('select')!.selectedIndex = 0;
    await lab.settle();
    document.querySelector('select')!.selectedIndex = 1;
  });
  expect(wire).toContain('plain');
  expect(wire).not.toContain('Jane');
});

test('what a component says by a word of the standard’s is certain: no rule shows its field', async () => {
  const wire = await wireAfter(async (secret) => {
    document.body.innerHTML = '<x-f autocomplete="cc-csc"></x-f><p>seen</p>';
    const inner = document.createElement('x-in');
    const field = Object.assign(document.createElement('input'), { value: secret });
    inner.attachShadow({ mode: 'open' }).append(field, document.createElement('input'));
    document.querySelector('x-f')!.attachShadow({ mode: 'open' }).append(inner);
    const shown = { urls: [], selectors: ['body', 'input', 'x-f'], name: '', action: 'show' } as const;
    await lab.start([shown]);
  });
  expect(wire).toContain('seen');
  expect(wire).not.toContain(SECRET);
});

test('a component that comes to be called otherwise has its field masked in the same batch, however busy the machine', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<x-f></x-f><x-g></x-g>';
    const [inner, outer] = [document.querySelector('x-f')!, document.querySelector('x-g')!];
    const fieldIn = (host: Element, value: string): void =>
      host.attachShadow({ mode: 'open' }).append(Object.assign(document.createElement('input'), { value }));
    fieldIn(inner, '7391-4711');
    const nested = document.createElement('x-f');
    outer.attachShadow({ mode: 'open' }).append(nested);
    fieldIn(nested, '7391-4712');
    await lab.start();
  });
  for (const end of [1, 2]) expect(await page.evaluate(() => lab.mirror())).toContain(`7391-471${end}`);
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    let lost = 0;
    performance.now = () => now() + (lost += 5);
    document.querySelector('x-f')!.setAttribute('label', 'Security code');
    document.querySelector('x-g')!.setAttribute('aria-label', 'Security code');
    document.body.append('told');
  });
  let mirrored = '';
  await expect.poll(async () => (mirrored = await page.evaluate(() => lab.mirror()))).toContain('told');
  expect(mirrored).not.toContain('7391-471');
});

test('a large component that comes to be called otherwise has all of its fields masked soon', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<x-app></x-app>';
    const inside = document.querySelector('x-app')!.attachShadow({ mode: 'open' });
    for (let part = 0; part < 1_000; part += 1) {
      const field = Object.assign(document.createElement('input'), { value: '7391-4711' });
      const inner = document.createElement('x-part');
      inner.attachShadow({ mode: 'open' }).append(field);
      inside.append(inner);
    }
    await lab.start();
  });
  expect(await page.evaluate(() => lab.mirror())).toContain('7391-4711');
  await page.evaluate(() => {
    document.querySelector('x-app')!.setAttribute('autocomplete', 'cc-number');
    return lab.settle();
  });
  // What is typed meanwhile is not told first.
  const wire = await wireAfter((secret) => {
    const parts = document.querySelector('x-app')!.shadowRoot!.querySelectorAll('x-part');
    parts[990]!.shadowRoot!.querySelector('input')!.value = secret;
  });
  expect(wire).not.toContain(SECRET);
  await expect.poll(() => page.evaluate(() => lab.mirror())).not.toContain('7391-4711');
});

test('what is typed where a style sheet shows dots only while it is typed is masked', async () => {
  const wire = await wireAfter(async () => {
    document.body.innerHTML = `<style>input:focus, .on input { -webkit-text-security: disc }</style>
      <input id="a"><div><input id="b"></div><p>seen</p>`;
    await lab.start();
    document.querySelector<HTMLInputElement>('#a')!.focus();
    await lab.settle();
  });
  expect(wire).toContain('seen');
  await page.keyboard.type(SECRET);
  const typed = await wireAfter((secret) => {
    document.querySelector('div')!.className = 'on';
    document.querySelector<HTMLInputElement>('#b')!.value = `${secret}2`;
  });
  expect(typed).not.toContain(SECRET.slice(0, 4));
  const later = await wireAfter(() => document.querySelector<HTMLInputElement>('#a')!.blur());
  expect(later).not.toContain(SECRET.slice(0, 4));
});

test('what a masked field suggests is masked, and masked when the field is', async () => {
  const wire = await wireAfter(async (secret) => {
    document.body.innerHTML = `<datalist id="d"><option value="${secret}">${secret}</option></datalist>
      <input list="d" type="text" name="cvv"><input list="e" id="f"><input list="g">
      <datalist id="e"><option value="7391-4711"></datalist><datalist id="g"><option value="a city"></datalist>`;
    await lab.start();
    document.querySelector('#d')!.append(new Option(secret));
  });
  expect(wire).not.toContain(SECRET);
  expect(wire).toContain('a city');
  expect(wire).toContain('7391-4711');
  await page.evaluate(async () => {
    document.querySelector('#f')!.setAttribute('aria-label', 'Card number');
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.mirror())).not.toContain('7391-4711');
});

test('the lengths and colors of a masked component are not taken out of the rest of the page', async () => {
  const wire = await wireAfter(async (secret) => {
    const looks = 'padding: 12px; border: 1px solid rgb(224, 224, 230); box-shadow: none; color: #18a058';
    const custom = `--a: 12px; --b: 1px solid rgb(224, 224, 230); --c: none; --d: #18a058; --e: ${secret}; --f: 471142`;
    document.body.innerHTML = `<p data-alongside="mask" style="${custom}">text</p><p style="${looks}">${secret} 471142</p>`;
    await lab.start();
  });
  for (const look of ['padding: 12px', '1px solid rgb(224, 224, 230)', 'box-shadow: none', '#18a058'])
    expect(wire).toContain(look);
  expect(wire).not.toContain(SECRET);
  expect(wire).not.toContain('471142');
});

test('the list of a masked combobox is masked wherever the page shows it, and no list of another', async () => {
  const wire = await wireAfter(async (secret) => {
    document.body.innerHTML = `<div data-alongside="mask"><input role="combobox" aria-controls="a"></div>
      <input role="combobox" aria-controls="b c"><button data-alongside="mask" aria-controls="d">a tab</button>`;
    await lab.start();
    const show = (role: string, id: string, text: string): void => {
      const list = `<div role="${role}" id="${id}"><input role="combobox" aria-controls="${id}"><p>${text}</p></div>`;
      document.body.insertAdjacentHTML('beforeend', list);
    };
    show('listbox', 'a', secret);
    show('listbox', 'c', 'a city');
    show('dialog', 'd', 'a panel');
  });
  expect(wire).not.toContain(SECRET);
  expect(wire).toContain('a city');
  expect(wire).toContain('a panel');
  await page.evaluate(async () => {
    document.querySelector('[data-alongside] input')!.setAttribute('aria-controls', 'c');
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.mirror())).not.toContain('a city');
});

/** As Ant Design builds it: the list that the field names is for those who listen, and the options lie beside it. */
test('what a masked combobox shows beside its list is masked, and no other’s, nor what is around an empty list', async () => {
  const wire = await wireAfter(async (secret) => {
    const popup = (id: string, text: string, style = 'height:0;width:0;overflow:hidden'): string =>
      `<div><div><div role=listbox id=${id} style="${style}"></div><div class=shown><i title="${text}">${text}</i></div></div></div>`;
    document.body.innerHTML = `<div data-alongside="mask"><input role=combobox aria-controls=a>
      <input role=combobox aria-owns=b><input role=combobox aria-owns=d><input role=combobox aria-controls=e></div>
      <input role=combobox aria-controls=c>${popup('a', `${secret}-first`)}${popup('d', 'an article', 'overflow:auto')}
      <div><div role=listbox id=e>${secret}</div></div>`;
    await lab.start();
    document.body.insertAdjacentHTML('beforeend', popup('b', `${secret}-later`) + popup('c', 'a city'));
    await lab.settle();
    document.querySelector('#b + .shown')!.insertAdjacentHTML('beforeend', `<u>${secret}-last</u>`);
    await lab.settle();
  });
  expect(wire).not.toContain(SECRET);
  expect(wire).toContain('a city');
  expect(wire).toContain('an article');
});

test('a page that is a component does not mask all of its fields for what it is called, nor a word that says otherwise', async () => {
  const wire = await wireAfter(async () => {
    customElements.define(
      'x-page',
      class extends HTMLElement {
        constructor() {
          super();
          const root = this.attachShadow({ mode: 'open' });
          for (const label of ['First name', 'City']) {
            const [inner, field] = [document.createElement('x-in'), document.createElement('input')];
            inner.setAttribute('label', label);
            field.value = `my ${label}`;
            inner.attachShadow({ mode: 'open' }).append(field);
            root.append(inner);
          }
          this.title = 'Change password';
        }
      },
    );
    document.body.innerHTML = '<x-page></x-page><x-in label="Card" autocomplete="cc-name"></x-in>';
    const field = Object.assign(document.createElement('input'), { value: 'Ada Byron' });
    document.body.lastElementChild!.attachShadow({ mode: 'open' }).append(field);
    await lab.start();
  });
  for (const shown of ['my First name', 'my City', 'Ada Byron']) expect(wire).toContain(shown);
});

test('the value of a custom element that is no secret is shown, and one that is set later is judged as well', async () => {
  const wire = await wireAfter(async (secret) => {
    document.body.innerHTML = `<x-rating value="Seen-1"></x-rating><x-field name="card-type" value="Seen-2"></x-field>
      <x-field name="city" value="Seen-3"><input name="city"></x-field>
      <x-field name="cvv" class="ok" value="Seen-4"></x-field><x-field name="pin"></x-field><x-field id="s"></x-field>`;
    const shadowed = document.querySelector('#s')!;
    shadowed.setAttribute('value', secret);
    shadowed.attachShadow({ mode: 'open' }).innerHTML = '<input type="password">';
    await lab.start([{ name: '', urls: [], selectors: ['.ok'], action: 'show' }]);
    document.querySelector('[name=pin]')!.setAttribute('value', secret);
  });
  for (const seen of ['Seen-1', 'Seen-2', 'Seen-3', 'Seen-4']) expect(wire).toContain(seen);
  expect(wire).not.toContain(SECRET);
});

test('lists that are masked only until the rules are there take no words from the page', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<select><option>Monthly<option>Quarterly</select><select name="cc_exp_month"><option>January</select>
      <p>Monthly, or Quarterly from January</p>`;
    await lab.start(null);
    lab.publish([]);
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('Monthly, or Quarterly from January');
  await page.evaluate(() => document.querySelector('p')!.append('; Monthly'));
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('; Monthly');
});

test('what a widget copies of a masked list is masked, and words of every list are shown', async () => {
  const wire = await wireAfter(async () => {
    const lists = (
      kind: string,
    ): string => `<select data-alongside="mask"><option value="">Please select<option>${kind}-asthma
      <option selected>${kind}-diabetes<option>Yes<option>No<option>1</select><ul><li>${kind}-asthma<li>${kind}-Diabetes<li>Yes</ul>`;
    const many = Array.from({ length: 30 }, (_, index) => `<option>Country ${String.fromCodePoint(65 + index)}`);
    document.body.innerHTML = `${lists('early')}<p>Please select one: Yes, No, 1</p>
      <select data-alongside="mask">${many.join('')}</select><p>Country B</p>
      <select name="cc_exp_month"><option>January</select><select autocomplete="cc-exp-month"><option>February</select>
      <p>From January to February</p>`;
    await lab.start();
    document.body.insertAdjacentHTML('beforeend', lists('later'));
    await lab.settle();
    document.body.insertAdjacentHTML('beforeend', '<b>later-diabetes</b>');
  });
  expect(wire).not.toMatch(/-(?:asthma|diabetes)/iu);
  for (const shown of ['Please select one: Yes, No, 1', 'Country B', 'From January to February'])
    expect(wire).toContain(shown);
});

test('so is what comes into a masked list later, and what comes into others is shown', async () => {
  const wire = await wireAfter(async () => {
    document.body.innerHTML = `<select data-alongside="mask" id="m"><option>None yet</select><select id="s"></select>
      <p>seen</p><ul></ul>`;
    await lab.start();
    const [masked, shown, list] = ['#m', '#s', 'ul'].map((selector) => document.querySelector(selector)!);
    const choose = (text: string): void => {
      for (const select of [masked!, shown!]) select.append(new Option(select === masked ? text : `Open ${text}`));
      list!.insertAdjacentHTML('beforeend', `<li title="${text}">${text}</li>`);
    };
    choose('at-once-asthma');
    await lab.settle();
    masked!.replaceChildren(new Option('anew-asthma'));
    await lab.settle();
    list!.insertAdjacentHTML('beforeend', '<li>Anew-asthma, Open hours</li>');
  });
  expect(wire).not.toMatch(/(?<!Open )at-once-asthma|anew-asthma/iu);
  expect(wire).toContain(', Open hours');
});

test('a masked date is masked as people write it', async () => {
  const forms = [
    '1985-03-14',
    '14/03/1985',
    '14.3.1985',
    '3/14/1985',
    'March 14, 1985',
    '14 March 1985',
    'Mar 14, 1985',
  ];
  const wire = await page.evaluate(async (texts) => {
    document.body.innerHTML = '<input type="date" data-alongside="mask"><input type="date" id="s"><p>seen</p><ul></ul>';
    document.documentElement.lang = 'fr';
    await lab.start();
    const [masked, shown] = [...document.querySelectorAll('input')];
    masked!.value = '1985-03-14';
    shown!.value = '2026-11-21';
    for (const text of [...texts, '14 mars 1985', '21 November 2026'])
      document.querySelector('ul')!.insertAdjacentHTML('beforeend', `<li>Born ${text}</li>`);
    await lab.settle();
    return lab.wireText();
  }, forms);
  for (const form of [...forms, '14 mars 1985']) expect(wire).not.toContain(form);
  expect(wire).toContain('21 November 2026');
});

test('how many digits a masked number has is not told, nor how wide a field is that is as wide as its value', async () => {
  const wires = [];
  for (const balance of ['7', '1,234.56', '98 765 432.10']) {
    wires.push(
      await wireAfter(async () => {
        document.body.innerHTML =
          '<p>seen</p><p data-alongside="mask">You have <b>$</b>, or so</p><input type="password">';
        await lab.start();
      }),
    );
    await page.evaluate(async (text) => {
      document.querySelector('b')!.textContent = `$${text}`;
      const field = document.querySelector('input')!;
      field.size = text.length;
      field.style.width = `${text.length}ch`;
      await lab.settle();
    }, balance);
    wires.push(await page.evaluate(() => lab.wireText()));
    await renewPage();
  }
  expect(new Set(wires).size).toBe(2);
});

test('how far along a masked slider or bar is is not told by the places of its parts', async () => {
  await page.evaluate(async () => {
    const gauges = (at: number): string => `
      <span style="width: 200px"><span class="track" style="left: 0%; width: ${at}%"></span>
        <span class="thumb" style="left: ${at}%"><input type="range" value="${at}"></span></span>
      <div><div><i style="transform: translate(0%, 0) scale(0.${at}, 1)"></i></div>
        <div style="transform: translate(-${at}%, 0)"><b role="slider" aria-valuenow="${at}"></b></div></div>
      <div role="progressbar"><i style="width: calc(${at}% + 6px); color: red"></i></div>
      <input type="range" style="background: linear-gradient(to right, red ${at}%, blue ${at}%)">`;
    document.body.innerHTML = `<div data-alongside="mask">${gauges(37)}</div>
      <div data-alongside="mask"><p style="width: 73%; left: 50%">Of no bar</p></div>${gauges(64)}`;
    await lab.start();
    document.querySelector<HTMLElement>('.thumb')!.style.left = '38%';
    await lab.settle();
  });
  const wire = await page.evaluate(() => lab.wireText());
  expect(wire).not.toMatch(/3[78]%|0\.3[78]/u);
  for (const shown of ['64%', 'scale(0.64', 'width: 73%', 'color: red']) expect(wire).toContain(shown);
});

test('a field that was masked for its label stays so when the label goes', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<label for="f">Security code</label><input id="f" value="739">';
    await lab.start();
  });
  await page.evaluate(() => document.querySelector('label')!.replaceChildren('Verifying…'));
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('Verifying');
  await page.waitForTimeout(2_500); // Two rounds of looking at labels.
  expect(await wireAfter(() => {})).not.toContain('739');
});

test('a field whose label comes later is masked then', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<label for="f"></label><input id="f" value="7391-4711">';
    await lab.start();
  });
  await expect.poll(() => page.evaluate(() => lab.mirror())).toContain('7391-4711');
  await page.evaluate(() => document.querySelector('label')!.append('Security code'));
  await expect.poll(() => page.evaluate(() => lab.mirror())).not.toContain('7391-4711');
});

test('components that have a `list` of their own, of whatever kind, end no session', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML =
      '<x-list></x-list><x-todo></x-todo><form id=f><input name=list><input name=list></form><p>-</p>';
    const host = document.querySelector('x-list')!;
    const item = document.createElement('x-item');
    host.attachShadow({ mode: 'open' }).append(item);
    Object.assign(item, { list: host });
    Object.assign(document.querySelector('x-todo')!, { list: [1, 2] });
    await lab.start();
    for (const element of document.querySelectorAll('x-list, x-todo, form')) element.setAttribute('title', 'changed');
    await lab.settle();
    document.querySelector('p')!.textContent = 'goes on';
    await lab.settle();
  });
  expect(await page.evaluate(() => lab.mirror())).toContain('goes on');
});

test('an icon in something masked does not take the same icon from the rest of the page', async () => {
  const icon = '<svg viewBox="0 0 24 24"><path d="M12 2L2 22h20z"/><circle cx="12.5" cy="12.5" r="10.25"/></svg>';
  await page.evaluate(async (svg) => {
    document.body.innerHTML = `<p data-alongside="mask">${svg}</p><p data-alongside="hide">${svg}</p>${svg}`;
    await lab.start();
  }, icon);
  expect(
    await page.evaluate(() => lab.matches('body > svg[viewBox="0 0 24 24"] > [d^=M12] + [cx="12.5"][r="10.25"]')),
  ).toBe(true);
});
