import type { FollowOptions, RulesFollower } from './rules/follow.ts';

const RETRY_MS = 5_000;

export interface RulesDoor extends RulesFollower {
  /** Resolves when the last look knows what to look for: nothing may be shown before. Never, when it cannot be loaded. */
  readonly ready: Promise<void>;
}

/**
 * The site's rules, and all that is known of sensitive fields and numbers: a module of its own, which comes while
 * everybody waits for the agent. As long as the rules themselves have not come, all fields are masked.
 */
export function openRules(options: FollowOptions): RulesDoor {
  const { signal } = options;
  let follower: RulesFollower | null = null;
  let timer = 0;
  let loaded: () => void = () => {};
  const ready = new Promise<void>((resolve) => (loaded = resolve));

  async function load(): Promise<void> {
    try {
      const { followRules } = await import('./rules/follow.ts');
      if (signal.aborted) return;
      follower = followRules(options);
      loaded();
    } catch {
      if (!signal.aborted) timer = setTimeout(() => void load(), RETRY_MS);
    }
  }

  signal.addEventListener('abort', () => clearTimeout(timer));
  void load();
  // Whoever has not asked yet will get the newest anyway.
  return { ready, newest: (version) => follower?.newest(version) };
}
