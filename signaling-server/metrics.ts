import { Counter, Gauge, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** The server's counts, in a registry of their own so that two servers can run in one process. No labels from outside. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    started: new Counter({
      name: 'alongside_sessions_started_total',
      help: 'Sessions started.',
      registers,
    }),
    joined: new Counter({
      name: 'alongside_sessions_joined_total',
      help: 'Sessions joined by an agent.',
      registers,
    }),
    ended: new Counter({
      name: 'alongside_sessions_ended_total',
      help: 'Sessions ended, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    live: new Gauge({
      name: 'alongside_sessions_live',
      help: 'Sessions now, by state.',
      labelNames: ['state'],
      registers,
    }),
    sockets: new Gauge({
      name: 'alongside_sockets_open',
      help: 'WebSockets now, by kind.',
      labelNames: ['kind'],
      registers,
    }),
    dropped: new Counter({
      name: 'alongside_socket_messages_dropped_total',
      help: 'Messages not understood, not allowed or too many, by kind of socket and cause.',
      labelNames: ['kind', 'cause'],
      registers,
    }),
    relayed: new Counter({
      name: 'alongside_peer_messages_relayed_total',
      help: 'PeerJS messages passed on within a pair.',
      registers,
    }),
    refused: new Counter({
      name: 'alongside_refusals_total',
      help: 'Requests and sockets refused, by code.',
      labelNames: ['code'],
      registers,
    }),
  };
}
