import { assertNever } from '../protocol/assert-never.ts';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { EndReason } from '../protocol/errors.ts';
import type { RuleProblem } from '../protocol/rules.ts';
import type { SessionId } from '../protocol/session-id.ts';
import type {
  Channel,
  ClientMessage,
  IceServer,
  LiveSession,
  ServerMessage,
  SessionState,
  Side,
} from '../protocol/signaling.ts';
import { relay } from './relay.ts';
import type { Site } from './sites/sites.ts';
import { startTimer, type Timer } from './timer.ts';
import { mintPeerName, mintToken } from './token.ts';

/** What one message may add to a session's count of hidden values: a figure in a report, so nobody may blow it up. */
const MAX_HIDDEN_AT_ONCE = 10_000;

/** A client's session socket, as far as a session needs it. Neither call throws. */
export interface SessionLink {
  send(message: ServerMessage): void;
  close(): void;
}

/** A client's PeerJS socket. */
export interface PeerLink {
  send(text: string): void;
  close(): void;
}

/** What became of a frame on a PeerJS socket. */
type RelayOutcome = 'forwarded' | 'heartbeat' | 'dropped' | 'absent' | 'not_paired';

/** One of the two places in a session. Whoever holds its token may sit down; the newer socket wins. */
export interface Seat {
  readonly session: Session;
  readonly side: Side;
  /** The name and key of the PeerJS socket; `null` until the session is joined. */
  readonly peer: { readonly name: string; readonly token: string } | null;
  enter(link: SessionLink): void;
  leave(link: SessionLink): void;
  receive(message: Exclude<ClientMessage, { type: 'hello' }>): void;
  isPeerToken(token: string): boolean;
  openPeer(link: PeerLink): void;
  closePeer(link: PeerLink): void;
  relay(frame: string): RelayOutcome;
}

export interface Session {
  readonly historyId: string;
  readonly id: SessionId;
  readonly site: Site;
  readonly customer: Seat;
  state(): SessionState;
  /** `null` while nobody has joined. */
  agent(): { readonly id: string; readonly name: string; readonly seat: Seat } | null;
  /** Only once, and only while waiting: pairing.ts sees to that. */
  join(agent: { readonly id: string; readonly name: string }): Seat;
  /** The first end counts; later ones do nothing. */
  end(reason: EndReason): void;
  /** The customer's page is to look at the site's rules again. */
  tellRules(version: number): void;
  /** Stops the timers and lets go of the sockets without an end. */
  drop(): void;
  view(): LiveSession;
}

interface SessionFacts {
  readonly historyId: string;
  readonly id: SessionId;
  readonly site: Site;
  readonly channel: Channel;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly iceServersFor: (peerName: string) => IceServer[];
  readonly onEnded: (reason: EndReason) => void;
  /** The newest version of the site's rules. */
  readonly rulesVersion: () => Promise<number>;
  readonly onRuleProblems: (version: number, problems: readonly RuleProblem[]) => void;
  readonly onHidden: (count: number) => void;
}

/** A seat as the session itself sees it. */
interface SeatState extends Seat {
  peer: { readonly name: string; readonly token: string } | null;
  readonly link: SessionLink | null;
  readonly peerLink: PeerLink | null;
  /** It was there and has gone; not the same as not having come yet. */
  readonly away: boolean;
  readonly awayLeftMs: number;
  send(message: ServerMessage): void;
  close(last: ServerMessage | null): void;
}

/**
 * One session: waiting → active ⇄ paused → ended. `paused` is not stored, it is what an active session is while a seat
 * is away. Every seat without a socket has a timer running, from the start on, so no session can be left lying about.
 */
