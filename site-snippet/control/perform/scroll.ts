import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import { isElement } from '../../native.ts';
import { scrollElement } from '../native-acts.ts';

/** To a position, at once: the agent's own scrolling was smooth already. */
export function scroll({ box, x, y }: Allowed<'scroll'>): Outcome {
  const target = isElement(box) ? box : box.scrollingElement;
  if (!target) return 'failed';
  scrollElement(target, { left: x, top: y, behavior: 'instant' });
  return 'done';
}
