import { MAX_STRING_UNITS } from '../../protocol/limits.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import { maskedValue } from './masked-text.ts';

/**
 * Masked values that turn up elsewhere: a page that shows a typed password again in clear, or writes it into a label.
 * Every outgoing text passes here, and every masked value is remembered for as long as the session lives.
 */
export interface LastLook {
  remember(secret: string): void;
  look(text: MaskedText): MaskedText;
  /** Nothing has been masked yet, so there is nothing to look for. */
  readonly isEmpty: boolean;
  /** How many times something was taken out. */
  readonly hits: number;
}

/** Shorter ones would be found in every second word. */
const MIN_SECRET_UNITS = 4;
const MAX_SECRETS = 500;

export function createLastLook(): LastLook {
  const secrets = new Set<string>();
  let hits = 0;

  return {
    remember(secret) {
      const trimmed = secret.trim();
      if (trimmed.length < MIN_SECRET_UNITS) return;
      // The newest matter most: they are on the page now.
      if (secrets.size >= MAX_SECRETS) secrets.delete(secrets.values().next().value as string);
      secrets.delete(trimmed);
      secrets.add(trimmed);
    },
    look(text) {
      if (secrets.size === 0) return text;
      let result: string = text;
      for (const secret of secrets) {
        if (!result.includes(secret)) continue;
        hits += 1;
        result = result.replaceAll(secret, maskedValue(secret));
      }
      // Asterisks may be longer than what they stand for.
      return (result.length > MAX_STRING_UNITS ? result.slice(0, MAX_STRING_UNITS) : result) as MaskedText;
    },
    get isEmpty() {
      return secrets.size === 0;
    },
    get hits() {
      return hits;
    },
  };
}
