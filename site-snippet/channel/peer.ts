import { Peer } from 'peerjs';
import { ASSETS_CHANNEL_ID, CONNECT_TIMEOUT_MS, PAGE_CHANNEL_ID } from '../../protocol/limits.ts';
import { fingerprintIn, type Fingerprints } from '../../protocol/fingerprints.ts';
import type { IceServer } from '../../protocol/signaling.ts';

/** The roads to the agent: small things never wait behind the page, nor the page behind its files. */
export interface Channels {
  readonly live: RTCDataChannel;
  readonly page: RTCDataChannel;
  readonly assets: RTCDataChannel;
  /** Of both sides' certificates; the browser has checked the agent's. */
  readonly fingerprints: Fingerprints;
  /** Aborts when these channels are of no use any more. */
  readonly signal: AbortSignal;
}

export interface PeerOptions {
  readonly server: string;
  readonly name: string;
  readonly token: string;
  readonly iceServers: readonly IceServer[];
  readonly signal: AbortSignal;
  readonly onOpen: (channels: Channels) => void;
  /** An open or an attempted connection is gone. */
  readonly onLost: () => void;
}

export interface CustomerPeer {
  /** Calls the agent; a connection there may have been is closed. */
  call(name: string): void;
}

const SOCKET_RETRY_MS = 1_000;
/** A call is told of twice when both of our sockets were opened anew at about the same time. */
const SAME_CALL_MS = 1_000;

export function createCustomerPeer(options: PeerOptions): CustomerPeer {
  const { signal, onOpen, onLost } = options;
  const { hostname, port, protocol } = new URL(options.server);
  const secure = protocol === 'https:';
  let current: AbortController | null = null;
  let lostSocket = 0;
  /** Whom to call as soon as the server hears us. */
  let wanted: string | null = null;
  /** A call is under way, and has neither come about nor failed. */
  let isCalling = false;
  let calledAt = 0;
  let peer = start();

  function start(): Peer {
    const opening = new Peer(options.name, {
      host: hostname,
      port: port === '' ? (secure ? 443 : 80) : Number(port),
      path: '/',
      key: 'alongside',
      secure,
      token: options.token,
      // Never PeerJS's own list: those servers are other people's.
      config: { iceServers: options.iceServers.map((entry) => ({ ...entry, urls: [...entry.urls] })) },
      debug: 0 as never,
    });
    opening.on('open', callWanted);
    // Errors of one call are seen on its connection; the peer's own come after the socket's loss.
    opening.on('error', () => {});
    opening.on('disconnected', comeBack);
    return opening;
  }

  /** A peer that never opened destroys itself, says `disconnected` before it does, and throws when it is to reconnect. */
  function comeBack(): void {
    if (signal.aborted) return;
    clearTimeout(lostSocket);
    lostSocket = setTimeout(() => {
      if (peer.destroyed) peer = start();
      else if (peer.disconnected) peer.reconnect();
    }, SOCKET_RETRY_MS);
  }

  function callWanted(): void {
    if (wanted === null || !peer.open || signal.aborted) return;
    const name = wanted;
    wanted = null;
    call(name);
  }

  signal.addEventListener('abort', () => {
    clearTimeout(lostSocket);
    current?.abort();
    peer.destroy();
  });

  function call(name: string): void {
    if (isCalling && performance.now() - calledAt < SAME_CALL_MS) return;
    isCalling = true;
    calledAt = performance.now();
    current?.abort();
    const ending = new AbortController();
    current = ending;
    const connection = peer.connect(name, { label: 'live', reliable: true, serialization: 'raw' });
    const rtc = connection?.peerConnection as RTCPeerConnection | undefined;
    if (!rtc) {
      isCalling = false;
      onLost();
      return;
    }
    const page = rtc.createDataChannel('page', { negotiated: true, id: PAGE_CHANNEL_ID, ordered: true });
    const assets = rtc.createDataChannel('assets', { negotiated: true, id: ASSETS_CHANNEL_ID, ordered: true });
    for (const channel of [page, assets]) channel.binaryType = 'arraybuffer';
    const timer = setTimeout(lose, CONNECT_TIMEOUT_MS);
    const listening = { signal: ending.signal };

    function lose(): void {
      if (ending.signal.aborted) return;
      ending.abort();
      isCalling = false;
      onLost();
    }

    ending.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      connection.close();
    });
    // PeerJS is silent when a link dies; the connection itself is not.
    rtc.addEventListener('connectionstatechange', () => rtc.connectionState === 'failed' && lose(), listening);
    connection.on('error', lose);
    connection.on('close', lose);
    connection.on('open', () => {
      clearTimeout(timer);
      if (!ending.signal.aborted) isCalling = false;
      const live = connection.dataChannel;
      live.binaryType = 'arraybuffer';
      live.addEventListener('close', lose, listening);
      const fingerprints = {
        customer: fingerprintIn(rtc.localDescription?.sdp ?? ''),
        agent: fingerprintIn(rtc.remoteDescription?.sdp ?? ''),
      };
      if (!ending.signal.aborted) onOpen({ live, page, assets, fingerprints, signal: ending.signal });
    });
  }

  return {
    call(name) {
      wanted = name;
      callWanted();
    },
  };
}
