import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';

/** The guard has made sure that it is on this site. */
export function open({ url }: Allowed<'open'>): Outcome {
  location.assign(url);
  return 'done';
}
