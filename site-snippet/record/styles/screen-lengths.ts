import type { ScreenLengths } from '../../../protocol/page-message.ts';
import { viewportOf } from '../states/viewport.ts';

const SIDES = ['top', 'right', 'bottom', 'left'];
const HEIGHTS = ['100lvh', '100svh', '100dvh'];
/** Of every document in a frame: no bar and no edge of a phone reaches into it. */
export const NO_LENGTHS: ScreenLengths = { insets: [0, 0, 0, 0], heights: [0, 0, 0] };

let measured = NO_LENGTHS;
let measuredFor = '';

/**
 * What phones' browsers take of a page: its address bar, which comes and goes while `100vh` stays, and the screen's edges.
 * @param widget no sheet of the page's reaches into it
 */
export function measureScreen(widget: ShadowRoot): ScreenLengths {
  // Measuring lays the page out.
  const now = `${innerWidth} ${innerHeight}`;
  if (measuredFor !== now) measured = measure(widget);
  measuredFor = now;
  return measured;
}

function measure(widget: ShadowRoot): ScreenLengths {
  const { height } = viewportOf(window);
  const box = document.createElement('div');
  box.style.cssText = 'position:fixed;visibility:hidden;width:0';
  widget.append(box);
  const heights = HEIGHTS.map((length) => {
    box.style.height = length;
    // A browser that does not know it says 0.
    return Math.abs(box.offsetHeight - height) <= 1 ? 0 : box.offsetHeight;
  });
  const insets = SIDES.map((side) => {
    box.style.height = `env(safe-area-inset-${side},0px)`;
    return box.offsetHeight;
  });
  box.remove();
  return { insets, heights };
}
