import type { FastifyBaseLogger } from 'fastify';
import { destination, pino, stdTimeFunctions, type LoggerOptions } from 'pino';
import type { LogLevel } from './config.ts';

/** A line of its own takes as long as a tenth of a join; killed, a process takes at most these with it. */
const GATHERED_BYTES = 4_096;
const GATHERED_MS = 250;

/**
 * Lines of JSON on standard output. What is logged is chosen where it is logged: history IDs, routes, codes. Never
 * tokens, session IDs, emails, network addresses, or anything of a page; Fastify's own request lines, which have
 * addresses in them, are cut down to the method.
 */
export function createLog(level: LogLevel): FastifyBaseLogger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: {
      req: (request: { method?: string }) => ({ method: request.method }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  };
  return pino(options, destination({ sync: false, minLength: GATHERED_BYTES, periodicFlush: GATHERED_MS }));
}
