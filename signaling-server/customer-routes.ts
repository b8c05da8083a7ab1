import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Api } from './api.ts';
import type { Pairing } from './pairing.ts';
import { Refusal } from './refusal.ts';
import { RuleSet } from './rules-schemas.ts';
import { addressKey } from './address.ts';
import { visitorMark } from './token.ts';
import {
  CustomerSettings,
  ErrorBody,
  ResumeRequest,
  ResumeResponse,
  SiteKey,
  StartRequest,
  StartResponse,
} from './schemas.ts';
import type { ServerLimits } from './server-limits.ts';
import type { SiteRules } from './sites/rules.ts';
import { siteAdmits, type Site, type Sites } from './sites/sites.ts';

export interface CustomerRouteNeeds {
  readonly sites: Sites;
  readonly rules: SiteRules;
  readonly pairing: Pairing;
  readonly limits: ServerLimits;
  readonly publicUrl: string;
}

/** What the snippet asks: a site's settings, and a new session. No cookies, no sign-in: the page's origin decides. */
export function addCustomerRoutes(api: Api, { sites, rules, pairing, limits, publicUrl }: CustomerRouteNeeds): void {
  async function siteFor(key: string, request: FastifyRequest): Promise<Site> {
    const site = await sites.find(key);
    if (site === null) throw new Refusal('site_not_found');
    if (!siteAdmits(site, originOf(request, publicUrl))) throw new Refusal('origin_not_allowed');
    return site;
  }

  api.get(
    '/api/sites/:key/settings',
    {
      schema: {
        summary: 'What the snippet needs to know before a session exists',
        params: Type.Object({ key: SiteKey }),
        response: { 200: CustomerSettings, '4xx': ErrorBody },
      },
    },
    async (request) => (await siteFor(request.params.key, request)).settings,
  );

  api.get(
    '/api/sites/:key/rules',
    {
      schema: {
        summary: 'What is hidden from agents, and what they may not use',
        params: Type.Object({ key: SiteKey }),
        response: { 200: RuleSet, 304: Type.Null(), '4xx': ErrorBody },
      },
    },
    async (request, reply) => {
      const site = await siteFor(request.params.key, request);
      const current = await rules.current(site.key);
      const etag = `"${current.version}"`;
      // Asked for anew each time, and kept by the browser: when this server cannot answer, the last answer counts.
      void reply.headers({ etag, 'cache-control': 'private, no-cache' });
      return request.headers['if-none-match'] === etag ? reply.code(304).send(null) : current;
    },
  );

  api.post(
    '/api/sessions',
    {
      schema: {
        summary: 'Start a session: nine digits for the agent, a token for the session socket',
        body: StartRequest,
        response: { 200: StartResponse, '4xx': ErrorBody },
      },
      config: { rateLimit: { max: limits.startsPerMinute, timeWindow: 60_000 } },
    },
    async (request) => {
      const { site: key, channel, interactionId } = request.body;
      return pairing.start(await siteFor(key, request), channel, interactionId ?? null);
    },
  );

  api.post(
    '/api/sessions/resume',
    {
      schema: {
        summary: 'Go on with the session on another origin of the site, with the pass that the page before sent along',
        body: ResumeRequest,
        response: { 200: ResumeResponse, '4xx': ErrorBody },
      },
      config: { rateLimit: { max: limits.startsPerMinute, timeWindow: 60_000 } },
    },
    async (request) => {
      const { pass, cameFrom } = request.body;
      const mark = visitorMark(addressKey(request.ip), request.headers['user-agent']);
      return pairing.takePass(pass, { origin: request.headers.origin ?? '', mark }, cameFrom);
    },
  );
}

/**
 * The page's origin. Browsers leave the header out of a GET to the page's own server (the demo's pages are served
 * here), and say so in a header that no script can set.
 */
function originOf(request: FastifyRequest, publicUrl: string): string | undefined {
  const { origin } = request.headers;
  if (origin !== undefined || request.method !== 'GET' || request.headers['sec-fetch-site'] !== 'same-origin') {
    return origin;
  }
  return publicUrl === '' ? `${request.protocol}://${request.host}` : publicUrl;
}
