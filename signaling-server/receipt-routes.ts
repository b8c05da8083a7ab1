import { Type } from '@fastify/type-provider-typebox';
import { BEARER, refuseWebPages, type SignedIn } from './agent-routes.ts';
import type { Receipts } from './history/receipts.ts';
import type { Api } from './api.ts';
import { Refusal } from './refusal.ts';
import { ErrorBody, SessionActs } from './schemas.ts';

export interface ReceiptRouteNeeds {
  readonly receipts: Receipts;
}

/** What leads and administrators ask of a session: what its agent did on the customer's page. */
export function addReceiptRoutes(api: Api, { receipts }: ReceiptRouteNeeds, signedIn: SignedIn): void {
  api.get(
    '/api/sessions/:historyId/acts',
    {
      schema: {
        summary: 'What the agent did in Write mode, act by act',
        security: BEARER,
        params: Type.Object({ historyId: Type.String({ format: 'uuid' }) }),
        response: { 200: SessionActs, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => {
      const account = await signedIn(request);
      if (account.role === 'agent') throw new Refusal('role_not_allowed');
      const { acts } = await receipts.read(request.params.historyId, account.site.key);
      return { acts: [...acts] };
    },
  );
}
