import type { Browser, Page } from 'playwright-core';
import { createServer } from 'vite';
import { launchBrowser } from '../../tools/browser.mjs';

/** Recording and mirror side by side in one tab, served from source: tests/lab/source.ts. */
export interface LabPages {
  /** A fresh page with the lab ready in it. */
  open(): Promise<Page>;
  close(): Promise<void>;
}

export async function openLab(): Promise<LabPages> {
  const server = await createServer({
    configFile: false,
    root: new URL('..', import.meta.url).pathname,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, fs: { strict: false } },
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
  const address = `${server.resolvedUrls?.local[0]}lab/lab.html`;
  const browser: Browser = await launchBrowser();
  return {
    async open() {
      const page = await browser.newPage();
      await page.goto(address);
      await page.waitForFunction(() => 'lab' in window);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
