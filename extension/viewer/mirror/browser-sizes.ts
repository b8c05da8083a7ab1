import type { BrowserSizes } from '../../../protocol/page-message.ts';

/** What the agent's browser is set to, measured where no sheet reaches; `null`: nothing is displayed here now. */
export function measureBrowser(document: Document): BrowserSizes | null {
  const host = document.createElement('div');
  const box = document.createElement('div');
  const barOf = (width: string): number => {
    box.style.cssText = `width: 99px; height: 99px; overflow: scroll; font-size: medium; scrollbar-width: ${width}`;
    return box.offsetWidth - box.clientWidth;
  };
  host.attachShadow({ mode: 'open' }).append(box);
  // There may be no element yet.
  (document.documentElement ?? document).append(host);
  const bars = { scrollBar: barOf('auto'), thinScrollBar: barOf('thin') };
  const fontSize = Math.round(Number.parseFloat(getComputedStyle(box).fontSize));
  const isDisplayed = box.offsetWidth > 0;
  host.remove();
  return isDisplayed ? { ...bars, fontSize } : null;
}
