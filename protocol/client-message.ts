/** What the server reads on the session socket; the types are beside those of its answers, in `signaling.ts`. */
import { MAX_RULE_PROBLEMS } from './limits.ts';
import { parsePathStep } from './path-step.ts';
import { parseReceiptEntries } from './receipt.ts';
import { RULE_FAULTS, type RuleFault, type RuleProblem } from './rules.ts';
import type { ClientMessage } from './signaling.ts';
import { isCount, isShortString, parseObject } from './socket-frame.ts';

/** Parses a client's frame. `null`: not one of ours, malformed, or too long. Never throws. */
export function parseClientMessage(frame: string): ClientMessage | null {
  const raw = parseObject(frame);
  if (raw === null) return null;
  switch (raw['type']) {
    case 'hello':
      return isCount(raw['version']) && isShortString(raw['token'])
        ? { type: 'hello', version: raw['version'], token: raw['token'], linked: raw['linked'] === true }
        : null;
    case 'end': {
      const reason = raw['reason'];
      return reason === 'customer_ended' ||
        reason === 'agent_ended' ||
        reason === 'interaction_ended' ||
        reason === 'policy'
        ? { type: 'end', reason }
        : null;
    }
    case 'linked':
    case 'reconnect':
      return { type: raw['type'] };
    case 'path': {
      const step = parsePathStep(raw['step']);
      return step && { type: 'path', step };
    }
    case 'active':
      return isCount(raw['agoMs']) ? { type: 'active', agoMs: raw['agoMs'] } : null;
    case 'rule-problems':
      return isCount(raw['version'])
        ? { type: 'rule-problems', version: raw['version'], problems: parseProblems(raw['problems']) }
        : null;
    case 'hidden':
      return isCount(raw['count']) ? { type: 'hidden', count: raw['count'] } : null;
    case 'acts':
      return { type: 'acts', acts: parseReceiptEntries(raw['acts']) };
    case 'ping':
      return { type: 'ping' };
    default:
      return null;
  }
}

/** Those that are malformed are left out. */
function parseProblems(raw: unknown): RuleProblem[] {
  if (!Array.isArray(raw)) return [];
  const problems: RuleProblem[] = [];
  for (const entry of raw.slice(0, MAX_RULE_PROBLEMS)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { rule, what } = entry as Record<string, unknown>;
    if (!Number.isSafeInteger(rule) || (rule as number) < -1 || !RULE_FAULTS.includes(what as RuleFault)) continue;
    problems.push({ rule: rule as number, what: what as RuleFault });
  }
  return problems;
}
