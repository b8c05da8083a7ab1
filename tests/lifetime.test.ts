import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSessionSocket } from '../extension/console/connection/session-socket.ts';
import type { ServerMessage, Side } from '../protocol/signaling.ts';
import type { Session } from '../signaling-server/session.ts';
import { openSessionSocket } from '../site-snippet/channel/session-socket.ts';
import {
  createLifetimeWorld,
  LATEST_MS,
  RETRY_MS,
  SETTINGS,
  TOKENS,
  type NetworkStep,
} from './support/lifetime-world.ts';

/**
 * The server's session and both ends' lines to it, real ones, in a world whose networks are cut without a word and
 * whose server is killed. Whatever happens, nobody goes on believing in a session that is over for longer than the
 * timeout and what it takes to notice a dead line. A failure prints the seed and the path to see it again.
 */
type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'end' | 'leave'; readonly side: Side }
  | NetworkStep;

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
    { numRuns: 300 },
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
    { numRuns: 60 },
  );
});

function createWorld() {
  const over: Record<Side, number | null> = { customer: null, agent: null };
  const left: Record<Side, boolean> = { customer: false, agent: false };
  const world = createLifetimeWorld();
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
    lastsUntil: null,
    onLasting() {},
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
    // As extension/console/session.ts has it for an agent who lost the server first.
    onDown: () => (gone ??= setTimeout(giveUp, SETTINGS.awayTimeoutMs)),
  });
  function giveUp(): void {
    over.agent ??= Date.now();
    agent.close();
  }
  // Somebody always moves the mouse: what is tried here is being away.
  const active = setInterval(() => customer.say({ type: 'active', agoMs: 0 }), 15_000);

  function heard(who: Side, message: ServerMessage): void {
    if (message.type === 'ended' || message.type === 'error') over[who] ??= Date.now();
  }

  function take(step: Exclude<Step, { do: 'wait' }>): void {
    switch (step.do) {
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
      default:
        world.take(step);
    }
  }

  function check(): void {
    const now = Date.now();
    const overAt = world.overAt();
    for (const who of ['customer', 'agent'] as const) {
      if (left[who]) continue;
      const late = overAt !== null && over[who] === null ? now - overAt : 0;
      expect(late, `the ${who} still believes in it`).toBeLessThanOrEqual(LATEST_MS);
      // The other way round: the server, while it is up, does not keep what an end has given up.
      if (overAt !== null || over[who] === null || !world.isUp()) continue;
      expect(now, `the server still keeps it for the ${who}`).toBeLessThanOrEqual(world.latestAfter(over[who]));
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
      server: isAlive(world.session()),
      customer: over.customer === null,
      agent: over.agent === null,
    }),
    close(): void {
      closing.abort();
      agent.close();
      clearInterval(active);
      clearTimeout(gone);
      world.close();
    },
  };
}

function isAlive(session: Session | null): boolean {
  return session !== null && session.state() !== 'ended';
}
