import { Type } from '@fastify/type-provider-typebox';
import { BEARER, bearerToken } from './agent-routes.ts';
import type { Api } from './api.ts';
import type { Pairing } from './pairing.ts';
import { Refusal } from './refusal.ts';
import { ErrorBody, FileRequest } from './schemas.ts';
import type { ServerLimits } from './server-limits.ts';
import { FilesBusy, type SiteFile, type SiteFiles } from './sites/files.ts';
import { mayOpen } from './socket.ts';

export interface FileRouteNeeds {
  readonly pairing: Pairing;
  readonly files: SiteFiles;
  readonly limits: ServerLimits;
}

/** What a page in a session shows and may not read itself, from hosts that its site names. Nothing is kept here. */
export function addFileRoutes(api: Api, { pairing, files, limits }: FileRouteNeeds): void {
  api.post(
    '/api/sessions/file',
    {
      schema: {
        summary: 'A picture, font or style sheet that the page of a session may not read itself',
        security: BEARER,
        body: FileRequest,
        response: { 200: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }), '4xx': ErrorBody },
      },
      config: { rateLimit: { max: limits.filesPerMinute, timeWindow: 60_000 } },
    },
    async (request, reply) => {
      const seat = pairing.seatOf(bearerToken(request) ?? '');
      if (seat?.side !== 'customer' || seat.session.agent() === null) throw new Refusal('bad_token');
      if (!mayOpen(seat, request.headers.origin)) throw new Refusal('origin_not_allowed');
      const { url } = request.body;
      const file = URL.canParse(url) ? await read(new URL(url), seat.session.site.settings.fileHosts) : null;
      if (file === null)
        throw new Refusal('bad_request', 422, 'The file is of no host that the site names, or cannot be had.');
      // Whether the agent's browser may keep it is read from this.
      if (file.cacheControl !== '') void reply.header('cache-control', file.cacheControl);
      return reply.type(file.mime).send(file.bytes);
    },
  );

  async function read(...asked: Parameters<SiteFiles['read']>): Promise<SiteFile | null> {
    try {
      return await files.read(...asked);
    } catch (error) {
      throw error instanceof FilesBusy ? new Refusal('server_busy') : error;
    }
  }
}
