import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Socket } from 'node:net';
import { addressKey, type TrustsProxy } from './address.ts';
import type { Api } from './api.ts';
import { addAgentRoutes, createSignedIn, type AgentRouteNeeds } from './agent-routes.ts';
import { addCheckRoutes, type CheckRouteNeeds } from './check-routes.ts';
import { addCustomerRoutes, type CustomerRouteNeeds } from './customer-routes.ts';
import { addFileRoutes, type FileRouteNeeds } from './file-routes.ts';
import type { Metrics } from './metrics.ts';
import { errorBody, Refusal } from './refusal.ts';
import { addReceiptRoutes, type ReceiptRouteNeeds } from './receipt-routes.ts';
import { addRulesRoutes, type RulesRouteNeeds } from './rules-routes.ts';
import type { ServerLimits } from './server-limits.ts';
import { isExtensionOrigin } from './sites/origin.ts';
import { addCheckPage, addDemoPages, addSnippet } from './static-files.ts';

/** Put in by the build; tests run without one. */
declare const __VERSION__: string | undefined;
const VERSION = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0';

interface HttpNeeds
  extends CustomerRouteNeeds, FileRouteNeeds, AgentRouteNeeds, RulesRouteNeeds, ReceiptRouteNeeds, CheckRouteNeeds {
  readonly metrics: Metrics;
  readonly limits: ServerLimits;
  readonly log: FastifyBaseLogger;
  readonly trustsProxy: TrustsProxy;
  readonly snippetRoot: string;
  readonly checkRoot: string;
  /** `null` when demo mode is off. */
  readonly demoRoot: string | null;
}

/** Every route, every header, and one shape for every error. */
export async function createHttp(needs: HttpNeeds): Promise<FastifyInstance> {
  const { limits, metrics, log, trustsProxy, snippetRoot, checkRoot, demoRoot } = needs;
  const app = fastify({
    loggerInstance: log,
    // A line says what it is about by itself, so no request needs a log of its own.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (address) => trustsProxy(address),
    bodyLimit: limits.bodyBytes,
    connectionTimeout: 30_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 60_000,
    forceCloseConnections: true,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headMs,
      connectionsCheckingInterval: limits.headMs,
    },
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    clientErrorHandler: answerMalformed,
    frameworkErrors(error, _request, reply) {
      // Called for what does not even get to a route, such as `%zz` in the path.
      log.debug({ error: error.code }, 'request not understood');
      return answer(reply as unknown as FastifyReply, new Refusal('bad_request'));
    },
  });

  app.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error, log);
    metrics.refused.inc({ code: refusal.code });
    return answer(reply, refusal);
  });
  app.setNotFoundHandler(() => {
    throw new Refusal('bad_request', 404);
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route and not the address: addresses may hold what must not be kept.
    const route = request.routeOptions.url ?? 'none';
    log.debug(
      {
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });

  await app.register(async (scope) => addApi(scope, needs));
  await app.register(async (scope) => addSnippet(scope, snippetRoot));
  await app.register(async (scope) => addCheckPage(scope, checkRoot));
  if (demoRoot !== null) await app.register(async (scope) => addDemoPages(scope, demoRoot));
  return app;
}

/** Nothing here is a page, and nothing is kept unless a route says so. Whether an answer may be read is CORS's to say. */
const API_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

async function addApi(scope: FastifyInstance, needs: HttpNeeds): Promise<void> {
  const { metrics, pairing, limits, publicUrl, sites } = needs;
  const headers = {
    ...API_HEADERS,
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${365 * 24 * 60 * 60}` } : {}),
  };
  scope.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  await scope.register(cors, () => async (request: FastifyRequest) => {
    const { origin } = request.headers;
    const isAllowed = isCustomerPath(request.url) ? await sites.anyAdmits(origin) : isExtensionOrigin(origin);
    return {
      origin: isAllowed && origin !== undefined ? origin : false,
      methods: ['GET', 'POST'],
      allowedHeaders: ['content-type', 'authorization'],
      maxAge: 600,
    };
  });
  await scope.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: (request) => addressKey(request.ip),
    // Who is within the limits need not know them.
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    errorResponseBuilder: () => new Refusal('too_many_tries'),
  });
  await scope.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Alongside',
        version: VERSION,
        description: 'Pairs a customer and a support agent. The two WebSockets are described in docs/protocol.md.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
  });

  const api: Api = scope.withTypeProvider<TypeBoxTypeProvider>();
  api.get(
    '/healthz',
    {
      schema: {
        summary: 'Whether the server is up',
        response: { 200: Type.Object({ status: Type.Literal('ok') }) },
      },
      config: { rateLimit: false },
    },
    () => ({ status: 'ok' as const }),
  );
  api.get('/metrics', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) => {
    for (const [state, count] of Object.entries(pairing.countByState())) metrics.live.set({ state }, count);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  api.get('/openapi.json', { schema: { hide: true } }, () => api.swagger());
  addCustomerRoutes(api, needs);
  addFileRoutes(api, needs);
  const signedIn = createSignedIn(needs.signIns);
  addAgentRoutes(api, needs, signedIn);
  addRulesRoutes(api, needs, signedIn);
  addReceiptRoutes(api, needs, signedIn);
  addCheckRoutes(api, needs, signedIn);
}

function answer(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(refusal.statusCode).type('application/json; charset=utf-8').send(errorBody(refusal));
}

const CUSTOMER_PATHS = new Set(['/api/sessions', '/api/sessions/resume', '/api/sessions/file']);

/** What pages of a site ask, and not the extension. */
function isCustomerPath(url: string): boolean {
  const path = url.split('?')[0] ?? '';
  return CUSTOMER_PATHS.has(path) || path.startsWith('/api/sites/');
}

function refusalOf(error: unknown, log: FastifyBaseLogger): Refusal {
  if (error instanceof Refusal) return error;
  if (typeof error === 'object' && error !== null) {
    const { statusCode, validation } = error as {
      statusCode?: number;
      validation?: {
        instancePath: string;
        message?: string;
        params?: { missingProperty?: string };
      }[];
    };
    const first = validation?.[0];
    if (first !== undefined) {
      const field = first.instancePath.slice(1).replaceAll('/', '.') || first.params?.missingProperty || 'body';
      return new Refusal('bad_request', 400, `Field "${field}" ${first.message ?? 'is not valid'}.`);
    }
    if (statusCode === 413) return new Refusal('bad_request', 413);
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Refusal('bad_request');
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  log.error({ error: name, message, stack }, 'request failed');
  return new Refusal('server_error');
}

/** Bytes that are not HTTP, or not all of a request's in time. */
function answerMalformed({ code }: NodeJS.ErrnoException, socket: Socket): void {
  // Browsers open sockets in case they are needed. An answer that crosses the first request of one would be taken for its
  // own; of one that is only closed they take another.
  const isSilent = code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
  if (isSilent || !socket.writable) return void socket.destroy();
  const body = JSON.stringify(errorBody(new Refusal('bad_request')));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
