import { vi } from 'vitest';
import type { EndReason } from '../../protocol/errors.ts';
import { RETURN_PATIENCE_MS } from '../../protocol/limits.ts';
import { parseClientMessage } from '../../protocol/client-message.ts';
import type { ServerMessage, Side } from '../../protocol/signaling.ts';
import type { SessionId } from '../../protocol/session-id.ts';
import type { LiveState } from '../../signaling-server/live-state.ts';
import type { PeerLink, SessionLink } from '../../signaling-server/seat.ts';
import { createSession, type Session } from '../../signaling-server/session.ts';
import { readSettings } from '../../signaling-server/sites/settings.ts';
import { seatHashOf } from '../../signaling-server/token.ts';
import { createRandom } from './random.ts';

/**
 * The server's session, a real one, in a world whose networks are cut without a word and whose server is killed. Whoever
 * opens a `WebSocket` to a host named after its side reaches it. Time is vitest's.
 */
export const SETTINGS = readSettings('Shop', '{}');
export const TOKENS: Record<Side, string> = { customer: 'customer-token', agent: 'agent-token' };
const LIVE: LiveState = {
  id: '123456789' as SessionId,
  customer: { hashes: [seatHashOf(TOKENS.customer)], peer: 'c', leftAt: null },
  agent: { hashes: [seatHashOf(TOKENS.agent)], peer: 'a', leftAt: null, name: 'Ada' },
};
/** A line that is cut: both sides ask again and again, and take it for dead after three pings of the slower one. */
const NOTICE_MS = 50_000;
/** The server's pings find out that a line is dead. */
const SERVER_NOTICE_MS = 40_000;
/** The longest wait between two tries to come back, with its spread, and the time on the way. */
export const RETRY_MS = 20_000;
export const LATEST_MS = SETTINGS.awayTimeoutMs + RETURN_PATIENCE_MS + SERVER_NOTICE_MS + NOTICE_MS + RETRY_MS;

/** What `world.take` does. */
export type NetworkStep =
  | { readonly do: 'cut' | 'heal'; readonly side: Side }
  /** The way to the server alone: the two go on hearing each other. */
  | { readonly do: 'cut-off'; readonly side: Side }
  | { readonly do: 'kill'; readonly downMs: number };

