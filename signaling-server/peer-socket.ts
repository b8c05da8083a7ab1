import { SENTENCES, type ErrorCode } from '../protocol/errors.ts';
import type { Metrics } from './metrics.ts';
import type { OpenSocket, SocketEvents } from './open-sockets.ts';
import type { Pairing } from './pairing.ts';
import type { PeerLink } from './seat.ts';
import { mayOpen } from './socket.ts';

/** What the stock PeerJS client must be given as `key`. */
const PEERJS_KEY = 'alongside';

/**
 * One client on `WS /peerjs`, speaking the protocol of PeerJS 1.5: `OPEN` from us, then offers, answers and candidates
 * between the two of a pair. Name and token stand in the query, because that is where the stock client puts them; they
 * are good for this session only, and addresses are not logged.
 */
export function servePeerSocket(
  socket: OpenSocket,
  origin: string | undefined,
  query: URLSearchParams,
  { pairing, metrics }: { pairing: Pairing; metrics: Metrics },
): SocketEvents {
  const found = query.get('key') === PEERJS_KEY ? pairing.seatOfPeer(query.get('id') ?? '') : null;
  const seat = found?.isPeerToken(query.get('token') ?? '') === true ? found : null;
  const link: PeerLink = { send: socket.send, close: () => socket.close(1000) };

  if (seat === null) refuse('bad_token');
  else if (!mayOpen(seat, origin)) refuse('origin_not_allowed');
  else seat.openPeer(link);

  function refuse(code: ErrorCode): void {
    metrics.refused.inc({ code });
    sendError(code);
    socket.close(1008);
  }

  function sendError(code: ErrorCode): void {
    socket.send(JSON.stringify({ type: 'ERROR', payload: { msg: SENTENCES[code] } }));
  }

  return {
    onText(text) {
      if (seat === null) return;
      const outcome = seat.relay(text);
      if (outcome === 'forwarded') metrics.relayed.inc();
      if (outcome === 'dropped' || outcome === 'absent') metrics.dropped.inc({ kind: 'peer', cause: outcome });
      if (outcome === 'not_paired') {
        metrics.dropped.inc({ kind: 'peer', cause: outcome });
        sendError(outcome);
      }
    },
    onClose: () => seat?.closePeer(link),
  };
}
