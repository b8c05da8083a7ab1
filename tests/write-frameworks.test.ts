import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Framework, FrameworkLab } from './lab/frameworks/mounts.ts';
import type { FormState } from './lab/frameworks/state.ts';
import type { WriteLab } from './lab/write-mode.ts';
import { FRAMEWORKS_LIBRARIES } from './support/lab-server.ts';
import { INSTALLING_MS, installLibraries } from './support/libraries.ts';
import { startWriteLab, type WriteLabPage } from './support/write-lab.ts';

/**
 * Every act, in a form of every framework: the events of the agent's act are those of the same act done by real input
 * through the browser's own protocol, in their order and kinds, and the framework has noticed the same.
 * `isTrusted` is not compared, no script's event has it, nor `select`: the browser sends it whenever a script sets a
 * caret, in a task of its own.
 */
declare const lab: WriteLab;
declare const frameworks: FrameworkLab;

interface Act {
  readonly act: string;
  readonly real: () => Promise<unknown>;
  readonly ours: () => unknown;
  /** What the form holds after it; all of the form is the same after both. */
  readonly holds: Partial<FormState>;
  /** What of the log is compared, where some of it is the device's alone. */
  readonly only?: RegExp;
  /** Which events no script can send, or only the device knows of, and why. */
  readonly differs?: string;
  /** Says the same about lines that differ so. */
  readonly alike?: (log: readonly string[]) => readonly string[];
}

let labPage: WriteLabPage;
let page: Page;

beforeAll(async () => {
  installLibraries();
  labPage = await startWriteLab('lab/frameworks/index.html', FRAMEWORKS_LIBRARIES);
  ({ page } = labPage);
}, INSTALLING_MS);
afterAll(() => labPage?.close());

const FRAMEWORKS: readonly Framework[] = ['plain', 'react', 'vue', 'svelte', 'angular', 'lit'];
const STATE = `new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  .then(() => document.activeElement.id + ' ' + document.querySelector('#state').textContent)`;
/** What the browser tells of a value that was chosen, not typed. */
const VALUE_EVENTS = /^(?:input|change) /u;

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const dragTo = async (x: number): Promise<void> => {
  await page.mouse.down();
  await page.mouse.move(x, 445, { steps: 14 });
  await page.mouse.up();
};

const MOVES = /^(?:drag|dragover|pointermove|mousemove) /u;
const withoutMoves = (log: readonly string[]): string[] => log.filter((line) => !MOVES.test(line));
const untilDragEnd = (log: readonly string[]): string[] =>
  log.slice(0, log.findIndex((line) => line.startsWith('dragend')) + 1);

