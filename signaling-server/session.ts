import type { EndReason } from '../protocol/errors.ts';
import type { ReceiptEntry } from '../protocol/receipt.ts';
import type { OriginPattern } from '../protocol/origin.ts';
import type { RuleProblem } from '../protocol/rules.ts';
import type { SessionId } from '../protocol/session-id.ts';
import type { Channel, IceServer, LiveSession, ServerMessage, SessionState } from '../protocol/signaling.ts';
import { createIdleClock, type IdleClock } from './idle-clock.ts';
import type { LiveState } from './live-state.ts';
import { createSeat, type Seat, type SeatState } from './seat.ts';
import type { Site } from './sites/sites.ts';
import { startTimer } from './timer.ts';

export interface Session {
  readonly historyId: string;
  readonly id: SessionId;
  readonly site: Site;
  readonly customer: Seat;
  state(): SessionState;
  /** `null` while nobody has joined. */
  agent(): JoinedAgent | null;
  /** Only once, and only while waiting: pairing.ts sees to that. @param live with the agent and both names in it */
  join(agentId: string, live: LiveState, joinedAt: number): void;
  /** Who may sit on a seat from now on. */
  rekey(seat: Seat, hashes: readonly string[]): void;
  /** The first end counts; later ones do nothing. */
  end(reason: EndReason): void;
  /** The customer's page is to look at the site's rules again. */
  tellRules(version: number): void;
  /** Stops the timers and forgets the sockets, which stay open. */
  drop(): void;
  view(): LiveSession;
  /** What `restored` takes after a restart. */
  live(): LiveState;
}

interface JoinedAgent {
  readonly id: string;
  readonly name: string;
  readonly seat: Seat;
  /** Unix milliseconds. */
  readonly joinedAt: number;
}

interface SessionFacts {
  readonly historyId: string;
  readonly site: Site;
  readonly channel: Channel;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly live: LiveState;
  /** See `SeatOffice`. */
  readonly returnPatienceMs: number;
  readonly iceServersFor: (peerName: string) => IceServer[];
  /** What `live()` says is another now. */
  readonly onChanged: () => void;
  /** Resolves when the end is written, or cannot be for now. */
  readonly onEnded: (reason: EndReason) => Promise<void>;
  /** The newest version of the site's rules. */
  readonly rulesVersion: () => Promise<number>;
  /** A new pass for the customer, instead of the one before. */
  readonly mintPass: () => string;
  readonly onRuleProblems: (version: number, problems: readonly RuleProblem[]) => void;
  readonly onHidden: (count: number) => void;
  readonly onActs: (acts: readonly ReceiptEntry[]) => void;
}

/**
 * One session: waiting → active ⇄ paused → ended. `paused` is not stored, it is what an active session is while a seat
 * is away.
 * @param restored who had joined when an earlier process was stopped; `null`: nobody. Left out: the session is new.
 */
