import type { IceServer } from '../protocol/signaling.ts';
import { BEARER, refuseWebPages, type SignedIn } from './agent-routes.ts';
import type { Api } from './api.ts';
import { Refusal } from './refusal.ts';
import { CheckServers, ErrorBody } from './schemas.ts';

export interface CheckRouteNeeds {
  /** The STUN and TURN servers for a look; only agents get credentials with them. */
  readonly checkServersFor: (who: 'agent' | 'stranger') => IceServer[];
}

/**
 * What the connection check tries. A stranger gets the relay's addresses alone: that it answers "unauthorized" is all a
 * customer's check has to see, and nobody who merely opens a page can use the relay.
 */
export function addCheckRoutes(api: Api, { checkServersFor }: CheckRouteNeeds, signedIn: SignedIn): void {
  api.get(
    '/api/check',
    {
      schema: {
        summary: 'The STUN and TURN servers that a connection check tries; with credentials for a minute for agents',
        security: [{}, ...BEARER],
        response: { 200: CheckServers, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => {
      try {
        await signedIn(request);
        return { iceServers: copy(checkServersFor('agent')) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { iceServers: copy(checkServersFor('stranger')) };
      }
    },
  );
}

/** The schema's type has arrays that may be changed. */
function copy(servers: readonly IceServer[]): { urls: string[]; username?: string; credential?: string }[] {
  return servers.map(({ urls, ...login }) => ({ urls: [...urls], ...login }));
}
