import { timingSafeEqual } from 'node:crypto';
import { assertNever } from '../protocol/assert-never.ts';
import type { EndReason } from '../protocol/errors.ts';
import type { ReceiptEntry } from '../protocol/receipt.ts';
import type { RuleProblem } from '../protocol/rules.ts';
import type { ClientMessage, IceServer, ServerMessage, Side } from '../protocol/signaling.ts';
import type { SeatRecord } from './live-state.ts';
import { relay } from './relay.ts';
import type { Site } from './sites/sites.ts';
import { startTimer, type Timer } from './timer.ts';
import { hashToken, peerTokenOf } from './token.ts';

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

/** Where a socket comes from. Kept in memory, and never logged. */
export interface Visitor {
  readonly origin: string;
  /** Equal for what is most likely the same browser: a hash of its address and its name. */
  readonly mark: string;
}

type SaidReason = Extract<ClientMessage, { type: 'end' }>['reason'];
type Hello = Extract<ClientMessage, { type: 'hello' }>;

/** As much of its session as those need who have found the seat. */
interface SeatSession {
  readonly site: Site;
  /** `null` while nobody has joined. */
  agent(): object | null;
  /** Who may sit on a seat from now on. */
  rekey(seat: Seat, hashes: readonly string[]): void;
}

/** One of the two places in a session. Whoever holds its token may sit down; the newer socket wins. */
export interface Seat {
  readonly session: SeatSession;
  readonly side: Side;
  /** What the tokens that open it lead to. */
  readonly hashes: readonly string[];
  /** The name of its PeerJS socket; `null` until the session is joined. */
  readonly peer: string | null;
  enter(link: SessionLink, hello: Hello, from: Visitor): void;
  leave(link: SessionLink): void;
  receive(message: Exclude<ClientMessage, { type: 'hello' }>): void;
  isPeerToken(token: string): boolean;
  openPeer(link: PeerLink): void;
  closePeer(link: PeerLink): void;
  relay(frame: string): RelayOutcome;
  /** Who was here last, and has just gone: nobody else may carry a pass. */
  lastVisitor(): Visitor | null;
}

/** A seat as its session sees it. */
export interface SeatState extends Seat {
  hashes: readonly string[];
  peer: string | null;
  link: SessionLink | null;
  peerLink: PeerLink | null;
  /** It says that it has a data channel that works. */
  isLinked: boolean;
  /** It was there and has gone; not the same as not having come yet. */
  isAway: boolean;
  awayLeftMs(): number;
  record(): SeatRecord;
  send(message: ServerMessage): void;
  sendPeer(): void;
  /** Stops the timers and lets go of the sockets, with a last word unless they are to stay. */
  close(last: ServerMessage | null): void;
}

/** What a seat asks of its session. */
interface SeatOffice {
  readonly session: SeatSession;
  readonly awayTimeoutMs: number;
  /** However long ago a side left before a restart: this long it may still find its way back, milliseconds. */
  readonly returnPatienceMs: number;
  readonly iceServersFor: (peerName: string) => IceServer[];
  isOver(): boolean;
  partnerOf(seat: Seat): SeatState | null;
  tellState(seat: SeatState): void;
  /** Somebody came or went. */
  changed(seat: Seat): void;
  /** `connect` may be due. */
  called(): void;
  acted(agoMs: number): void;
  end(reason: EndReason): void;
  /** The customer has come: what only this side is told. */
  greetCustomer(): void;
  onRuleProblems(version: number, problems: readonly RuleProblem[]): void;
  onHidden(count: number): void;
  onActs(acts: readonly ReceiptEntry[]): void;
}

/** How long after the page has gone its pass is good. */
const PASS_MS = 20_000;

/** What one message may add to a session's count of hidden values: a figure in a report, so nobody may blow it up. */
const MAX_HIDDEN_AT_ONCE = 10_000;

/**
 * A seat without a socket always has a timer running, from the start on, so no session can be left lying about.
 * @param restored from before a restart, when everybody's socket was lost
 */
