import Tracker from '@openreplay/tracker';
import { clarity } from 'clarity-js';
import type { Recording } from './recording.ts';

/** Clarity's number of the event that carries the page. */
const DISCOVERED = /\[\d+,5,/u;

/** Session recorders as their sites start them; see docs/benchmarks.md for what counts. */
export const TRACKERS = { recordWithOpenReplay, recordWithClarity };

/** Complete when the page has been handed over to its worker. Its server says what is needed to go on. */
function recordWithOpenReplay(): Recording {
  const batches: string[] = [];
  const tracker = new Tracker({
    projectKey: 'bench',
    ingestPoint: `${location.origin}/openreplay`,
    __DISABLE_SECURE_MODE: true,
  });
  const complete = new Promise<void>((resolve, reject) => {
    const handOver = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')!.value as HandOver;
    let isStarted = false;
    Worker.prototype.postMessage = function postMessage(this: Worker, ...given: unknown[]) {
      handOver.apply(this, given);
      if (!isStarted || !Array.isArray(given[0])) return;
      batches.push(`${given[0].length} messages`);
      resolve();
    };
    void tracker.start().then(({ success }) => {
      isStarted = success;
      if (!success) reject(new Error('OpenReplay did not start.'));
    });
  });
  return { complete, take: () => batches.splice(0), taken: 0, stop: () => void tracker.stop() };
}

type HandOver = (this: Worker, ...given: unknown[]) => void;

/** Complete when the payload with the page has been handed over for sending. */
function recordWithClarity(): Recording {
  const payloads: string[] = [];
  const complete = new Promise<void>((resolve) => {
    clarity.start({
      projectId: 'bench',
      content: true,
      track: true,
      upload(payload: string) {
        payloads.push(payload);
        if (DISCOVERED.test(payload)) resolve();
      },
    });
  });
  return { complete, take: () => payloads.splice(0), taken: 0, stop: () => clarity.stop() };
}

Object.assign(window, { trackers: TRACKERS });
