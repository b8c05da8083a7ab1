import { Peer, type DataConnection } from 'peerjs';
import {
  ASSETS_CHANNEL_ID,
  CONNECT_TIMEOUT_MS,
  MAX_BUFFERED_BYTES,
  MAX_RECEIVED_FRAME_BYTES,
  PAGE_CHANNEL_ID,
  PATH_PATIENCE_MS,
} from '../../../protocol/limits.ts';
import { fingerprintIn, type Fingerprints } from '../../../protocol/fingerprints.ts';
import type { PathStep } from '../../../protocol/path-step.ts';
import type { IceServer } from '../../../protocol/signaling.ts';
import { peerServer } from '../../server-address.ts';
import { createPath } from './path.ts';
import { openPulse } from './pulse.ts';

/** Of the channel the page opens; the others both sides know beforehand. */
const LIVE_LABEL = 'live';
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8_000;
/** What was said last has this long to get there. */
const LAST_WORD_MS = 1_000;

export interface PeerTicket {
  readonly name: string;
  readonly token: string;
  readonly iceServers: readonly IceServer[];
}

/** One connection from the customer's page, with all of its channels. */
export interface CustomerLink {
  /** Sends a frame on the live channel. `false`: it is not open, or too much is waiting in it. */
  send(frame: Uint8Array<ArrayBuffer>): boolean;
  /** Of both sides' certificates; the browser has checked the customer's. */
  fingerprints(): Fingerprints;
  /** Looks for another way through the network; the channels go on where they were. */
  findPath(): void;
  /** What the page says to that. */
  takePathStep(step: unknown): void;
  close(): void;
}

export interface PeerEvents {
  /** The page calls. The connection before this one, if any, is closed already. */
  onCall(link: CustomerLink): void;
  /** The live channel is open. */
  onOpen(link: CustomerLink): void;
  onLiveFrame(link: CustomerLink, frame: Uint8Array): void;
  /** The buffer is the receiver's to keep or to transfer. */
  onPageFrame(link: CustomerLink, frame: ArrayBuffer): void;
  onAssetFrame(link: CustomerLink, frame: ArrayBuffer): void;
  /** After a silence: the network is back. */
  onSign(link: CustomerLink): void;
  /** For the page, by the server. */
  onPathStep(step: PathStep): void;
  /** Something that is not a frame, or a frame over the limit. */
  onBadFrame(link: CustomerLink): void;
  /** It is gone, or never came about. Once per link, and not after `close`. */
  onClosed(link: CustomerLink): void;
}

/** Where the customer's page calls. */
export interface PeerDoor {
  /** Opens under the ticket's name; of the ticket that is in use already only the ICE servers count. */
  open(ticket: PeerTicket): void;
  /** Takes a new line to the server: the one there is may have died without a word. */
  renewLine(): void;
  close(): void;
}

export type CreatePeerDoor = (server: string, events: PeerEvents) => PeerDoor;

export const createPeerDoor: CreatePeerDoor = (server, events) => {
  let ticket: PeerTicket | null = null;
  let peer: Peer | null = null;
  let link: CustomerLink | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;

  function start(used: PeerTicket): void {
    const opening = new Peer(used.name, {
      ...peerServer(server),
      key: 'alongside',
      token: used.token,
      // Always ours, even when empty: PeerJS's own are other people's servers.
      config: { iceServers: used.iceServers.map(({ urls, ...login }) => ({ urls: [...urls], ...login })) },
    });
    peer = opening;
    opening.on('open', () => {
      retryMs = FIRST_RETRY_MS;
    });
    opening.on('connection', (connection) => answer(opening, connection));
    opening.on('call', (call) => call.close());
    // Every error that matters is followed by `disconnected` or `close`.
    opening.on('error', () => {});
    opening.on('disconnected', () => comeBack(opening, used));
    opening.on('close', () => comeBack(opening, used));
  }

  /** The data connection lives on without PeerJS's socket, but the next one could not be made. */
  function comeBack(gone: Peer, used: PeerTicket): void {
    if (peer !== gone) return;
    clearTimeout(retry);
    retry = setTimeout(() => {
      if (peer !== gone) return;
      if (gone.destroyed) start(used);
      else if (gone.disconnected) gone.reconnect();
    }, retryMs);
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }

  function answer(from: Peer, connection: DataConnection): void {
    // The caller chooses the decoder; PeerJS's own ones can be frozen by a few bytes, so none but `raw` gets to open.
    const expected = connection.label === LIVE_LABEL && connection.serialization === 'raw' && connection.reliable;
    if (peer !== from || !expected) {
      connection.close();
      return;
    }
    link?.close();
    const iceServers = (): readonly IceServer[] => ticket?.iceServers ?? [];
    const next = createCustomerLink(connection, iceServers, {
      ...events,
      onClosed(gone) {
        if (link === gone) link = null;
        events.onClosed(gone);
      },
    });
    link = next;
    events.onCall(next);
  }

  function closePeer(): void {
    clearTimeout(retry);
    link?.close();
    link = null;
    const gone = peer;
    peer = null;
    gone?.disconnect();
    // It would take its connections with it, and the last word with them.
    setTimeout(() => gone?.destroy(), LAST_WORD_MS);
  }

  return {
    open(next) {
      const isOpen = peer !== null && next.name === ticket?.name && next.token === ticket.token;
      if (!isOpen) closePeer();
      ticket = next;
      if (!isOpen) start(next);
    },
    renewLine: () => peer?.disconnect(),
    close() {
      closePeer();
      ticket = null;
    },
  };
};

