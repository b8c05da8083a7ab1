import { createJudge } from '../../site-snippet/mask/judge.ts';
import { withoutRules } from '../../site-snippet/mask/rules/without.ts';
import { CLEARING } from '../../site-snippet/mask/rules/clearing.ts';
import { createFinder } from '../../site-snippet/mask/rules/finder.ts';
import { maskedStyle } from '../../site-snippet/mask/rules/masked-style.ts';
import { rememberWithin } from '../../site-snippet/mask/rules/remember-within.ts';
import { createLastLook } from '../../site-snippet/mask/last-look.ts';
import { createPictureOutput } from '../../site-snippet/picture-output.ts';
import { createAssets } from '../../site-snippet/record/files/assets.ts';
import { startRecorder } from '../../site-snippet/record/recorder.ts';
import { createDeflater, type Deflater } from '../../site-snippet/send/deflate.ts';
import { createPageSender } from '../../site-snippet/send/page-sender.ts';
import type { Recording } from './recording.ts';

const COMPLETE_KIND = 3;

const deflater: Deflater = createDeflater(new AbortController().signal);

/** A session starts its worker when it starts; by the time an agent has joined, it has been waiting for seconds. */
export async function warmUpOurs(): Promise<void> {
  await deflater.deflate(new Uint8Array(16));
}

/**
 * Records as sharing.ts does, with the real masking and the real sender; only the channel is a list. `deflate: false`
 * leaves the worker out.
 */
export function recordWithOurs(options: { readonly deflate: boolean }): Recording {
  const ending = new AbortController();
  const { signal } = ending;
  const frames: Uint8Array[] = [];
  let completed: () => void = () => {};
  const complete = new Promise<void>((resolve) => (completed = resolve));
  const asItIs: Deflater = { deflate: (bytes) => Promise.resolve(bytes) };
  const sender = createPageSender(
    listChannel((frame) => {
      frames.push(frame);
      if (frame.length === 2 && frame[1] === COMPLETE_KIND) completed();
    }),
    options.deflate ? deflater : asItIs,
    signal,
  );
  const lastLook = createLastLook();
  lastLook.setFinder(createFinder([]), rememberWithin, maskedStyle);
  const judge = createJudge(withoutRules());
  judge.clearing = CLEARING;
  // As on a page with the snippet: the widget's host, which recording leaves out.
  const host = document.createElement('alongside-widget');
  const recorder = startRecorder(
    document,
    host.attachShadow({ mode: 'closed' }),
    createPictureOutput({
      document,
      judge,
      lastLook,
      assets: createAssets(new AbortController().signal, () => Promise.reject(new Error('nowhere'))),
      onFile() {},
      send: sender.send,
      sendLive: sender.send,
      pace: sender,
      pinnedIn: () => [],
      onSpent: () => {},
      onMaskedFocus() {},
      onFailed(error) {
        throw error;
      },
    }),
  );

  return {
    complete,
    take: () => frames.splice(0),
    get taken() {
      return frames.length;
    },
    stop() {
      recorder.stop();
      ending.abort();
    },
  };
}

/** An open channel that takes everything at once. */
function listChannel(onFrame: (frame: Uint8Array) => void): RTCDataChannel {
  const channel = {
    readyState: 'open',
    bufferedAmount: 0,
    bufferedAmountLowThreshold: 0,
    addEventListener() {},
    send: onFrame,
  };
  return channel as unknown as RTCDataChannel;
}
