import type { ErrorCode } from '../protocol/errors.ts';
import { parseClientMessage } from '../protocol/client-message.ts';
import type { ClientMessage, ServerMessage } from '../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Metrics } from './metrics.ts';
import type { OpenSocket, SocketEvents } from './open-sockets.ts';
import type { Pairing } from './pairing.ts';
import type { Seat, SessionLink, Visitor } from './seat.ts';
import { isExtensionOrigin } from './sites/origin.ts';
import { siteAdmits } from './sites/sites.ts';

/**
 * One client on `WS /session`: `hello` with the version and the token first, then the session's messages.
 * @param from its origin was checked roughly at the handshake; with the token it is checked exactly.
 */
export function serveSessionSocket(
  socket: OpenSocket,
  from: Visitor,
  { pairing, metrics, helloTimeoutMs }: { pairing: Pairing; metrics: Metrics; helloTimeoutMs: number },
): SocketEvents {
  let seat: Seat | null = null;
  let helloTimer: NodeJS.Timeout | null = setTimeout(() => refuse('bad_message'), helloTimeoutMs);
  const link: SessionLink = { send, close: () => socket.close(1000) };

  function send(message: ServerMessage): void {
    socket.send(JSON.stringify(message));
  }

  function stopWaiting(): void {
    if (helloTimer !== null) clearTimeout(helloTimer);
    helloTimer = null;
  }

  function refuse(code: ErrorCode): void {
    metrics.refused.inc({ code });
    stopWaiting();
    send({ type: 'error', code });
    socket.close(1008);
  }

  function greet(message: ClientMessage): void {
    if (message.type !== 'hello') return refuse('bad_message');
    if (message.version !== PROTOCOL_VERSION) return refuse('version_mismatch');
    const found = pairing.seatOf(message.token);
    if (found === null) return refuse('bad_token');
    if (!mayOpen(found, from.origin)) return refuse('origin_not_allowed');
    stopWaiting();
    seat = found;
    seat.enter(link, message, from);
  }

  return {
    onText(text) {
      const message = parseClientMessage(text);
      if (seat === null) {
        if (message === null) refuse('bad_message');
        else greet(message);
      } else if (message === null || message.type === 'hello') {
        metrics.dropped.inc({ kind: 'session', cause: 'unknown' });
      } else {
        seat.receive(message);
      }
    },
    onClose() {
      stopWaiting();
      seat?.leave(link);
    },
  };
}

/** Customers come from their site's pages, agents from an extension's. */
export function mayOpen(seat: Seat, origin: string | undefined): boolean {
  return seat.side === 'agent' ? isExtensionOrigin(origin) : siteAdmits(seat.session.site, origin);
}
