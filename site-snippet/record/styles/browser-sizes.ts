import type { BrowserSizes } from '../../../protocol/page-message.ts';

/** The same for all documents of a page: measuring lays the page out. */
let measured: BrowserSizes | null = null;
let measuredAt = 0;

/**
 * @param widget no sheet of the page's reaches into it
 * @param ratio scroll bars are of so many dots, and so others when the page is zoomed
 */
export function measureBrowser(widget: ShadowRoot, ratio: number): BrowserSizes {
  if (measured === null || measuredAt !== ratio) measured = measure(widget);
  measuredAt = ratio;
  return measured;
}

function measure(widget: ShadowRoot): BrowserSizes {
  const box = document.createElement('div');
  const barOf = (width: string): number => {
    box.style.cssText = `position:fixed;visibility:hidden;width:99px;height:99px;overflow:scroll;font-size:medium;scrollbar-width:${width}`;
    return box.offsetWidth - box.clientWidth;
  };
  widget.append(box);
  const sizes = { scrollBar: barOf('auto'), thinScrollBar: barOf('thin'), fontSize: fontSizeOf(box) };
  box.remove();
  return sizes;
}

const USUAL_FONT_SIZE = 16;

/** In CSS pixels. What is not displayed, as a frame's document may be, has what most browsers are set to. */
export function fontSizeOf(element: Element): number {
  return Number.parseFloat(getComputedStyle(element).fontSize) || USUAL_FONT_SIZE;
}
