import type { RuleProblem, RulesBody, RuleSet } from '../../protocol/rules.ts';
import { readRuleSet, RULES_FORMAT } from '../../protocol/rules.ts';
import type { CountedRuleProblem, RulesVersion } from '../../protocol/signaling.ts';
import type { Database } from '../history/database.ts';
import { prepare } from '../history/prepared.ts';

/** Each site's published rules. Versions count from 1 and are never changed; the highest is in force. */
export interface SiteRules {
  /** 0: nothing has been published. */
  version(siteKey: string): Promise<number>;
  /** What the snippet gets; an empty set when nothing has been published. */
  current(siteKey: string): Promise<RuleSet>;
  /** `null`: there is no such version. */
  read(siteKey: string, version: number): Promise<RuleSet | null>;
  /** The newest first, at most `MAX_LISTED`. */
  list(siteKey: string): Promise<RulesVersion[]>;
  problems(siteKey: string, version: number): Promise<CountedRuleProblem[]>;
  /** @returns `null` when `basedOn` is not the newest version: somebody else was faster */
  publish(siteKey: string, basedOn: number, by: PublishedBy, body: RulesBody): Promise<RulesVersion | null>;
  /** A page could not read some of a version's rules. Of versions that are not in force nothing is kept. */
  report(siteKey: string, version: number, problems: readonly RuleProblem[]): Promise<void>;
}

interface PublishedBy {
  readonly name: string;
  readonly note: string;
}

const MAX_LISTED = 200;

export function createSiteRules(database: Database): SiteRules {
  const newest = prepare<{ siteKey: string }, { version: number | null }>(database, (slot) =>
    database
      .selectFrom('rules')
      .select((row) => row.fn.max('version').as('version'))
      .where('siteKey', '=', slot('siteKey')),
  );

  async function version(siteKey: string): Promise<number> {
    return (await newest({ siteKey }))[0]?.version ?? 0;
  }

  async function read(siteKey: string, wanted: number): Promise<RuleSet | null> {
    const row = await database
      .selectFrom('rules')
      .selectAll()
      .where('siteKey', '=', siteKey)
      .where('version', '=', wanted)
      .executeTakeFirst();
    if (row === undefined) return null;
    const body = JSON.parse(row.body) as RulesBody;
    return readRuleSet({ format: RULES_FORMAT, version: row.version, ...body }).rules;
  }

  return {
    version,
    read,
    async current(siteKey) {
      const published = await read(siteKey, await version(siteKey));
      return published ?? { format: RULES_FORMAT, version: 0, rules: [], patterns: [] };
    },
    async list(siteKey) {
      const rows = await database
        .selectFrom('rules')
        .selectAll()
        .where('siteKey', '=', siteKey)
        .orderBy('version', 'desc')
        .limit(MAX_LISTED)
        .execute();
      return rows.map((row) => toVersion(row, (JSON.parse(row.body) as RulesBody).rules.length));
    },
    async problems(siteKey, wanted) {
      return database
        .selectFrom('ruleProblems')
        .select(['rule', 'what', 'count'])
        .where('siteKey', '=', siteKey)
        .where('version', '=', wanted)
        .orderBy('rule')
        .execute();
    },
    async publish(siteKey, basedOn, { name, note }, { rules, patterns }) {
      const row = {
        siteKey,
        version: basedOn + 1,
        publishedAt: Date.now(),
        publishedBy: name,
        note,
        body: JSON.stringify({ rules, patterns }),
      };
      if ((await version(siteKey)) !== basedOn) return null;
      // Of two who publish at the same moment one finds the number taken.
      const { numInsertedOrUpdatedRows } = await database
        .insertInto('rules')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows !== 1n) return null;
      await database.deleteFrom('ruleProblems').where('siteKey', '=', siteKey).execute();
      return toVersion(row, rules.length);
    },
    async report(siteKey, reported, problems) {
      if ((await version(siteKey)) !== reported) return;
      for (const { rule, what } of problems) {
        await database
          .insertInto('ruleProblems')
          .values({ siteKey, version: reported, rule, what, count: 1 })
          .onConflict((conflict) =>
            conflict.columns(['siteKey', 'version', 'rule', 'what']).doUpdateSet((row) => ({
              count: row('ruleProblems.count', '+', 1),
            })),
          )
          .execute();
      }
    },
  };
}

function toVersion(
  row: { version: number; publishedAt: number; publishedBy: string; note: string },
  rules: number,
): RulesVersion {
  const { version, publishedAt, publishedBy, note } = row;
  return { version, publishedAt: new Date(publishedAt).toISOString(), publishedBy, note, rules };
}
