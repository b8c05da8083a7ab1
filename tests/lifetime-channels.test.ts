import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CustomerLink, PeerEvents } from '../extension/console/connection/peer.ts';
import { createSession as createConsoleSession } from '../extension/console/session.ts';
import { PATH_PATIENCE_MS } from '../protocol/limits.ts';
import type { Side } from '../protocol/signaling.ts';
import type { Channels, PeerOptions } from '../site-snippet/channel/peer.ts';
import type { PublicSession, SessionApi } from '../site-snippet/loader-handle.ts';
import { connect } from '../site-snippet/session.ts';
import type { SharingOptions } from '../site-snippet/sharing.ts';
import { createLifetimeWorld, LATEST_MS, SETTINGS, TOKENS, type NetworkStep } from './support/lifetime-world.ts';

/**
 * Both ends whole, as far as they decide anything: the session of the customer's page, the console's, the server's, with
 * the lines between them and the small messages of the data channel. WebRTC is a wire here that opens, delays, dies on
 * one side or on both, and delivers what was under way after its end. Nothing is drawn, and no page is recorded.
 */
interface Peers {
  createPeer: (options: PeerOptions) => unknown;
}
const peers = vi.hoisted((): Peers => ({ createPeer: () => null }));
/** Answers every call, and is every property, with itself: for what only shows. */
const silent = vi.hoisted((): unknown => {
  const nothing: unknown = new Proxy(() => nothing, {
    get: (_target, name) => (name === 'then' ? undefined : nothing),
  });
  return nothing;
});

vi.mock('../site-snippet/channel/peer-loader.ts', () => ({
  createCustomerPeer: (options: PeerOptions) => Promise.resolve(peers.createPeer(options)),
}));
vi.mock('../site-snippet/sharing.ts', async () => {
  const quiet = {
    numbers: undefined,
    tellMode() {},
    tellWriteAnswer() {},
    tellOutcome() {},
    tellDrawing() {},
    tellComment() {},
  };
  const { openLiveChannel } = await import('../site-snippet/channel/live.ts');
  return {
    startSharing(options: SharingOptions) {
      const live = openLiveChannel({
        ...options,
        channel: options.channels.live,
        signal: options.channels.signal,
        onReady: () => options.onReady({ ...quiet, tellEnd: (reason) => live.send({ type: 'bye', reason }) }),
        onMessage: (message) => message.type === 'bye' && options.onBye(),
        onHold: () => {},
      });
    },
  };
});
vi.mock('../site-snippet/mask/rules-door.ts', () => ({
  openRules: () => ({ ready: Promise.resolve(), newest() {} }),
}));
vi.mock('../site-snippet/channel/activity.ts', () => ({
  watchActivity: () => ({ agoMs: () => 0, now() {} }),
}));
vi.mock('../site-snippet/control/write-mode.ts', () => ({
  createWriteMode: () => ({ mode: 'pointer', grantee: '', connect() {}, settle() {} }),
}));
vi.mock('../site-snippet/show/widget.ts', () => ({ createWidget: () => silent }));
vi.mock('../site-snippet/rewritten.ts', () => ({ whenRewritten() {} }));
vi.mock('../site-snippet/show/guidance-door.ts', () => ({ createGuidanceDoor: () => silent }));
vi.mock('../site-snippet/mask/judge.ts', () => ({ createJudge: () => silent }));
vi.mock('../site-snippet/mask/last-look.ts', () => ({ createLastLook: () => silent }));
vi.mock('../site-snippet/mask/hidden-count.ts', () => ({ countHidden: () => silent }));
vi.mock('../site-snippet/send/deflate.ts', () => ({ createDeflater: () => silent }));
vi.mock('../site-snippet/channel/other-tabs.ts', () => ({ offerSession() {} }));
vi.mock('../site-snippet/channel/safety.ts', () => ({ wordsFor: () => Promise.resolve('') }));
vi.mock('../extension/console/safety.ts', () => ({ wordsFor: () => Promise.resolve('') }));