export function createSession(
  facts: SessionFacts,
  restored?: { readonly agentId: string; readonly joinedAt: number } | null,
): Session {
  const { awayTimeoutMs, pendingTimeoutMs, idleTimeoutMs } = facts.site.settings;
  const isRestored = restored !== undefined;
  let phase: 'waiting' | 'active' | 'ended' = 'waiting';
  let joined: (JoinedAgent & { readonly seat: SeatState }) | null = null;
  /** A PeerJS socket was opened, or a channel lost: the customer is to call as soon as all is there for it. */
  let connectIsDue = false;
  const pending = startTimer(Math.max(0, facts.startedAt + pendingTimeoutMs - Date.now()), () =>
    end('pending_timeout'),
  );
  /** From the join on; thousands wait. */
  let idle: IdleClock | null = null;

  // Plain fields, as in a seat: an accessor costs each session 0.7 kB.
  const session: Session & { customer: SeatState } = {
    historyId: facts.historyId,
    id: facts.live.id,
    site: facts.site,
    customer: null as unknown as SeatState,
    state,
    agent: () => joined,
    join(agentId, live, joinedAt) {
      customer.peer = live.customer.peer;
      activate(agentId, live, joinedAt);
      office.tellState(customer);
      customer.sendPeer();
    },
    rekey(seat, hashes) {
      (seat === customer ? customer : joined!.seat).hashes = hashes;
      facts.onChanged();
    },
    end,
    tellRules: (version) => customer.send({ type: 'rules', version }),
    drop() {
      phase = 'ended';
      stopClocks();
      closeSeats(null);
    },
    view: () => ({
      historyId: facts.historyId,
      sessionId: facts.live.id,
      state: liveState(),
      away: awaySeats().map((seat) => seat.side),
      channel: facts.channel,
      startedAt: new Date(facts.startedAt).toISOString(),
      joinedAt: joined === null ? null : new Date(joined.joinedAt).toISOString(),
      agentName: joined?.name ?? null,
    }),
    live: () => ({
      id: facts.live.id,
      customer: customer.record(),
      agent: joined === null ? null : { ...joined.seat.record(), name: joined.name },
    }),
  };

  const office: Parameters<typeof createSeat>[0] = {
    session,
    awayTimeoutMs,
    returnPatienceMs: facts.returnPatienceMs,
    iceServersFor: facts.iceServersFor,
    isOver: () => phase === 'ended',
    partnerOf: (seat) => (seat === customer ? (joined?.seat ?? null) : customer),
    tellState(seat) {
      seat.send(stateMessage());
      const remainingMs = idle?.warnedMs() ?? 0;
      if (remainingMs > 0) seat.send({ type: 'idle', remainingMs });
    },
    changed(seat) {
      countIdle();
      const partner = office.partnerOf(seat);
      if (phase === 'active' && partner !== null) office.tellState(partner);
      facts.onChanged();
    },
    called() {
      connectIsDue = true;
      tellCustomerToConnect();
    },
    acted: (agoMs) => idle?.acted(agoMs),
    end,
    onRuleProblems: facts.onRuleProblems,
    onHidden: facts.onHidden,
    onActs: facts.onActs,
    greetCustomer() {
      // What was published while the customer was away. A page that is not told asks for the rules when it starts.
      facts.rulesVersion().then(session.tellRules, () => {});
      const { origins } = facts.site;
      if (hasSeveral(origins)) customer.send({ type: 'pass', code: facts.mintPass(), origins });
    },
  };
  const customer = createSeat(office, 'customer', facts.live.customer, isRestored);
  session.customer = customer;
  if (restored != null) activate(restored.agentId, facts.live, restored.joinedAt);
  return session;

  function activate(id: string, { agent }: LiveState, joinedAt: number): void {
    if (agent === null) return;
    phase = 'active';
    pending.stop();
    idle = createIdleClock(idleTimeoutMs, {
      onWarning: (remainingMs) => tellBoth({ type: 'idle', remainingMs }),
      onIdle: () => end('idle_timeout'),
    });
    joined = { id, name: agent.name, seat: createSeat(office, 'agent', agent, restored != null), joinedAt };
    countIdle();
  }

  /** Both have to be there, on both of their sockets. Two who say that they hear each other are left in peace. */
  function tellCustomerToConnect(): void {
    const agent = joined?.seat;
    if (phase !== 'active' || !connectIsDue || agent === undefined || agent.peer === null) return;
    if (customer.link === null || agent.link === null || customer.peerLink === null || agent.peerLink === null) return;
    connectIsDue = false;
    if (!customer.isLinked || !agent.isLinked) customer.send({ type: 'connect', to: agent.peer });
  }

  function countIdle(): void {
    if (phase === 'active' && awaySeats().length === 0) idle?.run();
    else idle?.rest();
  }

  function awaySeats(): SeatState[] {
    const seats = joined === null ? [customer] : [customer, joined.seat];
    return phase === 'waiting' ? [] : seats.filter((seat) => seat.isAway);
  }

  function liveState(): Exclude<SessionState, 'ended'> {
    if (phase === 'waiting') return 'waiting';
    return awaySeats().length > 0 ? 'paused' : 'active';
  }

  function state(): SessionState {
    return phase === 'ended' ? 'ended' : liveState();
  }

  function stateMessage(): ServerMessage {
    const away = awaySeats();
    const remainingMs =
      phase === 'waiting'
        ? pending.leftMs()
        : away.length === 0
          ? 0
          : Math.min(...away.map((seat) => seat.awayLeftMs()));
    return {
      type: 'state',
      state: liveState(),
      historyId: facts.historyId,
      sessionId: facts.live.id,
      channel: facts.channel,
      agentName: joined?.name ?? '',
      away: away.map((seat) => seat.side),
      remainingMs,
    };
  }

  function tellBoth(message: ServerMessage): void {
    customer.send(message);
    joined?.seat.send(message);
  }

  function end(reason: EndReason): void {
    if (phase === 'ended') return;
    phase = 'ended';
    stopClocks();
    // Written before it is said: what somebody was told is so, whatever happens to the process.
    void facts.onEnded(reason).then(() => closeSeats({ type: 'ended', reason }));
  }

  function stopClocks(): void {
    pending.stop();
    idle?.rest();
  }

  function closeSeats(last: ServerMessage | null): void {
    customer.close(last);
    joined?.seat.close(last);
  }
}

/** Whether there is another origin to go to. */
function hasSeveral(origins: readonly OriginPattern[]): boolean {
  return origins.length > 1 || origins.some((pattern) => pattern === 'loopback' || pattern.includes('*'));
}
