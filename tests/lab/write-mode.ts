import type { Act, Modifier } from '../../protocol/command.ts';
import type { Outcome } from '../../protocol/errors.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { SessionMode } from '../../protocol/page-message.ts';
import type { ReceiptEntry } from '../../protocol/receipt.ts';
import { createActing, type Acting } from '../../site-snippet/control/act.ts';
import { waitAsAHand } from '../../site-snippet/control/perform/steps.ts';
import { createJudge } from '../../site-snippet/mask/judge.ts';
import { createFinder } from '../../site-snippet/mask/rules/finder.ts';
import { withoutRules } from '../../site-snippet/mask/rules/without.ts';
import { createLastLook } from '../../site-snippet/mask/last-look.ts';

/** The agent's hands in a page without network: commands as they would arrive, and a log of what the page felt. */
const host = document.createElement('alongside-widget');
host.attachShadow({ mode: 'open' }).innerHTML =
  '<button id="exit" style="all:initial;width:100%;height:100%">Exit</button>';
host.style.cssText = 'position:fixed;right:0;bottom:0;width:120px;height:40px;z-index:9';
document.documentElement.append(host);

const LOGGED =
  'pointerover pointerenter pointerout pointerleave pointermove pointerdown pointerup mouseover mouseenter mouseout ' +
  'mouseleave mousemove mousedown mouseup click dblclick focus focusin blur focusout keydown keypress keyup beforeinput ' +
  'input change submit toggle cancel close dragstart drag dragenter dragover dragleave drop dragend pointercancel wheel ' +
  'compositionstart compositionupdate compositionend contextmenu auxclick copy cut paste';

let nodes: (Node | undefined)[] = [];
let sequence = 0;
let log: string[] = [];
let told: ReceiptEntry[] = [];
let ending: AbortController;
let pace: (next: () => void) => void = waitAsAHand;
let acting: Acting = start();
let happened: Promise<void> = Promise.resolve();
/** A click has no pause in it unless a story wants it: what it comes to is told at once. */
const withoutPause = (next: () => void): void => next();

function start(): Acting {
  ending = new AbortController();
  // What an earlier story has set going is told later, and is none of this one's.
  const own: ReceiptEntry[] = [];
  told = own;
  const tellActs = (acts: readonly ReceiptEntry[]): void => void own.push(...acts);
  const lastLook = createLastLook();
  lastLook.setFinder(createFinder([{ name: 'Policy', pattern: 'POL-\\d{6}' }]));
  return createActing({
    document,
    host,
    judge: createJudge(withoutRules()),
    lastLook,
    tellActs,
    signal: ending.signal,
    wait: (next) => pace(next),
  });
}

function describe(event: Event): string {
  const target = event.target as Partial<Element> & { nodeName?: string };
  const parts = [event.type, target.id || (target.nodeName ?? 'window').toLowerCase()];
  if (event instanceof KeyboardEvent) {
    const { key, code, keyCode, charCode, shiftKey, ctrlKey } = event as KeyboardEvent & { charCode: number };
    parts.push(key, code, String(keyCode), String(charCode), shiftKey ? 'shift' : '', ctrlKey ? 'control' : '');
  } else if (event instanceof InputEvent) {
    parts.push(event.inputType, String(event.data));
  } else if (event instanceof MouseEvent) {
    parts.push(String(event.detail), String(event.buttons), String(event.button));
  }
  parts.push(event.bubbles ? 'bubbles' : '', event.cancelable ? 'cancelable' : '', event.composed ? 'composed' : '');
  return parts.filter((part) => part !== '').join(' ');
}

for (const type of LOGGED.split(' ')) {
  // On the document: Chrome sends `pointerenter` and the like only where a node listens.
  document.addEventListener(type, (event) => event.target !== host && log.push(describe(event)), { capture: true });
}

