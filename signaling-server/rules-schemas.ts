import { Type } from '@fastify/type-provider-typebox';
import {
  MAX_PATTERN_UNITS,
  MAX_RULE_NAME_UNITS,
  MAX_RULES,
  MAX_SELECTOR_UNITS,
  MAX_SELECTORS_PER_RULE,
  MAX_SITE_PATTERNS,
  MAX_URL_UNITS,
  MAX_URLS_PER_RULE,
} from '../protocol/limits.ts';
import {
  ACTIONS,
  RULE_FAULTS,
  RULES_FORMAT,
  type Action,
  type RuleFault,
  type RulesBody,
  type RuleSet as RuleSetBody,
} from '../protocol/rules.ts';

/** protocol/rules.ts as JSON schemas: they check what is published, and are published themselves. */
const Rule = Type.Object(
  {
    name: Type.String({ maxLength: MAX_RULE_NAME_UNITS, description: 'For people: why there is this rule.' }),
    urls: Type.Array(Type.String({ minLength: 1, maxLength: MAX_URL_UNITS }), {
      maxItems: MAX_URLS_PER_RULE,
      description: 'URLPattern strings; none: every page.',
    }),
    selectors: Type.Array(Type.String({ minLength: 1, maxLength: MAX_SELECTOR_UNITS }), {
      minItems: 1,
      maxItems: MAX_SELECTORS_PER_RULE,
      description: 'CSS selectors, each by itself.',
    }),
    action: Type.Unsafe<Action>({ type: 'string', enum: [...ACTIONS] }),
    visible: Type.Optional(Type.Boolean()),
    editable: Type.Optional(Type.Boolean()),
    controllable: Type.Optional(Type.Boolean()),
    mayShow: Type.Optional(Type.Boolean({ description: 'show may undo this mask or hide.' })),
  },
  { additionalProperties: false },
);

const SitePattern = Type.Object(
  {
    name: Type.String({ maxLength: MAX_RULE_NAME_UNITS }),
    pattern: Type.String({
      minLength: 1,
      maxLength: MAX_PATTERN_UNITS,
      description: '\\d digit, \\a letter, \\w either, {n} times, x? or not; all else as it stands.',
    }),
  },
  { additionalProperties: false },
);

/** The types of protocol/rules.ts are read-only, which schemas do not say. */
const BODY = {
  rules: Type.Unsafe<RulesBody['rules']>(Type.Array(Rule, { maxItems: MAX_RULES })),
  patterns: Type.Unsafe<RulesBody['patterns']>(Type.Array(SitePattern, { maxItems: MAX_SITE_PATTERNS })),
};
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });

export const RuleSet = Type.Unsafe<RuleSetBody>(
  Type.Object({ format: Type.Literal(RULES_FORMAT), version: Count, ...BODY }),
);

export const PublishRules = Type.Object(
  { ...BODY, basedOn: Count, note: Type.String({ maxLength: MAX_RULE_NAME_UNITS }) },
  { additionalProperties: false },
);
export const RestoreRules = Type.Object({ basedOn: Count });

export const RulesVersion = Type.Object({
  version: Count,
  publishedAt: Type.String({ format: 'date-time' }),
  publishedBy: Type.String(),
  note: Type.String(),
  rules: Count,
});

export const RulesHistory = Type.Object({
  versions: Type.Array(RulesVersion),
  problems: Type.Array(
    Type.Object({
      rule: Type.Integer(),
      what: Type.Unsafe<RuleFault>({ type: 'string', enum: [...RULE_FAULTS] }),
      count: Count,
    }),
  ),
});
