import type { Act } from '../../protocol/command.ts';
import type { Outcome } from '../../protocol/errors.ts';
import { parseStoredReceipt, type StoredEntry } from '../stored-receipt.ts';
import { element } from './element.ts';

/** Done, and tried but not done. */
const WORDS: Readonly<Record<Act['act'], readonly [string, string]>> = {
  click: ['Clicked', 'Tried to click'],
  type: ['Typed in', 'Tried to type in'],
  key: ['Pressed a key in', 'Tried a key in'],
  select: ['Chose from', 'Tried to choose from'],
  set: ['Set', 'Tried to set'],
  scroll: ['Scrolled', 'Tried to scroll'],
  navigate: ['Went', 'Tried to go'],
  open: ['Opened', 'Tried to open'],
  hover: ['Rested on', 'Tried to rest on'],
  drag: ['Dragged', 'Tried to drag'],
  wheel: ['Turned the wheel on', 'Tried the wheel on'],
  compose: ['Typed in', 'Tried to type in'],
  menu: ['Opened the menu of', 'Tried to open the menu of'],
};

const WHY_NOT: Partial<Record<Outcome, string>> = {
  'refused:restricted': 'not allowed',
  'refused:masked': 'hidden',
  'refused:submit': 'only you can submit',
  'refused:origin': 'another site',
  'refused:widget': 'not allowed',
};

/** What the agent did, for the customer to read when it is over; `null`: nothing. @param stored as the tab kept it */
export function receiptList(stored: string, agentName: string): HTMLElement | null {
  const entries = parseStoredReceipt(stored);
  if (entries.length === 0) return null;
  const list = element('ol', {}, ...entries.map((entry) => element('li', {}, lineOf(entry))));
  // A policy of the page may forbid style attributes; this is none.
  list.style.cssText = 'max-height:40vh;overflow:auto;margin:4px 0 0;padding-left:28px;font-size:13px';
  const summary = element('summary', {}, 'What ', element('bdi', {}, agentName || 'your representative'), ' did here');
  summary.append(` (${entries.length})`);
  return element('details', { class: 'receipt' }, summary, list);
}

function lineOf({ at, act, name, outcome, times }: StoredEntry): string {
  const [done, tried] = WORDS[act];
  const time = new Date(at).toLocaleTimeString();
  const what = name === '' ? (act === 'scroll' ? 'the page' : 'something without a name') : `“${name}”`;
  const often = times > 1 ? ` (${times} times)` : '';
  if (outcome === 'done') return `${time} ${done} ${what}${often}`;
  return `${time} ${tried} ${what}${often}: ${WHY_NOT[outcome] ?? 'nothing happened'}`;
}