const lab = {
  show(html: string): void {
    document.body.innerHTML = html;
    acting = start();
    nodes = [undefined, document];
    sequence = 0;
    log = [];
  },
  /** What the server was told of the agent's acts. */
  told: (): readonly ReceiptEntry[] => told,
  takeLog(): string[] {
    const taken = log;
    log = [];
    return taken;
  },
  /** The number a node has, given out at the first question. */
  id(selector: string | Node): NodeId {
    const node = typeof selector === 'string' ? document.querySelector(selector) : selector;
    if (!node) throw new Error('There is no such node.');
    if (!nodes.includes(node)) nodes.push(node);
    return nodes.indexOf(node) as NodeId;
  },
  forget(id: number): void {
    nodes[id] = undefined;
  },
  /** The same of what takes its time, or waits for it. */
  commandLater: (act: Act, { mode = 'write', epoch = 7, sent = 7, number = ++sequence } = {}): Promise<Outcome> =>
    new Promise((done) => {
      const command = { act, epoch: sent, sequence: number, node: (id: number) => nodes[id] };
      acting.perform(command, mode as SessionMode, epoch, done);
    }),
  command(act: Act, { mode = 'write', epoch = 7, sent = 7, number = ++sequence } = {}): Outcome {
    const command = { act, epoch: sent, sequence: number, node: (id: number) => nodes[id] };
    let outcome: Outcome | undefined;
    pace = withoutPause;
    acting.perform(command, mode as SessionMode, epoch, (told) => (outcome = told));
    pace = waitAsAHand;
    if (!outcome) throw new Error('It has not been done yet.');
    return outcome;
  },
  click: (selector: string | Node, count = 1, x = 0.5, y = 0.5, modifiers: Modifier[] = []): Outcome =>
    lab.command({ act: 'click', at: { node: lab.id(selector), x, y }, count, modifiers }),
  clickInTime: (selector: string | Node, count = 1): Promise<Outcome> =>
    lab.commandLater({ act: 'click', at: { node: lab.id(selector), x: 0.5, y: 0.5 }, count, modifiers: [] }),
  type: (selector: string | Node, text: string): Outcome => lab.command({ act: 'type', node: lab.id(selector), text }),
  key: (selector: string | Node, key: string, modifiers: Modifier[] = []): Outcome =>
    lab.command({ act: 'key', node: lab.id(selector), key, modifiers }),
  menu: (selector: string): Outcome => lab.command({ act: 'menu', at: { node: lab.id(selector), x: 0.5, y: 0.5 } }),
  hover: (selector: string | Node): Outcome =>
    lab.command({ act: 'hover', at: { node: lab.id(selector), x: 0.5, y: 0.5 } }),
  drag: (from: string, to: string, x = 0.5): Promise<Outcome> =>
    lab.commandLater({
      act: 'drag',
      from: { node: lab.id(from), x: 0.5, y: 0.5 },
      to: { node: lab.id(to), x, y: 0.5 },
    }),
  wheel: (selector: string, y: number): Outcome =>
    lab.command({ act: 'wheel', at: { node: lab.id(selector), x: 0.5, y: 0.5 }, x: 0, y }),
  compose: (selector: string, text: string): Outcome => lab.command({ act: 'compose', node: lab.id(selector), text }),
  select: (selector: string, indices: number[]): Outcome =>
    lab.command({ act: 'select', node: lab.id(selector), indices }),
  set: (selector: string, value: string): Outcome => lab.command({ act: 'set', node: lab.id(selector), value }),
  /** Listens from now on for an event that comes by itself, after the act. */
  expect(type: string): void {
    happened = new Promise((resolve) => {
      document.addEventListener(type, () => resolve(), { capture: true, once: true });
    });
  },
  expected: (): Promise<void> => happened,
  leave: () => acting.leave(),
  /** The session is over. */
  end: () => ending.abort(),
  refusals: () => Object.fromEntries(acting.refusals),
};

export type WriteLab = typeof lab;

Object.assign(window, { lab });
