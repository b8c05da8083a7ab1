import { readPageMessage, writePageMessage, type PageMessage } from '../../protocol/page-message.ts';
import { RULES_FORMAT, type Rule, type RuleProblem } from '../../protocol/rules.ts';
import { heirsOf } from '../../site-snippet/mask/heirs.ts';
import { createJudge, isVeiled, type Judge, type RuleMatches } from '../../site-snippet/mask/judge.ts';
import { createRuleMatches } from '../../site-snippet/mask/rules/matches.ts';
import { withoutRules } from '../../site-snippet/mask/rules/without.ts';
import { CLEARING } from '../../site-snippet/mask/rules/clearing.ts';
import { createFinder } from '../../site-snippet/mask/rules/finder.ts';
import { createMaskedFields } from '../../site-snippet/mask/rules/masked-fields.ts';
import { maskedStyle } from '../../site-snippet/mask/rules/masked-style.ts';
import { partsAround } from '../../site-snippet/mask/rules/parts-around.ts';
import { rememberWithin } from '../../site-snippet/mask/rules/remember-within.ts';
import { createLastLook } from '../../site-snippet/mask/last-look.ts';
import { createPictureOutput } from '../../site-snippet/picture-output.ts';
import { createAssets } from '../../site-snippet/record/files/assets.ts';
import { startRecorder, type Recorder } from '../../site-snippet/record/recorder.ts';
import { boxOfHidden } from './describe-box.ts';
import { describePictures } from './describe-pictures.ts';
import { describeState } from './describe-state.ts';
import { describeTree } from './describe-tree.ts';
import { createChance, createGround, holds, hurryClock, storm, type Chance } from './storm.ts';

/**
 * Recording and mirror side by side in one tab, without network: for trees and changes that a whole session would only
 * slow down. The mirror's frame hangs in a shadow root of the widget's host, which recording never looks into.
 */
const host = document.createElement('alongside-widget');
document.documentElement.append(host);
const frame = document.createElement('iframe');
frame.src = './viewer.html';
host.attachShadow({ mode: 'open' }).append(frame);

interface MirrorLab {
  feed(bytes: Uint8Array): void;
  keepBeneath(): void;
  keepFile(asset: number, text: string): void;
  slowDown(): void;
  describe(): string;
  describeAll(): string;
  describePictures(): string;
  letPicturesCome(how: (come: () => void) => void): void;
  canvasColor(): string;
  styleOf(path: string, property: string): string;
  boxes(): string[];
  matches(selector: string): boolean;
  selected(): string;
  caret(): string;
  poster(): string;
  chosenFiles(id: string): string[];
  hasFocus(): boolean;
  notShown(): string[];
  highlighted(name: string): string[];
  slots(host: string): string;
}

let recorder: Recorder | null = null;
let bytes = 0;
let wire: Uint8Array[] = [];
let trees = 0;
let framesComplete = 0;
let isHeld = false;
let waiting: (() => void)[] = [];
/** What no page should ever see: lost step, and what ends a recording. */
let faults: string[] = [];
let completed: () => void = () => {};
let whenComplete = new Promise<void>((resolve) => (completed = resolve));

function mirrorLab(): MirrorLab {
  return (frame.contentWindow as unknown as { mirrorLab: MirrorLab }).mirrorLab;
}

function send(message: PageMessage): void {
  const encoded = writePageMessage(message);
  bytes += encoded.length;
  wire.push(encoded);
  if (message.type === 'tree') trees += 1;
  mirrorLab().feed(encoded);
  if (message.type === 'complete') completed();
  if (isComplete(message)) framesComplete += 1;
}

/** Of a document in a frame. */
function isComplete(message: PageMessage): boolean {
  if (message.type !== 'in-frame') return false;
  const inner = readPageMessage(message.message);
  return inner?.type === 'complete' || (inner !== null && isComplete(inner));
}

let assets = createAssets(new AbortController().signal, () => Promise.reject(new Error('nowhere')));
let judge: Judge = createJudge(withoutRules());
let problems: RuleProblem[] = [];
let inForce = new AbortController();

function matchesOf(rules: readonly Rule[]): RuleMatches {
  inForce.abort();
  inForce = new AbortController();
  return createRuleMatches({
    document,
    rules: { format: RULES_FORMAT, version: 1, rules, patterns: [] },
    url: () => location.href,
    onProblems: (found) => problems.push(...found),
    signal: inForce.signal,
  });
}

function describePage(root: Document): string {
  return describeTree(
    root,
    host,
    describeState,
    ({ contentDocument }) => (contentDocument === null ? '' : describePage(contentDocument)),
    boxOfHidden,
  );
}

