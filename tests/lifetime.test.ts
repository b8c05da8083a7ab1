import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSessionSocket } from '../extension/console/session-socket.ts';
import { parseClientMessage, type ServerMessage, type Side } from '../protocol/signaling.ts';
import type { SessionId } from '../protocol/session-id.ts';
import type { LiveState } from '../signaling-server/live-state.ts';
import type { SessionLink } from '../signaling-server/seat.ts';
import { createSession, type Session } from '../signaling-server/session.ts';
import { readSettings } from '../signaling-server/sites/settings.ts';
import { seatHashOf } from '../signaling-server/token.ts';
import { openSessionSocket } from '../site-snippet/channel/session-socket.ts';

/**
 * The server's session and both ends' lines to it, real ones, in a world whose networks are cut without a word and
 * whose server is killed. Whatever happens, nobody goes on believing in a session that is over for longer than the
 * timeout and what it takes to notice a dead line. A failure prints the seed and the path to see it again.
 */
const SETTINGS = readSettings('Shop', '{}');
const TOKENS: Record<Side, string> = { customer: 'customer-token', agent: 'agent-token' };
const LIVE: LiveState = {
  id: '123456789' as SessionId,
  customer: { hashes: [seatHashOf(TOKENS.customer)], peer: 'c', leftAt: null },
  agent: { hashes: [seatHashOf(TOKENS.agent)], peer: 'a', leftAt: null, name: 'Ada' },
};
/** A line that is cut: both sides ask again and again, and take it for dead after three pings of the slower one. */
const NOTICE_MS = 50_000;
/** The longest wait between two tries to come back, with its spread, and the time on the way. */
const RETRY_MS = 20_000;
const LATEST_MS = SETTINGS.awayTimeoutMs + NOTICE_MS + RETRY_MS;

type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'cut' | 'heal' | 'end' | 'leave'; readonly side: Side }
  | { readonly do: 'kill'; readonly downMs: number };

const side = fc.constantFrom<Side>('customer', 'agent');
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.integer({ min: 1, max: 150_000 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cut', 'heal'), side }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('end', 'leave'), side }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill'), downMs: fc.integer({ min: 1, max: 60_000 }) }) },
);

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    }),
);
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('nobody believes in a session that is over for longer than the timeout', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async (steps) => {
      const world = createWorld();
      try {
        await world.run([{ do: 'wait', ms: 1_000 }, ...steps, { do: 'wait', ms: 2 * LATEST_MS }]);
      } finally {
        world.close();
      }
    }),
    { numRuns: 60 },
  );
});

test('two who stay connected stay in the session, over any number of killed servers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 6 }), async (downs) => {
      const world = createWorld();
      try {
        const kills = downs.flatMap((downMs): Step[] => [
          { do: 'kill', downMs },
          { do: 'wait', ms: downMs + RETRY_MS },
        ]);
        await world.run([{ do: 'wait', ms: 1_000 }, ...kills]);
        expect(world.believes()).toEqual({ server: true, customer: true, agent: true });
      } finally {
        world.close();
      }
    }),
    { numRuns: 20 },
  );
});