export function createLifetimeWorld() {
  const cut: Record<Side, boolean> = { customer: false, agent: false };
  const isOnlyCutOff: Record<Side, boolean> = { customer: false, agent: false };
  const lines = new Set<Line>();
  let isUp = true;
  let upSince = Date.now();
  let overAt: number | null = null;
  let endReason: EndReason | null = null;
  let row: LiveState | null = LIVE;
  let session: Session | null = serve(undefined);

  function serve(restored: Parameters<typeof createSession>[1]): Session {
    const facts = {
      historyId: 'h',
      site: { key: 'shop', origins: ['https://shop.example'], settings: SETTINGS },
      channel: 'voice',
      startedAt: Date.now(),
      live: row ?? LIVE,
      returnPatienceMs: RETURN_PATIENCE_MS,
      iceServersFor: () => [],
      onChanged: () => (row = made.live()),
      onEnded(reason: EndReason) {
        row = null;
        overAt = Date.now();
        endReason = reason;
        return Promise.resolve();
      },
      mintPass: () => 'pass',
      rulesVersion: () => Promise.resolve(0),
      onRuleProblems() {},
      onHidden() {},
      onActs() {},
    } as const;
    const made = createSession(facts, restored);
    if (restored === undefined) made.join('agent', LIVE, Date.now());
    // As signaling-server/pairing.ts has it.
    else row = made.live();
    return made;
  }

  /** One WebSocket and the server's end of it. */
  class Line extends EventTarget {
    static readonly OPEN = 1;
    readyState = 0;
    readonly side: Side;
    /** Reached the server once. */
    link: SessionLink | null = null;
    seat: NonNullable<ReturnType<Session['agent']>>['seat'] | null = null;
    readonly held: (() => void)[] = [];

    constructor(url: string) {
      super();
      this.side = url.includes('customer') ? 'customer' : 'agent';
      lines.add(this);
      setTimeout(() => {
        if (this.readyState !== 0) return;
        if (cut[this.side]) return;
        if (!isUp) return this.drop();
        this.readyState = Line.OPEN;
        this.dispatchEvent(new Event('open'));
      }, 20);
    }

    send(text: string): void {
      if (this.isHeldUp(() => this.send(text)) || !isUp || this.readyState !== Line.OPEN) return;
      const message = parseClientMessage(text)!;
      if (message.type !== 'hello') return this.seat?.receive(message);
      const link: SessionLink = { send: (said) => this.hear(said), close: () => setTimeout(() => this.drop(), 10) };
      const seat = this.side === 'customer' ? session?.customer : session?.agent()?.seat;
      if (session === null || session.state() === 'ended' || seat === undefined) {
        link.send({ type: 'error', code: 'bad_token' });
        link.close();
        return undefined;
      }
      this.link = link;
      this.seat = seat;
      return seat.enter(link, message, { origin: '', mark: '' });
    }

    hear(message: ServerMessage): void {
      setTimeout(() => this.arrive(new MessageEvent('message', { data: JSON.stringify(message) })), 5);
    }

    arrive(event: MessageEvent): void {
      if (this.isHeldUp(() => this.arrive(event)) || this.readyState !== Line.OPEN) return;
      this.dispatchEvent(event);
    }

    /** What a network that is cut has not carried it carries as soon as it can, if both ends are still there. */
    isHeldUp(later: () => void): boolean {
      if (cut[this.side]) this.held.push(later);
      return cut[this.side];
    }

    close(): void {
      if (this.readyState > 1) return;
      this.readyState = 3;
      // Nobody hears of it through a network that is cut, until the server's own pings find out.
      setTimeout(() => this.serverLoses(), cut[this.side] ? SERVER_NOTICE_MS : 5);
      queueMicrotask(() => this.dispatchEvent(new Event('close')));
    }

    /** The other end is gone: a killed server, or a goodbye. */
    drop(): void {
      if (this.readyState > 1) return;
      this.readyState = 3;
      this.serverLoses();
      this.dispatchEvent(new Event('close'));
    }

    serverLoses(): void {
      lines.delete(this);
      if (this.link !== null) this.seat?.leave(this.link);
      this.link = null;
    }
  }

  vi.stubGlobal('WebSocket', Line);
  // Retries are spread by chance: always the same here, so that what fails fails again.
  const { below } = createRandom(1);
  const chance = vi.spyOn(Math, 'random').mockImplementation(() => below(1_000_000) / 1_000_000);

  return {
    /** The way to the other side. */
    isCut: (who: Side) => cut[who] && !isOnlyCutOff[who],
    isUp: () => isUp,
    /** The last moment at which who believes otherwise may learn that it was over at this one. */
    latestAfter: (overAt: number) => Math.max(overAt + LATEST_MS, upSince + RETURN_PATIENCE_MS + NOTICE_MS + RETRY_MS),
    overAt: () => overAt,
    endReason: () => endReason,
    session: () => session,
    take(step: NetworkStep): void {
      switch (step.do) {
        case 'cut':
        case 'cut-off':
          cut[step.side] = true;
          isOnlyCutOff[step.side] = step.do === 'cut-off';
          for (const line of [...lines].filter((one) => one.side === step.side && one.link !== null)) {
            setTimeout(() => cut[step.side] && line.serverLoses(), SERVER_NOTICE_MS);
          }
          break;
        case 'heal':
          cut[step.side] = false;
          for (const line of lines) if (line.side === step.side) for (const carry of line.held.splice(0)) carry();
          break;
        case 'kill': {
          if (!isUp) break;
          isUp = false;
          session?.drop();
          session = null;
          for (const line of lines) if (!cut[line.side]) line.drop();
          setTimeout(() => {
            isUp = true;
            upSince = Date.now();
            session = row === null ? null : serve({ agentId: 'agent', joinedAt: Date.now() });
          }, step.downMs);
        }
      }
    },
    /** A PeerJS socket that comes back by itself. @returns closes it */
    keepPeerSocket(who: Side): () => void {
      const link: PeerLink = { send() {}, close() {} };
      let at: Session | null = null;
      const seatOf = () => (who === 'customer' ? session?.customer : session?.agent()?.seat);
      function look(): void {
        if (cut[who] || session === at || session?.state() === 'ended') return;
        at = session;
        seatOf()?.openPeer(link);
      }
      const timer = setInterval(look, 1_000);
      look();
      return () => {
        clearInterval(timer);
        seatOf()?.closePeer(link);
      };
    },
    close(): void {
      chance.mockRestore();
      session?.drop();
      vi.clearAllTimers();
      vi.unstubAllGlobals();
    },
  };
}
