import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, preview } from 'vite';
import type { Site } from '../support/site.ts';

const ROOT = resolve('tests/fidelity/pages');
const OUT = resolve('.cache/fidelity');

/** Builds other people's pages for production, as their users would, and serves them as a company's site. */
export async function startLibrarySite(snippetUrl: string): Promise<Site> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [
      {
        name: 'snippet-tag',
        transformIndexHtml: () => [
          { tag: 'script', attrs: { async: true, src: snippetUrl, 'data-site': 'demo' }, injectTo: 'head' },
        ],
      },
    ],
    build: {
      outDir: OUT,
      emptyOutDir: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: readdirSync(ROOT)
          .filter((name) => name.endsWith('.html'))
          .map((name) => resolve(ROOT, name)),
      },
    },
  });
  const server = await preview({
    configFile: false,
    root: ROOT,
    build: { outDir: OUT },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  return { url: (server.resolvedUrls?.local[0] ?? '').replace(/\/$/u, ''), close: () => server.close() };
}