type Step =
  | NetworkStep
  | { readonly do: 'wait'; readonly ms: number }
  /** A side finds its channel closed; the other hears of it unless the network is cut. */
  | { readonly do: 'die'; readonly side: Side }
  | { readonly do: 'end'; readonly side: Side }
  /** The customer follows a link: the page that was is gone, the next one needs this long. */
  | { readonly do: 'load'; readonly ms: number };

const side = fc.constantFrom<Side>('customer', 'agent');
const trouble: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cut', 'heal', 'die'), side }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('load'), ms: fc.integer({ min: 1, max: 5_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill'), downMs: fc.integer({ min: 1, max: 30_000 }) }) },
);
const wait = (max: number) => fc.record({ do: fc.constant('wait'), ms: fc.integer({ min: 1, max }) });
const end = fc.record({ do: fc.constant('end'), side });

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

test('no end is missed by the other side for longer than the timeout, whatever becomes of the channel', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 3, arbitrary: trouble }, { weight: 3, arbitrary: wait(100_000) }, end), {
        maxLength: 12,
      }),
      async (steps) => {
        const world = createWorld();
        try {
          await world.run([{ do: 'wait', ms: 3_000 }, ...steps, { do: 'wait', ms: 2 * LATEST_MS }]);
        } finally {
          world.close();
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('two who want to stay find each other again after any trouble that is shorter than the timeout', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(trouble, wait(20_000)), { maxLength: 3 }), async (troubles) => {
      const world = createWorld();
      try {
        await world.run([{ do: 'wait', ms: 3_000 }, ...troubles.flat()]);
        await world.run([
          { do: 'heal', side: 'customer' },
          { do: 'heal', side: 'agent' },
          { do: 'wait', ms: 90_000 },
        ]);
        expect(world.whatIs()).toEqual({ server: 'active', customer: 'active', agent: 'building', linked: true });
      } finally {
        world.close();
      }
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['customer', 'customer_ended'],
  ['agent', 'agent_ended'],
] as const)(
  'an end by the %s is known to the other at once, and to a server that was down, as %s',
  async (who, reason) => {
    for (const downMs of [200, 5_000, 12_000]) {
      const world = createWorld();
      try {
        await world.run([
          { do: 'wait', ms: 3_000 },
          { do: 'kill', downMs },
          { do: 'wait', ms: 100 },
          { do: 'end', side: who },
          { do: 'wait', ms: 2_500 },
        ]);
        expect(world.whatIs()).toMatchObject({ customer: undefined, agent: 'ended' });
        await world.run([{ do: 'wait', ms: downMs + 5_000 }]);
        expect(world.endReason()).toBe(reason);
      } finally {
        world.close();
      }
    }
  },
);

test('who has ended the session does not find it again on the next page, whether or not anybody heard', async () => {
  for (const trouble of [
    { do: 'kill', downMs: 20_000 },
    { do: 'cut', side: 'customer' },
  ] as const) {
    const world = createWorld();
    try {
      await world.run([
        { do: 'wait', ms: 3_000 },
        trouble,
        { do: 'wait', ms: 500 },
        { do: 'end', side: 'customer' },
        { do: 'wait', ms: 500 },
        { do: 'load', ms: 300 },
        { do: 'wait', ms: 2_000 },
        { do: 'heal', side: 'customer' },
        { do: 'wait', ms: 30_000 },
      ]);
      expect(world.whatIs()).toMatchObject({ customer: undefined });
    } finally {
      world.close();
    }
  }
});

test('what the other side said last is told the server by who heard it, when that side is gone', async () => {
  const world = createWorld();
  try {
    await world.run([
      { do: 'wait', ms: 3_000 },
      { do: 'cut-off', side: 'customer' },
      { do: 'wait', ms: 50_000 },
      { do: 'end', side: 'customer' },
      { do: 'wait', ms: 10_000 },
    ]);
    expect(world.endReason()).toBe('customer_ended');
  } finally {
    world.close();
  }
});

/** An open data channel, for as long as neither end knows better. */
class Wire {
  readonly #isCut: () => boolean;
  readonly #waiting: (() => void)[] = [];
  readonly #onGone: Record<Side, () => void>;
  readonly #gone: Record<Side, boolean> = { customer: false, agent: false };
  readonly #watch: ReturnType<typeof setInterval>;
  #cutMs = 0;

  constructor(isCut: () => boolean, onGone: Record<Side, () => void>) {
    this.#isCut = isCut;
    this.#onGone = onGone;
    this.#watch = setInterval(() => this.#look(), 500);
  }

  isOpen(): boolean {
    return !this.#gone.customer && !this.#gone.agent;
  }

  isGone(who: Side): boolean {
    return this.#gone[who];
  }

  /** Late, in order, and even when the channel has been closed meanwhile. */
  carry(from: Side, deliver: () => void): boolean {
    if (this.#gone[from]) return false;
    setTimeout(() => {
      if (this.#isCut()) this.#waiting.push(deliver);
      else deliver();
    }, 30);
    return true;
  }

  close(who: Side, isTold: boolean): void {
    if (this.#gone[who]) return;
    this.#gone[who] = true;
    if (isTold) this.#onGone[who]();
    const other = who === 'customer' ? 'agent' : 'customer';
    // What was said before is heard before.
    if (!this.#isCut()) setTimeout(() => this.close(other, true), 30);
    if (this.#gone[other]) clearInterval(this.#watch);
  }

  /** The browser calls it failed after some 16 s, and it is given up after the patience for another way. */
  #look(): void {
    this.#cutMs = this.#isCut() ? this.#cutMs + 500 : 0;
    const isDeaf = this.#gone.customer !== this.#gone.agent && this.#cutMs === 0;
    if (this.#cutMs > 16_000 + PATH_PATIENCE_MS || isDeaf) {
      for (const who of ['customer', 'agent'] as const) this.close(who, true);
      return;
    }
    if (this.#cutMs === 0) for (const deliver of this.#waiting.splice(0)) deliver();
  }
}

class LiveEnd extends EventTarget {
  readonly #send: (frame: Uint8Array<ArrayBuffer>) => void;
  readonly bufferedAmount = 0;
  readyState = 'open';

  constructor(send: (frame: Uint8Array<ArrayBuffer>) => void) {
    super();
    this.#send = send;
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    this.#send(frame.slice());
  }
}

function createWorld() {
  const world = createLifetimeWorld();
  const isCut = (): boolean => world.isCut('customer') || world.isCut('agent');
  const stored = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
    removeItem: (key: string) => stored.delete(key),
  });
  vi.stubGlobal('document', {});
  vi.stubGlobal('fetch', () => (isCut() || !world.isUp() ? Promise.reject(new Error('Cut off.')) : Promise.resolve()));
  let page = new EventTarget();
  vi.stubGlobal('addEventListener', (...all: Parameters<EventTarget['addEventListener']>) => {
    page.addEventListener(...all);
  });
  vi.stubGlobal('removeEventListener', () => {});

  let wire: Wire | null = null;
  let door: PeerEvents | null = null;
  const closers = new Set<() => void>();
  /** Of the page that is there; `undefined`: between two pages. */
  let customer: PublicSession | null | undefined;
  const over: Record<Side, number | null> = { customer: null, agent: null };
  let api: SessionApi | null = null;

  function keepSocket(who: Side): () => void {
    const close = world.keepPeerSocket(who);
    closers.add(close);
    return close;
  }

  // --- The customer's end of WebRTC ---

  peers.createPeer = ({ signal, onOpen, onLost }) => {
    const closeSocket = keepSocket('customer');
    let current: Wire | null = null;
    const hangUp = (): void => current?.close('customer', false);
    signal.addEventListener('abort', () => {
      closeSocket();
      hangUp();
    });
    return {
      call(to: string) {
        hangUp();
        const ending = new AbortController();
        const calling = openWire(ending, to);
        current = calling.wire;
        setTimeout(() => {
          if (signal.aborted || ending.signal.aborted) return;
          if (isCut() || door === null) {
            ending.abort();
            onLost();
            return;
          }
          wire = calling.wire;
          calling.answer();
          onOpen(calling.channels);
        }, 100);

        function openWire(closing: AbortController, name: string) {
          const opened = new Wire(isCut, {
            customer() {
              closing.abort();
              onLost();
            },
            agent: () => door?.onClosed(link),
          });
          const live = new LiveEnd((frame) => opened.carry('customer', () => door?.onLiveFrame(link, frame)));
          const link: CustomerLink = {
            send: (frame) =>
              opened.carry('agent', () =>
                live.dispatchEvent(new MessageEvent('message', { data: frame.slice().buffer })),
              ),
            fingerprints: () => ({ customer: '', agent: '' }),
            findPath() {},
            takePathStep() {},
            close: () => opened.close('agent', false),
          };
          return {
            wire: opened,
            channels: { to: name, live, signal: closing.signal, fingerprints: async () => ({}) } as unknown as Channels,
            answer() {
              door?.onCall(link);
              door?.onOpen(link);
            },
          };
        }
      },
      takePathStep() {},
      renew() {},
      whenReachable: () => new Promise(() => {}),
    };
  };

  // --- Both sides ---

  function openPage(): void {
    page = new EventTarget();
    vi.stubGlobal('window', page);
    customer = null;
    const here = page;
    api = connect({
      settings: { site: 'shop', base: '', server: 'http://customer', position: 'left', label: '', phone: '' },
      host: silent as HTMLElement,
      shadow: silent as ShadowRoot,
      button: silent as HTMLButtonElement,
      showButton() {},
      emit(event) {
        if (event === 'ended') over.customer ??= Date.now();
      },
      setSession(session) {
        if (here === page && customer !== undefined) customer = session;
      },
    });
    api.resume('');
  }

  stored.set('alongside', JSON.stringify({ sessionId: '123456789', historyId: 'h', token: TOKENS.customer }));
  openPage();
  const agent = createConsoleSession(
    {
      server: 'http://agent',
      token: TOKENS.agent,
      historyId: 'h',
      sessionId: '123456789',
      settings: SETTINGS,
      joinedAt: Date.now(),
    },
    (_server, events) => {
      door = events;
      const closeSocket = keepSocket('agent');
      return {
        open() {},
        renewLine() {},
        close() {
          door = null;
          closeSocket();
          wire?.close('agent', false);
        },
      };
    },
    { read: () => Promise.resolve(null), keep: () => Promise.resolve() },
  );
  const stopWatching = agent.ended.subscribe((ended) => {
    if (ended !== null) over.agent ??= Date.now();
  });
  // Somebody always moves the mouse: what is tried here is being away.
  const active = setInterval(() => agent.noteActivity(), 15_000);

  function take(step: Exclude<Step, { do: 'wait' }>): void {
    switch (step.do) {
      case 'die':
        wire?.close(step.side, true);
        break;
      case 'end':
        if (step.side === 'agent') agent.exit();
        else if (customer) {
          over.customer ??= Date.now();
          api?.end();
        }
        break;
      case 'load':
        if (customer === undefined) break;
        customer = undefined;
        page.dispatchEvent(new Event('pagehide'));
        setTimeout(() => stored.has('alongside') && openPage(), step.ms);
        break;
      default:
        world.take(step);
    }
  }

  function check(): void {
    const now = Date.now();
    const ends = [over.customer, over.agent, world.overAt()].filter((at) => at !== null);
    if (ends.length === 0) return;
    if (now <= world.latestAfter(Math.min(...ends))) return;
    expect(agent.ended.value, 'the agent still believes in it').not.toBeNull();
    expect(customer ?? null, 'the customer still believes in it').toBeNull();
  }

  return {
    async run(steps: readonly Step[]): Promise<void> {
      for (const step of steps) {
        if (step.do !== 'wait') take(step);
        for (let rest = step.do === 'wait' ? step.ms : 10; rest > 0; rest -= 5_000) {
          await vi.advanceTimersByTimeAsync(Math.min(rest, 5_000));
          check();
        }
      }
    },
    endReason: world.endReason,
    whatIs: () => ({
      server: world.session()?.state(),
      customer: customer?.state,
      agent: agent.stage.value,
      linked: wire?.isOpen() === true,
    }),
    close(): void {
      page.dispatchEvent(new Event('pagehide'));
      stopWatching();
      agent.dispose();
      clearInterval(active);
      for (const close of closers) close();
      world.close();
    },
  };
}
