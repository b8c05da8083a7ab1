import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ErrorCode } from '../protocol/errors.ts';
import { addressKey, clientAddress, type TrustsProxy } from './address.ts';
import type { Metrics } from './metrics.ts';
import type { OpenSockets } from './open-sockets.ts';
import type { Pairing } from './pairing.ts';
import { servePeerSocket } from './peer-socket.ts';
import { errorBody, Refusal } from './refusal.ts';
import type { ServerLimits } from './server-limits.ts';
import { isExtensionOrigin } from './sites/origin.ts';
import type { Sites } from './sites/sites.ts';
import { visitorMark } from './token.ts';
import { serveSessionSocket } from './socket.ts';

interface UpgradeNeeds {
  readonly pairing: Pairing;
  readonly sites: Sites;
  readonly sockets: OpenSockets;
  readonly metrics: Metrics;
  readonly limits: ServerLimits;
  readonly trustsProxy: TrustsProxy;
  /** Empty when it is not known. */
  readonly publicUrl: string;
}

/**
 * Answers HTTP's `upgrade`: which path, from where, how many already. Refusals are plain HTTP with our error body,
 * before a WebSocket exists.
 */
export function createUpgrade(needs: UpgradeNeeds) {
  const { pairing, sites, sockets, metrics, limits, trustsProxy, publicUrl } = needs;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  server.on('wsClientError', (_error, raw) => {
    metrics.refused.inc({ code: 'bad_request' });
    refuseUpgrade(raw, new Refusal('bad_request'));
  });

  function serve(ws: WebSocket, request: IncomingMessage, url: URL, from: string): void {
    const origin = request.headers.origin;
    if (url.pathname === '/session') {
      const visitor = { origin: origin ?? '', mark: visitorMark(from, request.headers['user-agent']) };
      const helloTimeoutMs = limits.helloTimeoutMs;
      sockets.keep(ws, request.socket, 'session', from, (socket) =>
        serveSessionSocket(socket, visitor, { pairing, metrics, helloTimeoutMs }),
      );
    } else {
      sockets.keep(ws, request.socket, 'peer', from, (socket) =>
        servePeerSocket(socket, origin, url.searchParams, { pairing, metrics }),
      );
    }
  }

  /** Never throws and never rejects. */
  return async function upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): Promise<void> {
    const ignoreError = (): void => void raw.destroy();
    raw.on('error', ignoreError);
    try {
      const url = new URL(request.url ?? '', 'ws://server');
      if (url.pathname !== '/session' && url.pathname !== '/peerjs') throw new Refusal('bad_request', 404);
      const from = addressKey(
        clientAddress(request.socket.remoteAddress ?? '', headerText(request, 'x-forwarded-for'), trustsProxy),
      );
      if (!sockets.hasRoom(from)) throw new Refusal('too_many_tries');
      const origin = request.headers.origin;
      const isKnown = isExtensionOrigin(origin) || isOwnOrigin(request, publicUrl) || (await sites.anyAdmits(origin));
      if (!isKnown) throw new Refusal('origin_not_allowed');
      server.handleUpgrade(request, raw, head, (ws) => {
        raw.removeListener('error', ignoreError);
        serve(ws, request, url, from);
      });
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('bad_request');
      metrics.refused.inc({ code: refusal.code satisfies ErrorCode });
      refuseUpgrade(raw, refusal);
    }
  };
}

/** A page that this server serves, such as its connection check. It gets no further than anybody without a token. */
function isOwnOrigin(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers;
  return origin !== undefined && (publicUrl === '' ? origin === `http://${host}` : origin === publicUrl);
}

function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function refuseUpgrade(raw: Duplex, refusal: Refusal): void {
  const body = JSON.stringify(errorBody(refusal));
  raw.end(
    [
      `HTTP/1.1 ${refusal.statusCode} Refused`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
    () => raw.destroy(),
  );
}
