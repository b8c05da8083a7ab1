import type { ScrollBars } from '../../../protocol/page-message.ts';

/** @param widget no sheet of the page's reaches into it */
export function measureScrollBars(widget: ShadowRoot): ScrollBars {
  const box = document.createElement('div');
  const widthOf = (style: string): number => {
    box.style.cssText = `position:fixed;visibility:hidden;width:99px;height:99px;overflow:scroll;scrollbar-width:${style}`;
    return box.offsetWidth - box.clientWidth;
  };
  widget.append(box);
  const bars = { normal: widthOf('auto'), thin: widthOf('thin') };
  box.remove();
  return bars;
}