export function createSession(facts: SessionFacts): Session {
  const { awayTimeoutMs, pendingTimeoutMs } = facts.site.settings;
  let phase: 'waiting' | 'active' | 'ended' = 'waiting';
  let joined: {
    readonly id: string;
    readonly name: string;
    readonly seat: SeatState;
    readonly at: number;
  } | null = null;
  /** A `connect` came due while the customer's session socket was not there. */
  let connectIsDue = false;
  const pending = startTimer(pendingTimeoutMs, () => end('pending_timeout'));

  const session: Session = {
    historyId: facts.historyId,
    id: facts.id,
    site: facts.site,
    get customer() {
      return customer;
    },
    state,
    agent: () => joined,
    join(agent) {
      phase = 'active';
      pending.stop();
      customer.peer = { name: mintPeerName(), token: mintToken() };
      const seat = createSeat('agent');
      seat.peer = { name: mintPeerName(), token: mintToken() };
      joined = { ...agent, seat, at: Date.now() };
      customer.send(stateMessage());
      sendPeer(customer);
      return seat;
    },
    end,
    tellRules: (version) => customer.send({ type: 'rules', version }),
    drop() {
      phase = 'ended';
      closeAll(null);
    },
    view: () => ({
      historyId: facts.historyId,
      sessionId: facts.id,
      state: liveState(),
      channel: facts.channel,
      startedAt: new Date(facts.startedAt).toISOString(),
      joinedAt: joined === null ? null : new Date(joined.at).toISOString(),
      agentName: joined?.name ?? null,
    }),
  };
  const customer = createSeat('customer');
  return session;

  function createSeat(side: Side): SeatState {
    let link: SessionLink | null = null;
    let peerLink: PeerLink | null = null;
    let away = false;
    let awayTimer: Timer | null = null;
    waitForSocket();

    function waitForSocket(): void {
      awayTimer?.stop();
      awayTimer = startTimer(awayTimeoutMs, () => end('away_timeout'));
    }

    const seat: SeatState = {
      session,
      side,
      peer: null,
      get link() {
        return link;
      },
      get peerLink() {
        return peerLink;
      },
      get away() {
        return away;
      },
      get awayLeftMs() {
        return awayTimer?.leftMs() ?? 0;
      },

      enter(newLink) {
        const replaced = link;
        const wasAway = away;
        link = newLink;
        away = false;
        awayTimer?.stop();
        awayTimer = null;
        replaced?.send({ type: 'error', code: 'replaced' });
        replaced?.close();
        newLink.send(stateMessage());
        if (wasAway) other(seat)?.send(stateMessage());
        sendPeer(seat);
        if (seat === customer) tellNewestRules();
        if (connectIsDue && seat === customer) tellCustomerToConnect();
      },

      leave(goneLink) {
        if (link !== goneLink || phase === 'ended') return;
        link = null;
        away = true;
        waitForSocket();
        if (phase === 'active') other(seat)?.send(stateMessage());
      },

      receive(message) {
        switch (message.type) {
          case 'end':
            return end(side === 'agent' || message.reason === 'agent_ended' ? reasonOf(side) : message.reason);
          case 'reconnect':
            return tellCustomerToConnect();
          case 'rule-problems':
            return seat === customer ? facts.onRuleProblems(message.version, message.problems) : undefined;
          case 'hidden':
            return seat === customer ? facts.onHidden(Math.min(message.count, MAX_HIDDEN_AT_ONCE)) : undefined;
          case 'ping':
            return seat.send({ type: 'pong' });
          default:
            return assertNever(message);
        }
      },

      isPeerToken: (token) => seat.peer !== null && equal(token, seat.peer.token),

      openPeer(newLink) {
        const replaced = peerLink;
        peerLink = newLink;
        replaced?.close();
        newLink.send('{"type":"OPEN"}');
        tellCustomerToConnect();
      },

      closePeer(goneLink) {
        if (peerLink === goneLink) peerLink = null;
      },

      relay(frame) {
        const partner = other(seat);
        if (seat.peer === null || partner?.peer == null) return 'dropped';
        const relayed = relay(frame, seat.peer.name, partner.peer.name);
        if (relayed.outcome !== 'forward') return relayed.outcome === 'drop' ? 'dropped' : relayed.outcome;
        // Nothing is kept for later: the customer calls anew as soon as both are there.
        if (partner.peerLink === null) return 'absent';
        partner.peerLink.send(relayed.text);
        return 'forwarded';
      },

      send: (message) => link?.send(message),

      close(last) {
        awayTimer?.stop();
        if (last !== null) link?.send(last);
        link?.close();
        peerLink?.close();
        link = null;
        peerLink = null;
      },
    };

    return seat;
  }

  function other(seat: SeatState): SeatState | null {
    return seat === customer ? (joined?.seat ?? null) : customer;
  }

  /** As soon as both PeerJS sockets are open, and again whenever one of them came back or somebody asks for it. */
  function tellCustomerToConnect(): void {
    const to = joined?.seat.peer?.name;
    if (phase !== 'active' || to === undefined || customer.peerLink === null || joined?.seat.peerLink == null) return;
    connectIsDue = customer.link === null;
    customer.send({ type: 'connect', to });
  }

  /** What was published while the customer was away. A page that is not told asks for the rules itself when it starts. */
  function tellNewestRules(): void {
    facts.rulesVersion().then(session.tellRules, () => {});
  }

  function sendPeer(seat: SeatState): void {
    if (seat.peer === null) return;
    const { name, token } = seat.peer;
    seat.send({ type: 'peer', name, token, iceServers: facts.iceServersFor(name) });
  }

  function awaySeats(): SeatState[] {
    const seats = joined === null ? [customer] : [customer, joined.seat];
    return seats.filter((seat) => seat.away);
  }

  function liveState(): Exclude<SessionState, 'ended'> {
    if (phase === 'waiting') return 'waiting';
    return awaySeats().length > 0 ? 'paused' : 'active';
  }

  function state(): SessionState {
    return phase === 'ended' ? 'ended' : liveState();
  }

  function stateMessage(): ServerMessage {
    const away = phase === 'waiting' ? [] : awaySeats();
    const remainingMs =
      phase === 'waiting' ? pending.leftMs() : away.length === 0 ? 0 : Math.min(...away.map((seat) => seat.awayLeftMs));
    return {
      type: 'state',
      state: liveState(),
      historyId: facts.historyId,
      sessionId: facts.id,
      channel: facts.channel,
      agentName: joined?.name ?? '',
      away: away.map((seat) => seat.side),
      remainingMs,
    };
  }

  function end(reason: EndReason): void {
    if (phase === 'ended') return;
    phase = 'ended';
    closeAll({ type: 'ended', reason });
    facts.onEnded(reason);
  }

  function closeAll(last: ServerMessage | null): void {
    pending.stop();
    customer.close(last);
    joined?.seat.close(last);
  }
}

function reasonOf(side: Side): EndReason {
  return side === 'agent' ? 'agent_ended' : 'customer_ended';
}

/** In the same time wherever the two differ. */
function equal(given: string, known: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(known));
}
