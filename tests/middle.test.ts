import { expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

/** A recording that begins while something is going on: the agent's console was reloaded, or the connection lost. */
eachInLab({ isNew: true });

const statesOf = (path: string): Promise<string[]> =>
  page.evaluate(
    (at) => ['hover', 'active', 'focus', 'open'].filter((state) => lab.matches(`${at}[data-alongside-${state}]`)),
    path,
  );

test('the pointer rests, in a component and over a label too', async () => {
  await page.evaluate(() => {
    document.body.innerHTML = `<style>b::after { content: 'n' } b:hover::after { content: 'y' }</style>
      <nav><b>b</b></nav><x-menu></x-menu><input id=before><label for=before>l</label>`;
    document.querySelector('x-menu')!.attachShadow({ mode: 'open' }).innerHTML =
      '<style>i { color: black } i:hover { color: red }</style><p><i>i</i></p>';
  });
  await page.hover('b');
  await page.evaluate(() => lab.start());
  expect(await page.evaluate(() => lab.styleOf('b::after', 'content'))).toBe('"y"');
  expect(await page.evaluate(() => lab.matches('nav[data-alongside-hover]'))).toBe(true);
  expect(await page.evaluate(() => lab.pointers())).toEqual([]);
  await page.hover('x-menu i');
  await expect.poll(() => statesOf('b')).toEqual([]);
  await page.evaluate(() => lab.start());
  expect(await page.evaluate(() => lab.styleOf('x-menu >>> i', 'color'))).toBe('rgb(255, 0, 0)');
  await page.hover('label');
  await page.mouse.down();
  await page.evaluate(() => lab.start());
  expect(await statesOf('label')).toEqual(['hover', 'active']);
  expect(await statesOf('input')).toEqual(['hover', 'active']);
  await page.mouse.up();
  await expect.poll(() => statesOf('label')).toEqual(['hover']);
});

test('a caret is in the document that has the focus, and in no other', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<div id=e contenteditable>here</div><iframe></iframe>`;
    const inner = document.querySelector('iframe')!.contentDocument!;
    inner.body.innerHTML = '<p>there</p>';
    inner.body.contentEditable = 'true';
    await lab.start();
  });
  const inFrame = (): Promise<string> =>
    page
      .frames()
      .find((one) => one.url().includes('viewer.html?frame='))!
      .evaluate(() => (window as unknown as { mirrorLab: { caret(): string } }).mirrorLab.caret());
  const carets = async (): Promise<string[]> => [await page.evaluate(() => lab.mirrorCaret()), await inFrame()];
  await page.frameLocator('iframe').first().locator('p').click();
  await expect.poll(carets).toEqual(['', expect.stringContaining('in')]);
  await page.click('#e');
  await expect.poll(carets).toEqual([expect.stringContaining('in e'), '']);
  await page.evaluate(() => lab.start());
  await expect.poll(async () => (await carets())[0]).toContain('in e');
  expect(await inFrame()).toBe('');
});

test('what lies on top of the page lies there in its order, wherever it stands', async () => {
  const CASES = [
    ['<dialog id=b>b</dialog><dialog id=a>a</dialog>', ['#a', '#b']],
    ['<p id=b popover=manual>b</p><p id=a popover=manual>a</p>', ['#a', '#b']],
    ['<p id=a popover=manual>a</p><dialog id=b>b</dialog>', ['#a', '#b']],
    ['<dialog id=a>a<p id=b popover>b</p></dialog>', ['#a', '#b']],
    ['<x-ask><i id=b>b</i></x-ask><dialog id=a>a</dialog>', ['#a', 'x-ask']],
  ] as const;
  for (const [markup, opened] of CASES) {
    await page.evaluate(
      async ([html, order]) => {
        document.body.innerHTML = `<style>#a, #b { inset: 0 auto auto 0; margin: 0; width: 60px; height: 60px }</style>${html}`;
        const ask = document.querySelector('x-ask')?.attachShadow({ mode: 'open' });
        if (ask) ask.innerHTML = '<dialog style="margin: 0"><slot></slot></dialog>';
        for (const place of order) {
          const found = document.querySelector<HTMLElement>(place)!;
          const layer = found.shadowRoot?.querySelector('dialog') ?? found;
          if (layer instanceof HTMLDialogElement) layer.showModal();
          else layer.showPopover();
        }
        await lab.start();
      },
      [markup, opened] as const,
    );
    const [mirror] = page.frames().filter((one) => one.url().includes('viewer.html'));
    const onTop = await mirror!.evaluate(() => document.elementFromPoint(22, 22)?.id);
    expect(onTop, markup).toBe('b');
  }
});