const ACTS: readonly Act[] = [
  {
    act: 'a click',
    real: () => page.click('#press'),
    ours: () => lab.click('#press'),
    holds: { pressed: 1 },
  },
  {
    act: 'a double click',
    real: () => page.dblclick('#twice'),
    ours: () => (lab.click('#twice'), lab.click('#twice', 2)),
    holds: { twice: 1 },
  },
  {
    act: 'a right click',
    real: () => page.click('#menu', { button: 'right' }),
    ours: () => lab.menu('#menu'),
    holds: { menu: 1 },
  },
  {
    act: 'a link that the page’s router follows',
    real: () => page.click('#link'),
    ours: () => lab.click('#link'),
    holds: { routed: 1 },
  },
  {
    act: 'text and Backspace in a field that is rewritten',
    real: async () => {
      await page.click('#name');
      await page.keyboard.type('adax');
      await press('Backspace');
    },
    ours: () => {
      lab.click('#name');
      lab.type('#name', 'adax');
      lab.key('#name', 'Backspace');
    },
    holds: { name: 'ADA' },
  },
  {
    act: 'Home, arrows and Delete',
    real: async () => {
      await page.click('#notes');
      await page.keyboard.type('abcd');
      await press('Home', 'ArrowRight', 'Delete', 'End', 'ArrowLeft');
      await page.keyboard.type('x');
    },
    ours: () => {
      lab.click('#notes');
      lab.type('#notes', 'abcd');
      for (const key of ['Home', 'ArrowRight', 'Delete', 'End', 'ArrowLeft']) lab.key('#notes', key);
      lab.type('#notes', 'x');
    },
    holds: { notes: 'acxd' },
  },
  {
    act: 'Enter in a field, and leaving it',
    real: async () => {
      await page.click('#name');
      await page.keyboard.type('a');
      await press('Enter');
      await page.click('#press');
    },
    ours: () => {
      lab.click('#name');
      lab.type('#name', 'a');
      lab.key('#name', 'Enter');
      lab.click('#press');
    },
    holds: { name: 'A', pressed: 1 },
  },
  {
    act: 'selecting text by Shift and arrows, and typing over it',
    real: async () => {
      await page.click('#notes');
      await page.keyboard.type('abc');
      await press('Shift+ArrowLeft', 'Shift+ArrowLeft');
      await page.keyboard.type('z');
    },
    ours: () => {
      lab.click('#notes');
      lab.type('#notes', 'abc');
      lab.key('#notes', 'ArrowLeft', ['shift']);
      lab.key('#notes', 'ArrowLeft', ['shift']);
      lab.type('#notes', 'z');
    },
    holds: { notes: 'az' },
  },
  {
    act: 'copying from a field',
    real: async () => {
      await page.click('#notes');
      await page.keyboard.type('ab');
      await press('Control+a', 'Control+c');
    },
    ours: () => {
      lab.click('#notes');
      lab.type('#notes', 'ab');
      lab.key('#notes', 'a', ['control']);
      lab.key('#notes', 'c', ['control']);
    },
    only: /^(?!copy )/u,
    differs: '`copy`: the agent copies from the mirror, and the customer’s clipboard is left alone',
    holds: { notes: 'ab' },
  },
  {
    act: 'lines in a textarea, and leaving it',
    real: async () => {
      await page.click('#notes');
      await page.keyboard.type('a\nb');
      await page.click('#press');
    },
    ours: () => {
      lab.click('#notes');
      lab.type('#notes', 'a\nb');
      lab.click('#press');
    },
    holds: { notes: 'a\nb', pressed: 1 },
  },
  {
    act: 'text, Backspace and Enter in an editor',
    real: async () => {
      await page.click('#editor');
      await press('End');
      await page.keyboard.type('xy');
      await press('Backspace', 'Enter');
      await page.keyboard.type('z');
    },
    ours: async () => {
      lab.click('#editor');
      lab.key('#editor', 'End');
      lab.type('#editor', 'xy');
      // The next command is another task.
      await new Promise((done) => setTimeout(done));
      lab.key('#editor', 'Backspace');
      lab.key('#editor', 'Enter');
      lab.type('#editor', 'z');
    },
    holds: { text: 'onex\nz' },
  },
  {
    act: 'Tab, and Shift with it',
    real: async () => {
      await page.click('#name');
      await page.keyboard.type('a');
      await press('Tab', 'Tab', 'Shift+Tab');
    },
    ours: () => {
      lab.click('#name');
      lab.type('#name', 'a');
      lab.key('#name', 'Tab');
      lab.key('#notes', 'Tab');
      lab.key('#agreed', 'Tab', ['shift']);
    },
    holds: { name: 'A' },
  },
  {
    act: 'a tick, taken away and set again by the keyboard',
    real: async () => {
      await page.click('#agreed');
      await press('Space', 'Space');
    },
    ours: () => {
      lab.click('#agreed');
      lab.key('#agreed', ' ');
      lab.key('#agreed', ' ');
    },
    holds: { agreed: true },
  },
  {
    act: 'a label',
    real: () => page.click('#label'),
    ours: () => lab.click('#label'),
    holds: { agreed: true },
  },
  {
    act: 'a choice among radio buttons',
    real: () => page.click('#fast'),
    ours: () => lab.click('#fast'),
    holds: { pace: 'fast' },
  },
  {
    act: 'the same by an arrow',
    real: async () => {
      await page.focus('#slow');
      await press('ArrowDown');
    },
    ours: () => {
      document.querySelector<HTMLElement>('#slow')!.focus();
      lab.key('#slow', 'ArrowDown');
    },
    holds: { pace: 'fast' },
  },
  {
    act: 'a choice from a list',
    real: async () => {
      await page.focus('#size');
      await press('Space', 'ArrowDown', 'Enter');
    },
    ours: () => lab.select('#size', [1]),
    only: VALUE_EVENTS,
    differs: 'keys and pointer in the list that is open: they are in a window of the browser, here in the mirror',
    holds: { size: 'l' },
  },
  {
    act: 'the next one by an arrow',
    real: async () => {
      await page.focus('#size');
      await press('ArrowDown');
    },
    ours: () => {
      document.querySelector<HTMLElement>('#size')!.focus();
      lab.key('#size', 'ArrowDown');
    },
    holds: { size: 'l' },
  },
  {
    act: 'a slider by its arrows',
    real: async () => {
      await page.focus('#volume');
      await press('ArrowRight', 'ArrowRight', 'ArrowDown');
    },
    ours: () => {
      document.querySelector<HTMLElement>('#volume')!.focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) lab.key('#volume', key);
    },
    holds: { volume: '6' },
  },
  {
    act: 'a slider, set by the pointer',
    real: () => page.click('#volume', { position: { x: 124, y: 8 } }),
    ours: () => lab.set('#volume', '10'),
    holds: { volume: '10' },
  },
  {
    act: 'a number, typed and stepped',
    real: async () => {
      await page.click('#count');
      await press('End', 'Backspace');
      await page.keyboard.type('25');
      await press('ArrowUp');
    },
    ours: () => {
      lab.click('#count');
      lab.key('#count', 'End');
      lab.key('#count', 'Backspace');
      lab.type('#count', '25');
      lab.key('#count', 'ArrowUp');
    },
    holds: { count: '26' },
  },
  {
    act: 'a date',
    real: async () => {
      await page.focus('#day');
      await press('ArrowUp');
    },
    ours: () => lab.set('#day', '2026-02-15'),
    only: VALUE_EVENTS,
    differs: 'keys in the parts of a date: the parts are the browser’s, and no script’s key changes them',
    holds: { day: '2026-02-15' },
  },
  {
    act: 'a time',
    real: async () => {
      await page.focus('#hour');
      await press('ArrowUp');
    },
    ours: () => lab.set('#hour', '11:30'),
    only: VALUE_EVENTS,
    differs: 'the same of a time',
    holds: { hour: '11:30' },
  },
  {
    act: 'a summary that opens',
    real: async () => {
      await page.evaluate(() => lab.expect('toggle'));
      await page.click('#summary');
      await page.evaluate(() => lab.expected());
    },
    ours: async () => {
      lab.expect('toggle');
      lab.click('#summary');
      await lab.expected();
    },
    holds: { open: true },
  },
  {
    act: 'a dialog that opens, and closes by Escape',
    real: async () => {
      await page.click('#ask');
      await page.evaluate(() => lab.expect('close'));
      await press('Escape');
      await page.evaluate(() => lab.expected());
    },
    ours: async () => {
      lab.click('#ask');
      lab.expect('close');
      lab.key('#inside', 'Escape');
      await lab.expected();
    },
    only: /^(?:click|keydown|cancel|close) /u,
    differs: 'when the key goes up, and the resting pointer meets the page again: at their own time',
    holds: { closed: 1 },
  },
  {
    act: 'a pointer that comes',
    real: () => page.hover('#inner'),
    ours: () => lab.hover('#inner'),
    holds: { over: 1 },
  },
  {
    act: 'a wheel that is turned',
    real: async () => {
      await page.hover('#map');
      await page.evaluate(() => lab.expect('wheel'));
      await page.mouse.wheel(0, 120);
      await page.evaluate(() => lab.expected());
    },
    ours: () => {
      lab.hover('#map');
      lab.wheel('#map', 120);
    },
    alike: (log) => log.map((line) => (line.startsWith('wheel') ? line.replace(' cancelable', '') : line)),
    differs: 'whether it may be prevented: only the browser knows whether anybody who listens could',
    holds: { turned: 120 },
  },
  {
    act: 'a drag by the pointer',
    real: async () => {
      await page.hover('#box');
      await dragTo(360);
    },
    ours: () => lab.drag('#box', '#target'),
    alike: withoutMoves,
    differs: 'how often a move is told: as often as the device likes',
    holds: { dragged: 1 },
  },
  {
    act: 'a drag by HTML’s drag and drop',
    real: async () => {
      await page.hover('#card');
      await dragTo(360);
    },
    ours: () => lab.drag('#card', '#target'),
    only: / (?:card|target)(?: |$)/u,
    alike: (log) => untilDragEnd(withoutMoves(log)),
    differs: 'moves, what lies between the two, and when the pointer is back: the hand goes where it likes',
    holds: { dropped: 'card' },
  },
  {
    act: 'a shortcut of the page',
    real: async () => {
      await page.click('#pad');
      await press('Control+k');
    },
    ours: () => {
      lab.click('#pad');
      lab.key('#pad', 'k', ['control']);
    },
    holds: { shortcuts: 1 },
  },
];

describe.each(FRAMEWORKS)('%s', (name) => {
  const show = (): Promise<void> => page.evaluate((framework) => frameworks.show(framework), name);
  const state = async (): Promise<FormState> => {
    const shown = await page.evaluate<string>(STATE);
    return JSON.parse(shown.slice(shown.indexOf(' ') + 1)) as FormState;
  };

  test.each(ACTS)('$act', async ({ real, ours, only, alike, holds }) => {
    await labPage.expectSameLog({
      show,
      real,
      ours,
      state: STATE,
      ...(only && { only }),
      ...(alike && { alike }),
    });
    expect(await state()).toMatchObject(holds);
  });

  // No protocol reaches the browser's window of colors, so there is nothing to compare with but the standard.
  test('a color', async () => {
    await show();
    await page.evaluate(() => lab.takeLog());
    expect(await page.evaluate(() => lab.set('#color', '#102030'))).toBe('done');
    expect(await page.evaluate(() => lab.takeLog().filter((line) => /^(?:input|change) /u.test(line)))).toEqual([
      'input color bubbles composed',
      'change color bubbles',
    ]);
    expect(await state()).toMatchObject({ color: '#102030' });
  });

  test('no error of ours or of the framework', () => expect(labPage.errors).toEqual([]));
});
