import { createJudge } from '../../site-snippet/mask/judge.ts';
import { WITHOUT_RULES } from '../../site-snippet/mask/rules/without.ts';
import { createFinder } from '../../site-snippet/mask/rules/finder.ts';
import { createLastLook } from '../../site-snippet/mask/last-look.ts';
import { clear, maskedUrl } from '../../site-snippet/mask/masked-text.ts';
import { createMaskingSink } from '../../site-snippet/mask/sink.ts';
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
  lastLook.setFinder(createFinder([]));
  const maskAddress = ({ url, title }: { url: string; title: string }) => ({
    url: lastLook.look(clear(maskedUrl(url))),
    title: lastLook.look(clear(title)),
  });
  // As on a page with the snippet: the widget's host, which recording leaves out.
  const host = document.createElement('alongside-widget');
  const recorder = startRecorder(document, host, {
    sink: createMaskingSink(createJudge(WITHOUT_RULES), lastLook, (body) => sender.send({ type: 'tree', body })),
    begin: ({ url, title, ...page }) => sender.send({ type: 'begin', ...page, ...maskAddress({ url, title }) }),
    complete: () => sender.send({ type: 'complete' }),
    sheet: (sheet) => sender.send({ ...sheet, text: lastLook.look(clear(sheet.text)) }),
    adopted: (node, sheets) => sender.send({ type: 'adopted', node, sheets }),
    picture: (node, _canvas, mime, bytes) => sender.send({ type: 'picture', node, mime: clear(mime), bytes }),
    address: (address) => sender.send({ type: 'address', ...maskAddress(address) }),
    plain: (message) => sender.send(message),
    failed(error) {
      throw error;
    },
    get isReady() {
      return sender.isReady;
    },
    whenReady: sender.whenReady,
  });

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
