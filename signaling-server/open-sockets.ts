import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Metrics } from './metrics.ts';
import type { ServerLimits } from './server-limits.ts';
import { createBucket } from './tries.ts';

type SocketKind = 'session' | 'peer';

/** One socket, kept within bounds. */
export interface OpenSocket {
  /** Drops the text when the socket is closing; cuts a reader that leaves too much unread. */
  readonly send: (text: string) => void;
  /** @param code a WebSocket close code: 1000 done, 1001 server stops, 1008 not allowed, 4000+ ours. */
  readonly close: (code: number) => void;
}

export interface SocketEvents {
  /** Only texts within the rate get here. Must not throw. */
  onText(text: string): void;
  onClose(): void;
}

/** Every open WebSocket: its rate, its liveness, its error listener, its end. */
export interface OpenSockets {
  /** @param raw what `ws` writes to */
  keep(
    ws: WebSocket,
    raw: Duplex,
    kind: SocketKind,
    addressKey: string,
    start: (socket: OpenSocket) => SocketEvents,
  ): void;
  /** Whether one more from this address is within the limits. */
  hasRoom(addressKey: string): boolean;
  /** Says goodbye to all (1001), waits a moment, cuts what is left. */
  stop(): Promise<void>;
}

/** Each socket is pinged in a turn of its own: ten thousand at once would hold up everybody who joins meanwhile. */
const PING_TURNS = 20;

export function createOpenSockets(limits: ServerLimits, metrics: Metrics): OpenSockets {
  /** By whose turn it is: whether it has answered since the last ping. */
  const turns = Array.from({ length: PING_TURNS }, () => new Map<WebSocket, boolean>());
  let turn = 0;
  let open = 0;
  let kept = 0;
  const perAddress = new Map<string, number>();
  const held = new Set<Duplex>();
  const heartbeat = setInterval(ping, limits.pingEveryMs / PING_TURNS);
  let onEmpty: (() => void) | null = null;

  function ping(): void {
    turn = (turn + 1) % PING_TURNS;
    const alive = turns[turn]!;
    for (const [ws, answered] of alive) {
      if (!answered) {
        ws.terminate();
        continue;
      }
      alive.set(ws, false);
      ws.ping();
    }
  }

  /** What is said to one client in one go leaves in one piece: a write is the dearest part of a message. */
  function hold(raw: Duplex): void {
    if (held.has(raw)) return;
    if (held.size === 0) setImmediate(letGo);
    held.add(raw);
    raw.cork();
  }

  function letGo(): void {
    for (const raw of held) raw.uncork();
    held.clear();
  }

  function countAddress(key: string, change: 1 | -1): void {
    const count = (perAddress.get(key) ?? 0) + change;
    if (count > 0) perAddress.set(key, count);
    else perAddress.delete(key);
  }

  return {
    keep(ws, raw, kind, addressKey, start) {
      const alive = turns[kept++ % PING_TURNS]!;
      alive.set(ws, true);
      open += 1;
      countAddress(addressKey, 1);
      metrics.sockets.inc({ kind });
      const bucket = createBucket(limits.messageBurst, limits.messagesPerSecond);
      const events = start({
        send(text) {
          if (ws.readyState !== ws.OPEN) return;
          if (ws.bufferedAmount > limits.unreadBytes) ws.terminate();
          else {
            hold(raw);
            ws.send(text);
          }
        },
        // ws itself cuts the connection when the other side does not answer the close.
        close: (code) => ws.close(code),
      });

      // Without a listener one malformed frame would end the process. ws closes the socket by itself after an error.
      ws.on('error', () => metrics.dropped.inc({ kind, cause: 'malformed' }));
      ws.on('pong', () => alive.set(ws, true));
      ws.on('message', (data, isBinary) => {
        if (!alive.has(ws) || ws.readyState !== ws.OPEN) return;
        alive.set(ws, true);
        const left = bucket.take();
        if (left < 0) {
          metrics.dropped.inc({ kind, cause: 'rate' });
          if (left < -limits.closeAfterDropped) ws.close(1008);
          return;
        }
        if (isBinary) metrics.dropped.inc({ kind, cause: 'binary' });
        else events.onText((data as Buffer).toString('utf8'));
      });
      ws.on('close', () => {
        alive.delete(ws);
        open -= 1;
        countAddress(addressKey, -1);
        metrics.sockets.dec({ kind });
        events.onClose();
        if (open === 0) onEmpty?.();
      });
    },

    hasRoom: (addressKey) => open < limits.socketsInAll && (perAddress.get(addressKey) ?? 0) < limits.socketsPerAddress,

    async stop() {
      clearInterval(heartbeat);
      for (const alive of turns) for (const ws of alive.keys()) ws.close(1001);
      if (open === 0) return;
      await new Promise<void>((resolve) => {
        const timeout = setTimeout(resolve, limits.goodbyeMs);
        onEmpty = () => {
          clearTimeout(timeout);
          resolve();
        };
      });
      for (const alive of turns) for (const ws of alive.keys()) ws.terminate();
    },
  };
}