const lab = {
  /** @param rules of the site; `null`: not known yet */
  async start(rules: readonly Rule[] | null = []): Promise<void> {
    recorder?.stop();
    wire = [];
    faults = [];
    framesComplete = 0;
    whenComplete = new Promise<void>((resolve) => (completed = resolve));
    problems = [];
    judge = createJudge(rules === null ? null : rules.length === 0 ? withoutRules() : matchesOf(rules));
    judge.clearing = CLEARING;
    const lastLook = createLastLook();
    lastLook.setFinder(createFinder([]), rememberWithin, maskedStyle, createMaskedFields(), partsAround);
    assets = createAssets(new AbortController().signal, () => Promise.reject(new Error('nowhere')));
    recorder = startRecorder(
      document,
      host.shadowRoot!,
      createPictureOutput({
        document,
        judge,
        lastLook,
        assets,
        onFile(asset) {
          const file = assets.at(asset);
          if (typeof file === 'object') mirrorLab().keepFile(asset, file.text);
        },
        send,
        sendLive: send,
        pace: {
          get isReady() {
            return !isHeld;
          },
          whenReady: (callback) => void waiting.push(callback),
        },
        pinnedIn: () => [],
        onSpent: () => void lab.start(),
        onMaskedFocus() {},
        onFailed(error) {
          lab.fault(error);
          throw error;
        },
      }),
    );
    await whenComplete;
  },
  /** Lets everything that is waiting be written: two frames and a task. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  },
  page: () => describeTree(document, host),
  mirror: () => mirrorLab().describe(),
  slowDown: () => mirrorLab().slowDown(),
  /** Pictures, and what else has attributes of every kind, on both sides. */
  pictures: () => describePictures(document),
  mirrorPictures: () => mirrorLab().describePictures(),
  letPicturesCome: (how: (come: () => void) => void) => mirrorLab().letPicturesCome(how),
  fileAt(asset: number): string | undefined {
    const source = assets.at(asset);
    return typeof source === 'string' ? source : undefined;
  },
  /**
   * The first line in which page and mirror are not the same, with the states, some styles and what is in frames; or what
   * went wrong.
   */
  difference(): string {
    if (faults.length > 0) return faults.join('\n');
    const lines = describePage(document).split('\n');
    const mirrored = mirrorLab().describeAll().split('\n');
    const at = lines.findIndex((line, index) => line !== mirrored[index]);
    if (at === -1 && lines.length === mirrored.length) return '';
    const first = at === -1 ? lines.length : at;
    return `${first}: ${lines.slice(Math.max(0, first - 3), first + 1).join('\n')}\nin the mirror: ${mirrored[first]}`;
  },
  /** The mirror with its states, some styles and what is in frames. */
  mirrorWhole: () => mirrorLab().describeAll(),
  faults: () => faults,
  fault: (error: unknown) => void faults.push(String(error instanceof Error ? error.stack : error)),
  createChance,
  createGround,
  holds,
  hurryClock,
  storm: (chance: Chance, steps: number, change: () => void) => storm(chance, steps, lab, change),
  /** The mirror's frame has lost its viewer. */
  renewFrame: (number: number) => recorder?.renewFrame(number),
  canvasColor: () => mirrorLab().canvasColor(),
  /** The agent's list, each with its reason. */
  notShown: () => mirrorLab().notShown(),
  boxes: () => mirrorLab().boxes(),
  matches: (selector: string) => mirrorLab().matches(selector),
  mirrorPoster: () => mirrorLab().poster(),
  mirrorFiles: (id: string) => mirrorLab().chosenFiles(id),
  mirrorCaret: () => mirrorLab().caret(),
  mirrorSelection: () => mirrorLab().selected(),
  mirrorHighlighted: (name: string) => mirrorLab().highlighted(name),
  mirrorSlots: (host: string) => mirrorLab().slots(host),
  mirrorHasFocus: () => mirrorLab().hasFocus(),
  styleOf: (path: string, property: string) => mirrorLab().styleOf(path, property),
  keepBeneath: () => mirrorLab().keepBeneath(),
  /** What a judge without rules says of an element. */
  isVeiled: (element: Element) => isVeiled(createJudge(withoutRules()).of(element)),
  publish: (rules: readonly Rule[]) => judge.setRules(matchesOf(rules)),
  hide: (element: Element) => judge.hide(element, heirsOf),
  problems: () => problems,
  /** Addresses that an agent may ask for by their number. */
  files(): string[] {
    const named: string[] = [];
    for (let asset = 0; ; asset += 1) {
      const source = assets.at(asset);
      if (source === undefined) break;
      if (typeof source === 'string') named.push(source);
    }
    return named;
  },
  /** What is said to be missing, and how often. */
  missing(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const message of wire.map(readPageMessage))
      if (message?.type === 'not-shown') counts[message.reason] = (counts[message.reason] ?? 0) + 1;
    return counts;
  },
  framesComplete: () => framesComplete,
  stop: () => recorder?.stop(),
  /** As when the channel is full. */
  hold(): void {
    isHeld = true;
  },
  release(): void {
    isHeld = false;
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) callback();
  },
  takeTrees(): number {
    const taken = trees;
    trees = 0;
    return taken;
  },
  takeBytes(): number {
    const taken = bytes;
    bytes = 0;
    return taken;
  },
  /** Where the customer's pointer was and clicked, as fractions of an element; each once. */
  pointers(): string[] {
    const messages = wire.map(readPageMessage);
    const told = messages.map((one) => (one?.type === 'pointer' || one?.type === 'clicked' ? one.at : null));
    return [...new Set(told.map((at) => at && `${at.x} ${at.y}`).filter((at) => at !== null))];
  },
  wireText: () => new TextDecoder().decode(new Uint8Array(wire.flatMap((part) => [...part]))),
};

export type Lab = typeof lab;

frame.addEventListener('load', () => Object.assign(window, { lab }));
