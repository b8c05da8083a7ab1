import type { Frame, Page } from 'playwright-core';
import { mirrorFrame } from '../support/product.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Room for the largest page at 1:1. */
export const DESK_SIZE: Size = { width: 1400, height: 1000 };

/** What the customer has before their eyes, without our own widget. */
export async function photographPage(customer: Page): Promise<Buffer> {
  await customer.bringToFront();
  await customer.evaluate(() => {
    const widget = document.querySelector<HTMLElement>('alongside-widget');
    const root = widget?.shadowRoot;
    if (!root || widget.dataset['hidden'] === 'yes') return;
    widget.dataset['hidden'] = 'yes';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':host { visibility: hidden !important } * { display: none !important }');
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  });
  return customer.screenshot({ animations: 'disabled' });
}

/** The mirror at 1:1, without the console around it and the boxes the viewer draws into it. */
export async function photographMirror(agent: Page, size: Size): Promise<Buffer> {
  await agent.bringToFront();
  await agent.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '.mirror { position: fixed; z-index: 9; background: #fff; inset: 0 auto auto 0; transform: none !important }' +
        '.pointer-layer { display: none }',
    );
    document.adoptedStyleSheets = [sheet];
  });
  await mirrorFrame(agent).evaluate(() => {
    for (const mark of document.adoptedStyleSheets.slice(-1)) mark.disabled = true;
  });
  return agent.screenshot({ animations: 'disabled', clip: { x: 0, y: 0, ...size } });
}

/** Where the mirror shows asterisks in place of what is there. */
export function maskedBoxes(mirror: Frame): Promise<Box[]> {
  return mirror.evaluate(() =>
    Array.from(document.querySelectorAll('[data-alongside-mark~="masked"]'), (element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: Math.floor(x), y: Math.floor(y), width: Math.ceil(width) + 1, height: Math.ceil(height) + 1 };
    }),
  );
}