function createWorld() {
  const cut: Record<Side, boolean> = { customer: false, agent: false };
  const over: Record<Side, number | null> = { customer: null, agent: null };
  const left: Record<Side, boolean> = { customer: false, agent: false };
  const lines = new Set<Line>();
  let isUp = true;
  /** A restart gives everybody who was there the whole time again. */
  let upSince = Date.now();
  let overAt: number | null = null;
  let row: LiveState | null = LIVE;
  let session: Session | null = serve(undefined);

  function serve(restored: Parameters<typeof createSession>[1]): Session {
    const facts = {
      historyId: 'h',
      site: { key: 'shop', origins: ['https://shop.example'], settings: SETTINGS },
      channel: 'voice',
      startedAt: Date.now(),
      live: row ?? LIVE,
      returnPatienceMs: 20_000,
      iceServersFor: () => [],
      onChanged: () => (row = made.live()),
      onEnded() {
        row = null;
        overAt = Date.now();
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
      if (cut[this.side] || !isUp || this.readyState !== Line.OPEN) return;
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
      setTimeout(() => {
        if (cut[this.side] || this.readyState !== Line.OPEN) return;
        this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
      }, 5);
    }

    close(): void {
      if (this.readyState > 1) return;
      this.readyState = 3;
      // Nobody hears of it through a network that is cut, until the server's own pings find out.
      setTimeout(() => this.serverLoses(), cut[this.side] ? 40_000 : 5);
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
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});

  const closing = new AbortController();
  const customer = openSessionSocket({
    server: 'http://customer',
    token: TOKENS.customer,
    signal: closing.signal,
    onMessage: (message) => heard('customer', message),
    isLinked: () => true,
    isSilent: () => false,
    whenReachable: () => Promise.resolve(),
    activeAgoMs: () => 0,
    awayTimeoutMs: () => SETTINGS.awayTimeoutMs,
    onGone: () => (over.customer ??= Date.now()),
  });
  let gone: ReturnType<typeof setTimeout> | undefined;
  const agent = createSessionSocket('ws://agent/session', TOKENS.agent, {
    onMessage: (message) => heard('agent', message),
    isLinked: () => true,
    isSilent: () => false,
    whenReachable: () => Promise.resolve(),
    activeAgoMs: () => 0,
    onUp() {
      clearTimeout(gone);
      gone = undefined;
    },
    // As extension/console/session.ts has it.
    onDown: () => (gone ??= setTimeout(() => (over.agent ??= Date.now()), SETTINGS.awayTimeoutMs)),
  });
  // Somebody always moves the mouse: what is tried here is being away.
  const active = setInterval(() => customer.say({ type: 'active', agoMs: 0 }), 15_000);

  function heard(who: Side, message: ServerMessage): void {
    if (message.type === 'ended' || message.type === 'error') over[who] ??= Date.now();
  }

  function take(step: Exclude<Step, { do: 'wait' }>): void {
    switch (step.do) {
      case 'cut':
        cut[step.side] = true;
        // The server's own pings find out.
        for (const line of [...lines].filter((one) => one.side === step.side && one.link !== null)) {
          setTimeout(() => cut[step.side] && line.serverLoses(), 40_000);
        }
        break;
      case 'heal':
        cut[step.side] = false;
        break;
      case 'end':
        if (left[step.side]) break;
        if (step.side === 'customer') customer.say({ type: 'end', reason: 'customer_ended' });
        else agent.say({ type: 'end', reason: 'agent_ended' });
        break;
      case 'leave':
        left[step.side] = true;
        if (step.side === 'customer') closing.abort();
        else agent.close();
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
  }

  function check(): void {
    const now = Date.now();
    for (const who of ['customer', 'agent'] as const) {
      if (left[who]) continue;
      const late = overAt !== null && over[who] === null ? now - overAt : 0;
      expect(late, `the ${who} still believes in it`).toBeLessThanOrEqual(LATEST_MS);
      // The other way round: the server, while it is up, does not keep what an end has given up.
      const kept = overAt === null && over[who] !== null && isUp ? now - Math.max(over[who], upSince) : 0;
      expect(kept, `the server still keeps it for the ${who}`).toBeLessThanOrEqual(LATEST_MS);
    }
  }

  return {
    async run(steps: readonly Step[]): Promise<void> {
      for (const step of steps) {
        if (step.do !== 'wait') take(step);
        for (let left = step.do === 'wait' ? step.ms : 10; left > 0; left -= 5_000) {
          await vi.advanceTimersByTimeAsync(Math.min(left, 5_000));
          check();
        }
      }
    },
    believes: () => ({
      server: session !== null && session.state() !== 'ended',
      customer: over.customer === null,
      agent: over.agent === null,
    }),
    close(): void {
      closing.abort();
      agent.close();
      clearInterval(active);
      clearTimeout(gone);
      session?.drop();
      vi.clearAllTimers();
      vi.unstubAllGlobals();
    },
  };
}
