import { expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

/** Cards that a page draws while somebody types the number: no text of theirs holds more of it than a few digits. */
eachInLab();

const CARD = '4929 7183 6504 2271';

/** What a page does with each new value, in `#card`. */
const DRAWN: Record<string, (value: string) => void> = {
  'an element for each digit, all made anew': (value) => {
    document.querySelector('#card')!.innerHTML = value
      .split('')
      .map((digit) => `<span>${digit}</span>`)
      .join('');
  },
  'an element for each digit, which comes with it': (value) => {
    const card = document.querySelector('#card')!;
    while (card.childElementCount < value.length)
      card.append(Object.assign(document.createElement('b'), { textContent: value[card.childElementCount] }));
  },
  'a text for each digit, which changes': (value) => {
    const card = document.querySelector('#card')!;
    if (card.childElementCount === 0) card.innerHTML = '<i><b>#</b></i>'.repeat(19);
    value.split('').forEach((digit, at) => (card.querySelectorAll('b')[at]!.firstChild!.nodeValue = digit));
  },
  'an element for each digit, set anew': (value) => {
    const card = document.querySelector('#card')!;
    if (card.childElementCount === 0) card.innerHTML = '<div><div><span>•</span></div></div>'.repeat(19);
    value.split('').forEach((digit, at) => (card.querySelectorAll('span')[at]!.textContent = digit));
  },
  'four digits in each element': (value) => {
    const card = document.querySelector('#card')!;
    card.innerHTML = value
      .split(' ')
      .map((group) => `<span>${group}</span>\n`)
      .join('');
  },
  'texts one after the other': (value) => {
    const card = document.querySelector('#card')!;
    card.append(value.at(-1) ?? '');
  },
  'a component for each digit': (value) => {
    const card = document.querySelector('#card')!;
    while (card.childElementCount < value.length) {
      const one = document.createElement('x-digit');
      one.attachShadow({ mode: 'open' }).innerHTML = `<b>${value[card.childElementCount]}</b>`;
      card.append(one);
    }
  },
};

async function digitsShown(): Promise<string> {
  const text = await page.evaluate(async () => {
    await lab.settle();
    return lab.mirror();
  });
  return text.replaceAll(/[^\d]/gu, '');
}

const PAGE = '<label>Card number <input name="cardnumber"></label><section><div id="card"></div></section><p>seen</p>';

test.for(Object.entries(DRAWN))('of a card that is drawn while it is typed, nothing stays: %s', async ([, draw]) => {
  await page.evaluate(async (html) => {
    document.body.innerHTML = html;
    await lab.start();
  }, PAGE);
  const before = await digitsShown();
  await page.focus('input');
  for (let end = 1; end <= CARD.length; end += 1) {
    await page.keyboard.type(CARD[end - 1]!);
    await page.evaluate(draw, CARD.slice(0, end));
    const shown = (await digitsShown()).replace(before, '');
    // The first six name a bank, and more are seen by nobody.
    expect(shown.length, CARD.slice(0, end)).toBeLessThan(7);
  }
  expect(await digitsShown()).toBe(before);
  expect(await page.evaluate(() => lab.mirror())).toContain('seen');
  expect(await page.evaluate(() => lab.wireText())).not.toContain('2271');
});

test.for(Object.entries(DRAWN))('nor of one that was drawn before the session: %s', async ([, draw]) => {
  await page.evaluate((html) => void (document.body.innerHTML = html), PAGE);
  await page.fill('input', CARD);
  for (let end = 1; end <= CARD.length; end += 1) await page.evaluate(draw, CARD.slice(0, end));
  await page.evaluate(() => lab.start());
  expect(await page.evaluate(() => lab.mirror())).toContain('seen');
  expect(await digitsShown()).toBe('');
});

test('what shows a masked value whole has that taken out and stays, and so do other numbers', async () => {
  await page.evaluate(async (card) => {
    document.body.innerHTML =
      '<label>Card number <input name="cardnumber"></label><p>Yours: <b>4</b> <b id="whole">-</b> <b>9</b></p>' +
      '<table><tr><td>49</td><td>29</td><td>2271</td><td id="cell">-</td></tr></table>';
    document.querySelector('input')!.value = card;
    await lab.start();
    document.querySelector('#whole')!.textContent = card;
    document.querySelector('#cell')!.firstChild!.nodeValue = '7183';
    await lab.settle();
  }, CARD);
  const mirrored = await page.evaluate(() => lab.mirror());
  expect(mirrored).not.toContain(CARD);
  for (const shown of ['Yours', '7183', '2271']) expect(mirrored).toContain(shown);
});

/** What a page does with each new code, in `#card`. */
const CODE_DRAWN: Record<string, () => void> = {
  'in a new text': () => (document.querySelector('#card')!.textContent = document.querySelector('input')!.value),
  'in a new element': () =>
    (document.querySelector('#card')!.innerHTML = `<b>${document.querySelector('input')!.value}</b>`),
  'in the same text': () =>
    (document.querySelector('#card')!.firstChild!.nodeValue = document.querySelector('input')!.value),
};

test.for(Object.entries(CODE_DRAWN))(
  'of a security code that is drawn while it is typed, no digit stays, and the same number elsewhere does: %s',
  async ([, draw]) => {
    await page.evaluate(async () => {
      document.body.innerHTML =
        '<label>CVC <input name="cvc"></label><div id="card">•••</div><p>seen <b id="count">7</b> of <b>739</b></p>';
      await lab.start();
    });
    await page.evaluate(`document.querySelector('input').addEventListener("input", ${draw.toString()})`);
    await page.focus('input');
    for (const digit of '739') {
      await page.keyboard.type(digit);
      expect(await digitsShown()).toBe('7739');
    }
    await page.evaluate(() => (document.querySelector('#count')!.textContent = '9'));
    expect(await digitsShown()).toBe('9739');
  },
);

test('a security code that was drawn before the session is not shown', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML =
      '<label>CVC <input name="cvc" value="739"></label><div id="card"> 739 </div><p>seen <b>73</b> 739 <b>9</b></p>';
    await lab.start();
  });
  expect(await digitsShown()).toBe('737399');
});

test('short numbers of hidden fields, of fields masked for want of rules and of expiry dates are shown elsewhere', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML =
      '<input type="hidden" value="739"><label>Quantity <input value="120"></label><b>739</b> <b>120</b>' +
      '<label>Expires <input name="cc-exp-month" autocomplete="cc-exp-month" value="12"></label><b>12</b>';
    await lab.start(null);
    lab.publish([]);
    await lab.settle();
    document.querySelector('b')!.textContent = '739';
    await lab.settle();
  });
  const mirrored = await page.evaluate(() => lab.mirror());
  for (const shown of ['739', '120', '12"']) expect(mirrored).toContain(shown);
});
