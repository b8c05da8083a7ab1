import type { PathStep } from '../../protocol/path-step.ts';
import type { PeerTicket } from '../stored-session.ts';
import { createCustomerPeer, type Channels, type CustomerPeer } from './peer-loader.ts';

export type { Channels };

export interface LineOptions {
  readonly server: string;
  readonly signal: AbortSignal;
  /** The agent is connected, and is not heard at the moment. */
  readonly isSilent: () => boolean;
  readonly onOpen: (channels: Channels) => void;
  /** It is tried again, later each time. */
  readonly onLost: () => void;
  /** Asks the server for the agent to be connected anew. */
  readonly askAnew: () => void;
  /** After a silence: the network is back. */
  readonly onSign: () => void;
  readonly onPathStep: (step: PathStep) => void;
}

/** The way to the agent, under the name that the server gave this page. */
export interface Line {
  /** One that is open under this name stays. */
  use(ticket: PeerTicket): void;
  call(agent: string): void;
  takePathStep(step: unknown): void;
  /** Resolves when the server answers. */
  whenReachable(): Promise<void>;
  reconnect(): void;
}

const RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000];

export function createLine(options: LineOptions): Line {
  const { signal } = options;
  let ticket: PeerTicket | null = null;
  let peer: Promise<CustomerPeer> | null = null;
  let attempts = 0;
  let waiting = 0;
  signal.addEventListener('abort', () => clearTimeout(waiting));

  /** PeerJS comes over the network as well: what could not be loaded is loaded again. */
  function open(current: PeerTicket): void {
    peer = createCustomerPeer({
      server: options.server,
      name: current.name,
      token: current.token,
      iceServers: current.iceServers,
      signal,
      onOpen(channels) {
        attempts = 0;
        options.onOpen(channels);
      },
      onLost: reconnect,
      onSign: options.onSign,
      onPathStep: options.onPathStep,
    });
    peer.catch(() => {
      if (current.name === ticket?.name) again(() => open(current));
    });
  }

  function reconnect(): void {
    again(options.askAnew);
  }

  function again(tryIt: () => void): void {
    if (signal.aborted) return;
    options.onLost();
    clearTimeout(waiting);
    waiting = setTimeout(tryIt, RETRY_DELAYS_MS[Math.min(attempts, RETRY_DELAYS_MS.length - 1)]);
    attempts += 1;
  }

  return {
    use(next) {
      const isKnown = ticket?.name === next.name;
      ticket = next;
      if (!isKnown) open(next);
      else void peer?.then((ready) => ready.renew(next.iceServers, options.isSilent()));
    },
    call(agent) {
      void peer?.then(
        (ready) => ready.call(agent),
        () => {}, // Being loaded again; the server says whom to call once it is there.
      );
    },
    takePathStep(step) {
      void peer?.then((ready) => ready.takePathStep(step));
    },
    async whenReachable() {
      await (await peer)?.whenReachable();
    },
    reconnect,
  };
}
