import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import { hover } from './pointer.ts';
import type { Stage } from './stage.ts';

/** The pointer comes there and rests. */
export function rest({ element, x, y }: Allowed<'hover'>, stage: Stage): Outcome {
  hover({ element, x, y }, stage);
  return 'done';
}
