import { Peer } from 'peerjs';
import { ASSETS_CHANNEL_ID, CONNECT_TIMEOUT_MS, PAGE_CHANNEL_ID, PATH_PATIENCE_MS } from '../../protocol/limits.ts';
import { fingerprintIn, type Fingerprints } from '../../protocol/fingerprints.ts';
import type { PathStep } from '../../protocol/path-step.ts';
import type { IceServer } from '../../protocol/signaling.ts';
import { whenReachable } from './knock.ts';
import { followPath } from './path.ts';
import { openPulse } from './pulse.ts';

/** The roads to the agent: small things never wait behind the page, nor the page behind its files. */
export interface Channels {
  /** Whom they lead to, by the name the server gave the agent for this session. */
  readonly to: string;
  readonly live: RTCDataChannel;
  readonly page: RTCDataChannel;
  readonly assets: RTCDataChannel;
  /** Of both sides' certificates; the browser has checked the agent's. */
  readonly fingerprints: () => Promise<Fingerprints>;
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
  /** After a silence: the network is back. */
  readonly onSign: () => void;
  /** For the agent's side, by the server. */
  readonly onPathStep: (step: PathStep) => void;
}

export interface CustomerPeer {
  /** Calls the agent; a connection there may have been is closed. */
  call(name: string): void;
  /** The agent's side looks for another way through the network for the connection there is. */
  takePathStep(step: unknown): void;
  /** @param isCutOff the line to the server may have died without a word: takes a new one */
  renew(iceServers: readonly IceServer[], isCutOff: boolean): void;
  /** Resolves when the server answers. It is here because it cannot be loaded while it is needed. */
  whenReachable(): Promise<void>;
}

const SOCKET_RETRY_MS = 1_000;
/** A call is told of again when it began before the server said so, or when both of our sockets were opened anew. */
const SAME_CALL_MS = 2_000;

export function createCustomerPeer(options: PeerOptions): CustomerPeer {
  const { signal, onOpen, onLost } = options;
  const { hostname, port, protocol } = new URL(options.server);
  const secure = protocol === 'https:';
  let current: AbortController | null = null;
  let lostSocket = 0;
  /** Whom to call as soon as the server hears us. */
  let wanted: string | null = null;
  /** Whom a call is under way to, or has come about with; empty when it failed. */
  let called = '';
  let calledAt = 0;
  let { iceServers } = options;
  let takePathStep = (_step: unknown): void => {};
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
      config: { iceServers: iceServers.map((entry) => ({ ...entry, urls: [...entry.urls] })) },
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
    if (called === name && performance.now() - calledAt < SAME_CALL_MS) return;
    called = name;
    calledAt = performance.now();
    current?.abort();
    const ending = new AbortController();
    current = ending;
    const connection = peer.connect(name, { label: 'live', reliable: true, serialization: 'raw' });
    const rtc = connection?.peerConnection as RTCPeerConnection | undefined;
    if (!rtc) {
      called = '';
      onLost();
      return;
    }
    const page = rtc.createDataChannel('page', { negotiated: true, id: PAGE_CHANNEL_ID, ordered: true });
    const assets = rtc.createDataChannel('assets', { negotiated: true, id: ASSETS_CHANNEL_ID, ordered: true });
    for (const channel of [page, assets]) channel.binaryType = 'arraybuffer';
    let timer = setTimeout(lose, CONNECT_TIMEOUT_MS);
    let isOpen = false;
    takePathStep = followPath(rtc, connection.connectionId, () => iceServers, options.onPathStep);
    const listening = { signal: ending.signal };

    function lose(): void {
      if (ending.signal.aborted) return;
      ending.abort();
      called = '';
      onLost();
    }

    ending.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      connection.close();
    });
    rtc.addEventListener('connectionstatechange', watch, listening);
    function watch(): void {
      if (isOpen) clearTimeout(timer);
      if (rtc?.connectionState !== 'failed') return;
      clearTimeout(timer);
      // The agent's side may find another way: what is in the channels is not lost yet.
      timer = setTimeout(lose, isOpen ? PATH_PATIENCE_MS : 0);
    }
    connection.on('error', lose);
    connection.on('close', lose);
    connection.on('open', () => {
      clearTimeout(timer);
      if (ending.signal.aborted) return;
      isOpen = true;
      // PeerJS would close it as soon as its way is lost.
      rtc.oniceconnectionstatechange = null;
      const live = connection.dataChannel;
      live.binaryType = 'arraybuffer';
      live.addEventListener('close', lose, listening);
      openPulse(rtc, live, ending.signal, options.onSign);
      onOpen({ to: name, live, page, assets, fingerprints: () => fingerprintsOf(rtc), signal: ending.signal });
    });
  }

  return {
    call(name) {
      wanted = name;
      callWanted();
    },
    takePathStep: (step) => takePathStep(step),
    whenReachable: () => whenReachable(options.server, signal),
    renew(servers, isCutOff) {
      iceServers = servers;
      if (isCutOff) peer.disconnect();
    },
  };
}

/** The channels may be open before the browser says with whom: then the agent's description is there with the state. */
async function fingerprintsOf(rtc: RTCPeerConnection): Promise<Fingerprints> {
  if (rtc.signalingState !== 'stable') {
    await new Promise((resolve) => rtc.addEventListener('signalingstatechange', resolve, { once: true }));
  }
  return {
    customer: fingerprintIn(rtc.localDescription?.sdp ?? ''),
    agent: fingerprintIn(rtc.remoteDescription?.sdp ?? ''),
  };
}
