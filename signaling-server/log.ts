import type { FastifyBaseLogger } from 'fastify';
import { pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * Lines of JSON on standard output. What is logged is chosen where it is logged: history IDs, routes, codes. Never
 * tokens, session IDs, emails, network addresses, or anything of a page; Fastify's own request lines, which have
 * addresses in them, are cut down to the method.
 */
export function createLog(level: LogLevel): FastifyBaseLogger {
  return pino({
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: {
      req: (request: { method?: string }) => ({ method: request.method }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  });
}
