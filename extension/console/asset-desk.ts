/**
 * The files of the customer's page, between their channel, the viewer that needs them and what this browser has kept.
 * A page is foreign: what it says that a file is counts only for that page. Files are kept under the hash worked out here.
 */
import { readAssetMessage, type AssetMessage } from '../../protocol/asset-message.ts';
import { MAX_WANTED_ASSETS, type AgentMessage, type AssetAnswer } from '../../protocol/command.ts';
import { createFrameAssembler } from '../../protocol/frames.ts';
import { WireError } from '../../protocol/wire-error.ts';
import type { AssetStore } from '../asset-store.ts';
import type { ToViewer } from '../viewer/port.ts';

export interface AssetDesk {
  /** The viewer needs these. */
  want(assets: readonly number[]): void;
  /** A frame of the assets channel. @throws WireError when it cannot be read */
  accept(frame: ArrayBuffer): void;
  /** Another connection: its numbers mean other files. */
  restart(): void;
  /** Messages of a kind that this version does not know. */
  readonly dropped: number;
}

export interface AssetDeskOptions {
  readonly store: AssetStore;
  readonly say: (message: AgentMessage) => void;
  readonly deliver: (message: Extract<ToViewer, { kind: 'asset' | 'asset-missing' }>) => void;
}

/** What a page has said that a file is. */
interface Offer {
  readonly mime: string;
  readonly mayKeep: boolean;
  readonly hash: string;
  /** It was asked for, and has not come yet. */
  isOnItsWay: boolean;
}

/** Files of this session, whether or not they may be kept after it. */
const MAX_REMEMBERED_BYTES = 64 * 1024 * 1024;

export function createAssetDesk({ store, say, deliver }: AssetDeskOptions): AssetDesk {
  const remembered = createMemory(MAX_REMEMBERED_BYTES);
  let assembler = createFrameAssembler();
  let offers = new Map<number, Offer>();
  let answers: AssetAnswer[] = [];
  let dropped = 0;

  async function find({ hash, mayKeep }: Offer): Promise<Uint8Array<ArrayBuffer> | null> {
    return remembered.get(hash) ?? (mayKeep ? store.read(hash) : null);
  }

  async function take(message: AssetMessage): Promise<void> {
    switch (message.type) {
      case 'asset-hash':
        return consider(message);
      case 'asset':
        return takeFile(message);
      case 'asset-missing': {
        const { asset, reason, width, height } = message;
        deliver({ kind: 'asset-missing', asset, reason, width, height });
      }
    }
  }

  async function consider({
    asset,
    mime,
    mayKeep,
    hash,
  }: Extract<AssetMessage, { type: 'asset-hash' }>): Promise<void> {
    const offer = { mime, mayKeep, hash: hexOf(hash), isOnItsWay: true };
    const from = offers;
    from.set(asset, offer);
    const bytes = await find(offer);
    if (from !== offers) return;
    offer.isOnItsWay = bytes === null;
    answer({ asset, isNeeded: bytes === null });
    if (bytes !== null) {
      remembered.set(offer.hash, bytes);
      deliver({ kind: 'asset', asset, mime, bytes });
    }
  }

  async function takeFile({ asset, mime, bytes: view }: Extract<AssetMessage, { type: 'asset' }>): Promise<void> {
    // A view into a frame or into more than the file.
    const bytes = view.slice();
    deliver({ kind: 'asset', asset, mime, bytes });
    const offer = offers.get(asset);
    if (!offer) return;
    offer.isOnItsWay = false;
    const hash = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    remembered.set(hash, bytes);
    if (offer.mayKeep) await store.keep(hash, bytes);
  }

  async function deliverAgain(asset: number, offer: Offer): Promise<void> {
    const from = offers;
    const bytes = await find(offer);
    if (from !== offers) return;
    if (bytes === null) say({ type: 'want', assets: [asset] });
    else deliver({ kind: 'asset', asset, mime: offer.mime, bytes });
  }

  function answer(one: AssetAnswer): void {
    answers.push(one);
    if (answers.length === 1) queueMicrotask(sayAnswers);
    else if (answers.length === MAX_WANTED_ASSETS) sayAnswers();
  }

  function sayAnswers(): void {
    if (answers.length > 0) say({ type: 'asset-answers', answers });
    answers = [];
  }

  return {
    want(assets) {
      const unknown: number[] = [];
      for (const asset of assets) {
        const offer = offers.get(asset);
        if (!offer) unknown.push(asset);
        else if (!offer.isOnItsWay) void deliverAgain(asset, offer);
      }
      if (unknown.length > 0) say({ type: 'want', assets: unknown });
    },
    accept(frame) {
      const whole = assembler.accept(new Uint8Array(frame));
      if (whole === null) return;
      if (whole.deflated) throw new WireError('bad_deflate');
      const message = readAssetMessage(whole.bytes);
      if (message === null) dropped += 1;
      else void take(message);
    },
    restart() {
      assembler = createFrameAssembler();
      offers = new Map();
      answers = [];
    },
    get dropped() {
      return dropped;
    },
  };
}

/** Of the most recent ones, as many as have room. */
function createMemory(maxBytes: number) {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let bytes = 0;

  function drop(hash: string): void {
    bytes -= files.get(hash)?.length ?? 0;
    files.delete(hash);
  }

  return {
    get: (hash: string) => files.get(hash) ?? null,
    set(hash: string, file: Uint8Array<ArrayBuffer>): void {
      drop(hash);
      files.set(hash, file);
      bytes += file.length;
      for (const oldest of files.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}

function hexOf(hash: Uint8Array): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
