import type { BrowserSizes } from '../../../protocol/page-message.ts';

/** @param widget no sheet of the page's reaches into it */
export function measureBrowser(widget: ShadowRoot): BrowserSizes {
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

/** More than any page means. */
const MAX_FONT_SIZE = 1_000;

/** In CSS pixels. */
export function fontSizeOf(element: Element): number {
  return Math.min(Number.parseFloat(getComputedStyle(element).fontSize), MAX_FONT_SIZE);
}
