import type { Page } from 'playwright-core';

/** One page to hold the mirror to, and what a customer does there. */
export interface FidelityPage {
  readonly name: string;
  /** On the demo's server, or among other people's pages. */
  readonly path: string;
  readonly site: 'demo' | 'libraries';
  readonly act: (page: Page) => Promise<unknown>;
  /** Brings a page that moves by itself to rest. */
  readonly hold?: (page: Page) => Promise<unknown>;
}
