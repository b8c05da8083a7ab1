import { MAX_LABEL_UNITS, MAX_SHEET_UNITS, MAX_URL_UNITS } from '../protocol/limits.ts';
import { writePageMessage, type PageMessage } from '../protocol/page-message.ts';
import { isVeiled, type Judge } from './mask/judge.ts';
import type { LastLook } from './mask/last-look.ts';
import { clear, maskedUrl, maskedValue } from './mask/masked-text.ts';
import { createMaskingSink } from './mask/sink.ts';
import { findAll, isShown } from './native.ts';
import type { Assets } from './record/files/assets.ts';
import type { RawSheet } from './record/raw-sink.ts';
import type { RawAddress, RecorderOutput } from './record/recorder-output.ts';
import type { Pinned } from './show/drawn.ts';

export interface PictureOutputOptions {
  readonly document: Document;
  readonly judge: Judge;
  readonly lastLook: LastLook;
  readonly assets: Assets;
  /** Files of this one are wanted, whoever asks. */
  readonly onFile: (asset: number) => void;
  /** To the page channel. */
  readonly send: (message: PageMessage) => void;
  /** To the live channel: small, and not to wait. */
  readonly sendLive: (message: PageMessage) => void;
  readonly pace: Pick<RecorderOutput, 'isReady' | 'whenReady'>;
  /** What is told again with every picture of a document. */
  readonly pinnedIn: (document: Document) => readonly Pinned[];
  /** The customer is in something that the agent cannot see. */
  readonly onMaskedFocus: (element: Element) => void;
  readonly onSpent: () => void;
  readonly onFailed: (error: unknown) => void;
}

/** From raw to masked to messages, for the page and by the same road for every document in its frames. */
export function createPictureOutput(options: PictureOutputOptions): RecorderOutput {
  const { judge, lastLook, assets, send, sendLive, pace } = options;
  const maskAddress = (raw: RawAddress) => ({
    url: lastLook.lookClosely(clear(maskedUrl(raw.url).slice(0, MAX_URL_UNITS))),
    title: isTitleVeiled() ? maskedValue(raw.title) : lastLook.lookClosely(clear(raw.title.slice(0, MAX_LABEL_UNITS))),
  });

  /** It says what the page is about: of a page that is masked as a whole it is not told either. */
  function isTitleVeiled(): boolean {
    const said = findAll(options.document, ':root,title:not(svg *)');
    return [...said].some((element) => isVeiled(judge.fresh(element)));
  }

  function sendSheet(sheet: RawSheet): void {
    // A file says the same to everybody; what scripts have written under a mask is masked.
    // Nobody knows what masks were around what has gone.
    const isOwn = !('toFile' in sheet) && (!isShown(sheet.owner) || isVeiled(judge.of(sheet.owner)));
    const own = isOwn ? judge.clearing.sheet(sheet.text, lastLook) : sheet.text;
    const text = lastLook.look(clear(own, MAX_SHEET_UNITS));
    const file = 'toFile' in sheet && sheet.toFile?.(text);
    if (!file) {
      send({ ...sheet, text });
      return;
    }
    options.onFile(file.asset);
    send({ type: 'sheet-file', node: sheet.node, ...file });
  }

  return {
    assets,
    sink: createMaskingSink(options.document, judge, lastLook, (body) => send({ type: 'tree', body })),
    begin: ({ url, title, ...page }) => send({ type: 'begin', ...page, ...maskAddress({ url, title }) }),
    complete() {
      send({ type: 'complete' });
      for (const pin of options.pinnedIn(options.document))
        send({ type: 'pinned', ...pin, text: lastLook.lookClosely(clear(pin.text)) });
    },
    sheet: sendSheet,
    adopted: (node, sheets) => send({ type: 'adopted', node, sheets }),
    picture(node, canvas, mime, bytes) {
      if (isVeiled(judge.of(canvas))) return;
      send({ type: 'picture', node, mime: clear(mime), bytes });
    },
    address: (address) => send({ type: 'address', ...maskAddress(address) }),
    focused(element) {
      if (isVeiled(judge.of(element))) options.onMaskedFocus(element);
    },
    plain(message) {
      const isSmall = message.type === 'pointer' || message.type === 'pointer-left' || message.type === 'clicked';
      if (isSmall) sendLive(message);
      else send(message);
    },
    frame: (node, frame, document) =>
      createPictureOutput({
        ...options,
        document,
        send: (message) => send({ type: 'in-frame', node, frame, message: writePageMessage(message) }),
        // The rest of the page goes on without it.
        onFailed: () => send({ type: 'not-shown', node, reason: 'unreadable' }),
      }),
    spent: options.onSpent,
    failed: options.onFailed,
    get isReady() {
      return pace.isReady;
    },
    whenReady: (callback) => pace.whenReady(callback),
  };
}