function createCustomerLink(
  connection: DataConnection,
  iceServers: () => readonly IceServer[],
  events: PeerEvents,
): CustomerLink {
  const stop = new AbortController();
  const { signal } = stop;
  const { peerConnection } = connection;
  const page = openChannel('page', PAGE_CHANNEL_ID, (frame) => events.onPageFrame(link, frame));
  const assets = openChannel('assets', ASSETS_CHANNEL_ID, (frame) => events.onAssetFrame(link, frame));
  const path = createPath(peerConnection, connection.connectionId, events.onPathStep);
  let deadline = setTimeout(fail, CONNECT_TIMEOUT_MS);
  let isOpen = false;

  const link: CustomerLink = {
    send(frame) {
      const { dataChannel } = connection;
      if (!connection.open || dataChannel.readyState !== 'open') return false;
      if (dataChannel.bufferedAmount > MAX_BUFFERED_BYTES) return false;
      try {
        dataChannel.send(frame);
        return true;
      } catch {
        // It closed between the look and the sending; `onClosed` follows.
        return false;
      }
    },
    fingerprints: () => ({
      customer: fingerprintIn(peerConnection.remoteDescription?.sdp ?? ''),
      agent: fingerprintIn(peerConnection.localDescription?.sdp ?? ''),
    }),
    // Also while our end calls it connected: the other end may not.
    findPath: () => path.restart(iceServers()),
    takePathStep: path.take,
    close,
  };

  connection.on('open', () => {
    clearTimeout(deadline);
    if (signal.aborted) return;
    isOpen = true;
    // PeerJS would close it as soon as its way is lost.
    peerConnection.oniceconnectionstatechange = null;
    openPulse(peerConnection, connection.dataChannel, signal, () => events.onSign(link));
    events.onOpen(link);
  });
  connection.on('data', (data) => {
    if (signal.aborted) return;
    if (isFrame(data)) events.onLiveFrame(link, new Uint8Array(data));
    else events.onBadFrame(link);
  });
  connection.on('close', fail);
  connection.on('error', fail);
  peerConnection.addEventListener('connectionstatechange', onStateChange, { signal });

  function onStateChange(): void {
    const { connectionState } = peerConnection;
    if (connectionState === 'closed') fail();
    if (isOpen) clearTimeout(deadline);
    if (connectionState !== 'failed') return;
    clearTimeout(deadline);
    // Another way may be found: what is in the channels is not lost yet.
    deadline = setTimeout(fail, isOpen ? PATH_PATIENCE_MS : 0);
  }

  /** The same on both ends, so that it costs no signaling. */
  function openChannel(label: string, id: number, onFrame: (frame: ArrayBuffer) => void): RTCDataChannel {
    const channel = peerConnection.createDataChannel(label, { negotiated: true, id, ordered: true });
    channel.binaryType = 'arraybuffer';
    channel.addEventListener(
      'message',
      ({ data }: MessageEvent<unknown>) => {
        if (isFrame(data)) onFrame(data);
        else events.onBadFrame(link);
      },
      { signal },
    );
    channel.addEventListener('close', fail, { signal });
    return channel;
  }

  function fail(): void {
    if (signal.aborted) return;
    close();
    events.onClosed(link);
  }

  function close(): void {
    if (signal.aborted) return;
    stop.abort();
    clearTimeout(deadline);
    page.close();
    assets.close();
    if (!isOpen) {
      connection.close();
      return;
    }
    // A channel that closes sends what it still has; a connection does not.
    connection.dataChannel.close();
    setTimeout(() => connection.close(), LAST_WORD_MS);
  }

  return link;
}

function isFrame(data: unknown): data is ArrayBuffer {
  return data instanceof ArrayBuffer && data.byteLength <= MAX_RECEIVED_FRAME_BYTES;
}
