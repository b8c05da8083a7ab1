/** What the editor asks the server. Answers are parsed like anything else from outside; nothing here throws. */
import { MAX_LABEL_UNITS, MAX_RULE_NAME_UNITS } from '../../protocol/limits.ts';
import { readRuleSet, RULE_FAULTS, type RuleFault, type RuleSet } from '../../protocol/rules.ts';
import type {
  CountedRuleProblem,
  PublishRulesRequest,
  RestoreRulesRequest,
  RulesHistory,
  RulesVersion,
} from '../../protocol/signaling.ts';
import { cleanText } from '../clean-text.ts';
import { ask, type Answer } from '../console/api.ts';
import { isDate, isNumber, isRecord, isText } from '../shape.ts';

export interface SignedIn {
  readonly server: string;
  readonly token: string;
}

const MAX_VERSIONS = 200;
const MAX_PROBLEMS = 2_000;

export function rulesHistory({ server, token }: SignedIn): Promise<Answer<RulesHistory>> {
  return ask(server, '/api/rules', { token }, parseHistory);
}

/** One published version. Version 0 is the empty set every site begins with. */
export async function rulesOf({ server, token }: SignedIn, version: number): Promise<Answer<RuleSet>> {
  if (version === 0) return { ok: true, value: readRuleSet({ format: 1, version, rules: [], patterns: [] }).rules };
  return ask(server, `/api/rules/${version}`, { token }, parseRules);
}

export function publishRules({ server, token }: SignedIn, request: PublishRulesRequest): Promise<Answer<RulesVersion>> {
  return ask(server, '/api/rules', { token, body: { ...request } }, parseVersion);
}

export function restoreRules(
  { server, token }: SignedIn,
  version: number,
  request: RestoreRulesRequest,
): Promise<Answer<RulesVersion>> {
  return ask(server, `/api/rules/${version}/restore`, { token, body: { ...request } }, parseVersion);
}

/** An editor must not publish a set again that it has not wholly understood. */
function parseRules(raw: unknown): RuleSet | null {
  const { rules, problems } = readRuleSet(raw);
  return problems.length === 0 ? rules : null;
}

function parseHistory(raw: unknown): RulesHistory | null {
  if (!isRecord(raw) || !Array.isArray(raw['versions']) || !Array.isArray(raw['problems'])) return null;
  const versions = raw['versions'].slice(0, MAX_VERSIONS).map(parseVersion);
  const problems = raw['problems'].slice(0, MAX_PROBLEMS).map(parseProblem);
  return { versions: versions.filter((each) => each !== null), problems: problems.filter((each) => each !== null) };
}

function parseVersion(raw: unknown): RulesVersion | null {
  if (!isRecord(raw)) return null;
  const { version, publishedAt, publishedBy, note, rules } = raw;
  if (!isCount(version) || !isDate(publishedAt) || !isText(publishedBy) || !isText(note) || !isCount(rules))
    return null;
  return {
    version,
    publishedAt,
    publishedBy: cleanText(publishedBy, MAX_LABEL_UNITS),
    note: cleanText(note, MAX_RULE_NAME_UNITS),
    rules,
  };
}

function parseProblem(raw: unknown): CountedRuleProblem | null {
  if (!isRecord(raw)) return null;
  const { rule, what, count } = raw;
  if (!Number.isSafeInteger(rule) || !RULE_FAULTS.includes(what as RuleFault) || !isCount(count)) return null;
  return { rule: rule as number, what: what as RuleFault, count };
}

function isCount(value: unknown): value is number {
  return isNumber(value, 0, Number.MAX_SAFE_INTEGER) && Number.isInteger(value);
}
