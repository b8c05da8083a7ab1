import { Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { MAX_RULES_BYTES } from '../protocol/limits.ts';
import { readRuleSet, RULES_FORMAT, type RulesBody } from '../protocol/rules.ts';
import type { AgentAccount } from '../protocol/signaling.ts';
import { BEARER, refuseWebPages, type SignedIn } from './agent-routes.ts';
import type { Api } from './api.ts';
import type { Pairing } from './pairing.ts';
import { Refusal } from './refusal.ts';
import { PublishRules, RestoreRules, RuleSet, RulesHistory, RulesVersion } from './rules-schemas.ts';
import { ErrorBody } from './schemas.ts';
import type { SiteRules } from './sites/rules.ts';

export interface RulesRouteNeeds {
  readonly rules: SiteRules;
  readonly pairing: Pairing;
}

/** What the restrictions editor asks: a site's own administrators alone, each for their own site. */
export function addRulesRoutes(api: Api, { rules, pairing }: RulesRouteNeeds, signedIn: SignedIn): void {
  async function administrator(request: FastifyRequest): Promise<AgentAccount> {
    const account = await signedIn(request);
    if (account.role !== 'admin') throw new Refusal('role_not_allowed');
    return account;
  }

  async function publish({ site, name }: AgentAccount, basedOn: number, note: string, body: RulesBody) {
    const published = await rules.publish(site.key, basedOn, { name, note }, body);
    if (published === null) throw new Refusal('rules_changed');
    pairing.tellRules(site.key, published.version);
    return published;
  }

  api.get('/rules.schema.json', { schema: { hide: true } }, () => ({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Rules of an Alongside site',
    ...Type.Pick(PublishRules, ['rules', 'patterns']),
  }));

  api.get(
    '/api/rules',
    {
      schema: {
        summary: 'What has been published for the administrator’s site, the newest first',
        security: BEARER,
        response: { 200: RulesHistory, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => {
      const { site } = await administrator(request);
      const versions = await rules.list(site.key);
      return { versions, problems: await rules.problems(site.key, versions[0]?.version ?? 0) };
    },
  );

  api.get(
    '/api/rules/:version',
    {
      schema: {
        summary: 'One published version',
        security: BEARER,
        params: VERSION,
        response: { 200: RuleSet, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => {
      const { site } = await administrator(request);
      return found(await rules.read(site.key, Number(request.params.version)));
    },
  );

  api.post(
    '/api/rules',
    {
      schema: {
        summary: 'Publish: pages in a session follow at once',
        security: BEARER,
        body: PublishRules,
        response: { 200: RulesVersion, '4xx': ErrorBody },
      },
      bodyLimit: MAX_RULES_BYTES,
      preHandler: refuseWebPages,
    },
    async (request) => {
      const account = await administrator(request);
      const { basedOn, note, ...body } = request.body;
      refuseUnreadable(body);
      return publish(account, basedOn, note, body);
    },
  );

  api.post(
    '/api/rules/:version/restore',
    {
      schema: {
        summary: 'Roll back: publishes an old version anew',
        security: BEARER,
        params: VERSION,
        body: RestoreRules,
        response: { 200: RulesVersion, '4xx': ErrorBody },
      },
      preHandler: refuseWebPages,
    },
    async (request) => {
      const account = await administrator(request);
      const old = found(await rules.read(account.site.key, Number(request.params.version)));
      return publish(account, request.body.basedOn, `Version ${old.version} again`, old);
    },
  );
}

const VERSION = Type.Object({ version: Type.String({ pattern: '^[0-9]{1,9}$' }) });

function found<Found>(thing: Found | null): Found {
  if (thing === null) throw new Refusal('bad_request', 404);
  return thing;
}

/** The schema has the shapes; what a pattern says only the reader knows. Selectors are the editor's to try: here is no page. */
function refuseUnreadable(body: RulesBody): void {
  const { problems } = readRuleSet({ format: RULES_FORMAT, version: 0, ...body });
  const [first] = problems;
  if (first === undefined) return;
  const where = first.rule >= 0 ? `Rule ${first.rule + 1}` : first.what === 'pattern' ? 'A pattern' : 'The list';
  throw new Refusal('rules_unreadable', 400, `${where} cannot be read.`);
}
