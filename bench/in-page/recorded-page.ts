import { CHANGES, STEPS, type ChangeName } from './changes.ts';
import type { OURS } from './ours.ts';
import { recordReading } from './record-reading.ts';
import { recordWithRrweb } from './record-rrweb.ts';
import type { Recording } from './recording.ts';
import type { TRACKERS } from './trackers.ts';

declare const ours: typeof OURS;
/** In pages where one of them is measured. */
declare const trackers: typeof TRACKERS;

/** What the runner calls in the page that is recorded. Both recorders are there in every page; one is used. */
export const RECORDERS = {
  ours: () => ours.recordWithOurs({ deflate: true }),
  'ours, not deflated': () => ours.recordWithOurs({ deflate: false }),
  rrweb: () => recordWithRrweb({ stringify: true }),
  'rrweb, no string': () => recordWithRrweb({ stringify: false }),
  OpenReplay: () => trackers.recordWithOpenReplay(),
  Clarity: () => trackers.recordWithClarity(),
  /** What going through the DOM takes. */
  reading: recordReading,
  /** The floor: the browser's own serialising. */
  outerHTML: () => recordWithNothing(() => document.documentElement.outerHTML),
  /** What measuring itself costs. */
  nothing: () => recordWithNothing(() => ''),
} satisfies Record<string, () => Recording>;

const CHURN_NODES = 100_000;
const CHURN_STEPS = 50;

let recording: Recording | null = null;
let wall = 0;

const bench = {
  /** Nobody's sheets count: they are unlinked before, so that neither side fetches or serialises any. */
  async prepare(): Promise<number> {
    await ours.warmUpOurs();
    for (const link of document.querySelectorAll('link[rel~=stylesheet]')) link.setAttribute('rel', 'unlinked');
    return document.body.offsetHeight;
  },
  async snapshot(who: keyof typeof RECORDERS): Promise<void> {
    const from = performance.now();
    recording = RECORDERS[who]();
    await recording.complete;
    wall = performance.now() - from;
  },
  /** Nodes come and go, a screenful at a time, as in a feed that is scrolled for hours. */
  async churn(): Promise<void> {
    const box = document.createElement('div');
    document.body.append(box);
    for (let step = 0; step < CHURN_STEPS; step += 1) {
      box.replaceChildren(...Array.from({ length: CHURN_NODES / CHURN_STEPS / 2 }, paragraph));
      await frame();
    }
    box.remove();
    await quiet();
    recording?.take();
  },
  get wall() {
    return wall;
  },
  countNodes(): number {
    const walker = document.createTreeWalker(document);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  },
  prepareChange(name: ChangeName): void {
    const change = CHANGES[name];
    if ('prepare' in change) change.prepare();
  },
  /** The same frames pass whoever records. */
  async change(name: ChangeName): Promise<void> {
    for (let step = 0; step < STEPS; step += 1) {
      CHANGES[name].run(step);
      await frame();
    }
    await quiet();
  },
  quiet,
  /** Everything taken so far, as base64 and strings that the runner can carry. */
  take: () => (recording?.take() ?? []).map((part) => (typeof part === 'string' ? part : toBase64(part))),
};

export type Bench = typeof bench;

function paragraph(): HTMLElement {
  const element = document.createElement('p');
  element.textContent = 'One line of a feed';
  return element;
}

/** Waits until nothing more comes: some frames and tasks without anything new. */
async function quiet(): Promise<void> {
  for (let calm = 0, before = -1; calm < 4;) {
    await frame();
    await new Promise((resolve) => setTimeout(resolve, 0));
    const now = recording?.taken ?? 0;
    calm = now === before ? calm + 1 : 0;
    before = now;
  }
}

function frame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}

function recordWithNothing(serialise: () => string): Recording {
  const texts = [serialise()].filter((text) => text !== '');
  return {
    complete: Promise.resolve(),
    take: () => texts.splice(0),
    taken: texts.length,
    stop() {},
  };
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

Object.assign(window, { bench });
