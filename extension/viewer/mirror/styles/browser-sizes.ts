import type { BrowserSizes } from '../../../../protocol/page-message.ts';
import { appendChild, attachShadow, createHtmlElement, removeChild } from '../dom.ts';

/** What the agent's browser is set to, measured where no sheet reaches; `null`: nothing is displayed here now. */
export function measureBrowser(document: Document): BrowserSizes | null {
  const top: Node = document.documentElement ?? document; // There may be no element yet.
  const host = createHtmlElement('div');
  const box = createHtmlElement('div') as HTMLElement;
  const barOf = (width: string): number => {
    box.style.cssText = `width: 99px; height: 99px; overflow: scroll; font-size: medium; scrollbar-width: ${width}`;
    return box.offsetWidth - box.clientWidth;
  };
  appendChild(attachShadow(host, { mode: 'open' }), box);
  appendChild(top, host);
  const bars = { scrollBar: barOf('auto'), thinScrollBar: barOf('thin') };
  const fontSize = Math.round(Number.parseFloat(getComputedStyle(box).fontSize));
  const isDisplayed = box.offsetWidth > 0;
  removeChild(top, host);
  return isDisplayed ? { ...bars, fontSize } : null;
}
