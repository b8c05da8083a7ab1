import type { Outcome } from '../../../protocol/errors.ts';
import { windowOf } from '../../native.ts';
import { dispatch } from '../native-acts.ts';
import type { Allowed } from '../guard.ts';

/** For maps and the like, which listen to the wheel. A script's wheel scrolls nothing; that is an act of its own. */
export function wheel({ element, x, y, deltaX, deltaY }: Allowed<'wheel'>): Outcome {
  const view = windowOf(element);
  const event = new view.WheelEvent('wheel', {
    bubbles: true,
    cancelable: true,
    composed: true,
    view,
    clientX: x,
    clientY: y,
    deltaX,
    deltaY,
  });
  dispatch(element, event);
  return 'done';
}
