import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { parseSessionId } from '../protocol/session-id.ts';
import type { AgentAccount } from '../protocol/signaling.ts';
import { addressKey } from './address.ts';
import type { SignIns } from './agents/sign-in.ts';
import type { Api } from './api.ts';
import type { Pairing } from './pairing.ts';
import { Refusal } from './refusal.ts';
import {
  Account,
  ErrorBody,
  JoinRequest,
  JoinResponse,
  LiveSessions,
  ReturnResponse,
  SignInRequest,
  SignInResponse,
} from './schemas.ts';
import type { ServerLimits } from './server-limits.ts';
import { isExtensionOrigin } from './sites/origin.ts';
import { createBucket, createTries } from './tries.ts';

export interface AgentRouteNeeds {
  readonly signIns: SignIns;
  readonly pairing: Pairing;
  readonly limits: ServerLimits;
}

/** What the extension asks: sign in, join, see what is under way. */
export function addAgentRoutes(api: Api, { signIns, pairing, limits }: AgentRouteNeeds, signedIn: SignedIn): void {
  const wrongJoins = createWrongJoins(limits);

  api.post(
    '/api/sign-in',
    {
      schema: {
        summary: 'Sign in: a bearer token for 12 hours',
        body: SignInRequest,
        response: { 200: SignInResponse, '4xx': ErrorBody },
      },
      config: { rateLimit: { max: limits.signInsPerMinute, timeWindow: 60_000 } },
      preHandler: refuseWebPages,
    },
    async (request) => signIns.signIn(request.body.email, request.body.password),
  );

  api.post(
    '/api/sign-out',
    {
      schema: {
        summary: 'End this sign-in',
        security: BEARER,
        response: { 204: Type.Null(), '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request, reply) => {
      await signedIn(request);
      await signIns.signOut(bearerToken(request) ?? '');
      return reply.code(204).send(null);
    },
  );

  api.get(
    '/api/me',
    {
      schema: {
        summary: 'Who is signed in',
        security: BEARER,
        response: { 200: Account, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => signedIn(request),
  );

  api.post(
    '/api/sessions/join',
    {
      schema: {
        summary: 'Join the session whose ID the customer read out',
        security: BEARER,
        body: JoinRequest,
        response: { 200: JoinResponse, '4xx': ErrorBody },
      },
      // Validation waits until the handler knows who asks: "please sign in" comes before "nine digits".
      attachValidation: true,
      preHandler: refuseWebPages,
    },
    async (request) => {
      const agent = await signedIn(request);
      if (wrongJoins.spent(agent.id, request)) throw new Refusal('too_many_tries');
      const id = request.validationError === undefined ? parseSessionId(request.body.sessionId) : null;
      if (id === null) throw new Refusal('malformed_session_id');
      pairing.refuseIfBusy(agent);
      const joined = await pairing.join(agent, id);
      if (joined === null) {
        wrongJoins.count(agent.id, request);
        throw new Refusal('session_not_found');
      }
      return joined;
    },
  );

  api.post(
    '/api/sessions/return',
    {
      schema: {
        summary: 'Go on with the session this agent is in, when the console has lost its token',
        security: BEARER,
        response: { 200: ReturnResponse, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => pairing.returnTo(await signedIn(request)),
  );

  api.get(
    '/api/sessions/live',
    {
      schema: {
        summary: "Sessions under way: agents see their own, leads and admins their site's",
        security: BEARER,
        response: { 200: LiveSessions, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => ({ sessions: pairing.live(await signedIn(request)) }),
  );
}

/** Whose bearer token a request carries. @throws Refusal `not_signed_in` */
export type SignedIn = (request: FastifyRequest) => Promise<AgentAccount>;

export function createSignedIn(signIns: SignIns): SignedIn {
  return async (request) => {
    const token = bearerToken(request);
    const account = token === null ? null : await signIns.whoIs(token);
    if (account === null) throw new Refusal('not_signed_in');
    return account;
  };
}

export const BEARER = [{ bearer: [] }];

/** Programs send no origin, extensions their own; a web page has no business here, whatever token it got hold of. */
export async function refuseWebPages(request: FastifyRequest): Promise<void> {
  const { origin } = request.headers;
  if (origin !== undefined && !isExtensionOrigin(origin)) throw new Refusal('origin_not_allowed');
}

export function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{1,128})$/u.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/**
 * Guessing nine digits must get nowhere, and must not keep others out: who has not been wrong lately is let through
 * whatever the rest of the world tries. See docs/operations.md, "How hopeless is guessing?".
 */
function createWrongJoins(limits: ServerLimits) {
  const byAgent = createTries(limits.wrongJoinsPerAgent);
  const byAddress = createTries(limits.wrongJoinsPerAddress);
  const inAll = createBucket(limits.wrongJoinsInAll.burst, limits.wrongJoinsInAll.perSecond);
  return {
    spent(agentId: string, request: FastifyRequest): boolean {
      if (byAgent.counted(agentId) === 0) return false;
      return byAgent.spent(agentId) || byAddress.spent(addressKey(request.ip)) || inAll.left() < 1;
    },
    count(agentId: string, request: FastifyRequest): void {
      byAgent.count(agentId);
      byAddress.count(addressKey(request.ip));
      // Never overdrawn, so that it is good again as soon as the guessing stops.
      if (inAll.left() >= 1) inAll.take();
    },
  };
}