export function createSeat(office: SeatOffice, side: Side, from: SeatRecord, restored = false): SeatState {
  let peerToken = '';
  let visitor: Visitor | null = null;
  let { leftAt, isLost = false } = from;
  let timer: Timer | null = null;
  if (restored) waitForReturn();
  else wait(office.awayTimeoutMs, 'away_timeout');

  function wait(ms: number, reason: EndReason): void {
    timer?.stop();
    timer = startTimer(ms, () => office.end(reason));
  }

  /** Who was there lost us, not we them, and is away from now on. Who had left before, or been lost, counts on. */
  function waitForReturn(): void {
    if (leftAt === null) {
      leftAt = Date.now();
      isLost = true;
    }
    const patienceMs = Math.min(office.returnPatienceMs, office.awayTimeoutMs);
    wait(Math.max(patienceMs, leftAt + office.awayTimeoutMs - Date.now()), isLost ? 'connection_lost' : 'away_timeout');
  }

  // Plain fields: an object with accessors costs 1.6 kB more, and ten thousand wait at once.
  const seat: SeatState = {
    session: office.session,
    side,
    hashes: from.hashes,
    peer: from.peer,
    link: null,
    peerLink: null,
    isLinked: false,
    isAway: restored,
    awayLeftMs: () => timer?.leftMs() ?? 0,

    enter(newLink, hello, from) {
      const replaced = seat.link;
      const wasAway = seat.isAway;
      seat.link = newLink;
      peerToken = peerTokenOf(hello.token);
      seat.isLinked = hello.linked;
      seat.isAway = false;
      visitor = from;
      leftAt = null;
      isLost = false;
      timer?.stop();
      timer = null;
      replaced?.send({ type: 'error', code: 'replaced' });
      replaced?.close();
      if (wasAway) office.changed(seat);
      office.tellState(seat);
      seat.sendPeer();
      if (side === 'customer') office.greetCustomer();
      office.called();
    },

    leave(goneLink) {
      if (seat.link !== goneLink || office.isOver()) return;
      seat.link = null;
      seat.isAway = true;
      leftAt = Date.now();
      wait(office.awayTimeoutMs, 'away_timeout');
      office.changed(seat);
    },

    receive(message) {
      switch (message.type) {
        case 'end':
          return office.end(endReason(side, message.reason, office.partnerOf(seat)?.link === null));
        case 'linked':
          seat.isLinked = true;
          return undefined;
        case 'reconnect':
          seat.isLinked = false;
          return office.called();
        case 'path':
          return office.partnerOf(seat)?.send(message);
        case 'active':
          return office.acted(message.agoMs);
        case 'rule-problems':
          return side === 'customer' ? office.onRuleProblems(message.version, message.problems) : undefined;
        case 'hidden':
          return side === 'customer' ? office.onHidden(Math.min(message.count, MAX_HIDDEN_AT_ONCE)) : undefined;
        case 'acts':
          return side === 'customer' ? office.onActs(message.acts) : undefined;
        case 'ping':
          return seat.send({ type: 'pong' });
        default:
          return assertNever(message);
      }
    },

    isPeerToken: (token) => seat.peer !== null && isOneOf(hashToken(token), seat.hashes),

    openPeer(newLink) {
      const replaced = seat.peerLink;
      seat.peerLink = newLink;
      replaced?.close();
      newLink.send('{"type":"OPEN"}');
      office.called();
    },

    closePeer(goneLink) {
      if (seat.peerLink === goneLink) seat.peerLink = null;
    },

    relay(frame) {
      const partner = office.partnerOf(seat);
      if (seat.peer === null || partner?.peer == null) return 'dropped';
      const relayed = relay(frame, seat.peer, partner.peer);
      if (relayed.outcome !== 'forward') return relayed.outcome === 'drop' ? 'dropped' : relayed.outcome;
      // Nothing is kept for later: the customer calls anew as soon as both are there.
      if (partner.peerLink === null) return 'absent';
      partner.peerLink.send(relayed.text);
      return 'forwarded';
    },

    lastVisitor: () => (leftAt !== null && Date.now() - leftAt < PASS_MS ? visitor : null),
    record: () => ({ hashes: seat.hashes, peer: seat.peer, leftAt, ...(isLost && { isLost }) }),
    send: (message) => seat.link?.send(message),

    sendPeer() {
      if (seat.peer === null || seat.link === null) return;
      const iceServers = office.iceServersFor(seat.peer);
      seat.link.send({ type: 'peer', name: seat.peer, token: peerToken, iceServers });
    },

    close(last) {
      timer?.stop();
      if (last !== null) {
        seat.link?.send(last);
        seat.link?.close();
        seat.peerLink?.close();
      }
      seat.link = null;
      seat.peerLink = null;
    },
  };

  return seat;
}

/** What the other side is said to have done counts only while it cannot be heard itself. */
function endReason(side: Side, said: SaidReason, isPartnerAway: boolean): EndReason {
  const isOwn = side === 'customer' ? said !== 'agent_ended' : said === 'agent_ended';
  if (isOwn || (isPartnerAway && said !== 'policy')) return said;
  return side === 'agent' ? 'agent_ended' : 'customer_ended';
}

/** In the same time wherever two differ. @param given a hash, as long as every hash */
function isOneOf(given: string, known: readonly string[]): boolean {
  const isSame = (one: string): boolean =>
    given.length === one.length && timingSafeEqual(Buffer.from(given), Buffer.from(one));
  return known.filter(isSame).length > 0;
}