test('what one layer hides of two others is seen when that one goes', async () => {
  const CASES = [
    '<dialog id=c>c</dialog><dialog id=b>b</dialog><dialog id=a>a</dialog>',
    '<p id=c popover=manual>c</p><p id=b popover=manual>b</p><p id=a popover=manual>a</p>',
    '<dialog id=a>a<p id=c popover=manual>c</p><p id=b popover=manual>b</p></dialog>',
  ];
  for (const markup of CASES) {
    await page.evaluate(async (html) => {
      document.body.innerHTML = `<style>#a, #b, #c { inset: 0 auto auto 0; margin: 0; width: 60px; height: 60px }</style>${html}`;
      for (const layer of ['a', 'b', 'c'].map((id) => document.getElementById(id)!)) {
        if (layer instanceof HTMLDialogElement) layer.showModal();
        else layer.showPopover();
      }
      await lab.start();
      const [top] = document.elementsFromPoint(22, 22);
      if (top instanceof HTMLDialogElement) top.close();
      else (top as HTMLElement).hidePopover();
    }, markup);
    const onTop = (): Promise<(string | undefined)[]> =>
      Promise.all(
        [page.mainFrame(), page.frames().find((one) => one.url().includes('viewer.html'))!].map((side) =>
          side.evaluate(() => document.elementFromPoint(22, 22)?.id),
        ),
      );
    await expect.poll(onTop, { message: markup }).toEqual(['b', 'b']);
  }
});

test('a long value is seen where the customer is in it', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<input style="width: 100px">';
    await lab.start();
  });
  await page.click('input');
  await page.keyboard.type('a value that is longer than its field');
  const scrolled = (): Promise<number[]> =>
    Promise.all(
      [page.mainFrame(), page.frames().find((one) => one.url().includes('viewer.html'))!].map((side) =>
        side.evaluate(() => document.querySelector('input')!.scrollLeft),
      ),
    );
  const expectSame = (): Promise<void> =>
    expect
      .poll(async () => {
        const [own = 0, mirrored] = await scrolled();
        return own > 50 && mirrored === own;
      })
      .toBe(true);
  await expectSame();
  await page.evaluate(() => lab.start());
  await expectSame();
});

test('a long transition under way stands where the customer’s does, and goes on as theirs', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = `<style>p { width: 0; transition: width 1000s linear; --to: 300px }
      p.on { width: var(--to) } b { transition: color 0.1s }</style><p style="height: 9px">p</p>`;
    const p = document.querySelector('p')!;
    p.getBoundingClientRect();
    p.className = 'on';
    document.getAnimations()[0]!.currentTime = 500_000;
    await lab.start();
  });
  const width = async (): Promise<number> => parseFloat(await page.evaluate(() => lab.styleOf('p', 'width')));
  const expectWidth = (from: number, below: number): Promise<void> =>
    expect.poll(async () => (await width()) >= from && (await width()) < below).toBe(true);
  await expectWidth(150, 170);
  await page.evaluate(() => (document.getAnimations()[0]!.currentTime = 800_000));
  await expectWidth(240, 260);
  // What the page leads elsewhere now is in transition from there.
  await page.evaluate(() => document.querySelector('p')!.style.setProperty('--to', '1000px'));
  await expect.poll(() => page.evaluate(() => lab.matches('p[style*=width]'))).toBe(false);
  await expectWidth(240, 300);
  expect(await page.evaluate(() => lab.styleOf('p', 'height'))).toBe('9px');
});
