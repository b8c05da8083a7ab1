import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../../tools/browser.mjs';
import { startSite, type SitePage } from './site.ts';

/** Recording and mirror side by side in one tab, built from source: tests/lab/source.ts. */
export interface LabPages {
  /** A fresh page with the lab ready in it. */
  open(): Promise<Page>;
  /** The lab anew, in a page that was opened for it. */
  load(page: Page): Promise<void>;
  close(): Promise<void>;
}

export async function openLab(): Promise<LabPages> {
  const site = await startSite(await buildLab());
  const browser: Browser = await launchBrowser();
  // A context for each page would take as long again as the page.
  const context = await browser.newContext();

  async function load(page: Page): Promise<void> {
    await page.goto(`${site.url}/lab/lab.html`);
    if (!(await page.evaluate(() => 'lab' in window))) throw new Error('The lab did not start.');
  }

  return {
    load,
    async open() {
      const page = await context.newPage();
      await load(page);
      return page;
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** In a few files: a fresh page for each test that asked for every source by itself would take longer than the test. */
async function buildLab(): Promise<Record<string, SitePage>> {
  const root = `${import.meta.dirname}/..`;
  const built = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: { input: ['lab', 'viewer'].map((page) => `${root}/lab/${page}.html`) },
    },
  });
  const pages: Record<string, SitePage> = {};
  for (const file of [built].flat().flatMap((result) => ('output' in result ? result.output : []))) {
    const isScript = file.type === 'chunk';
    pages[`/${file.fileName}`] = {
      html: isScript ? file.code : Buffer.from(file.source),
      ...(isScript && { headers: { 'content-type': 'text/javascript' } }),
    };
  }
  return pages;
}
