import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, preview } from 'vite';
import { installLibraries } from '../support/libraries.ts';
import type { Site } from '../support/site.ts';
import { svelte } from '../support/svelte.ts';

const ROOT = resolve('tests/fidelity/pages');
const OUT = resolve('.cache/fidelity');
/** What the pages in `OUT` were built from. */
const BUILT_FROM = resolve(OUT, 'built-from');
const SNIPPET = /src="[^"]*\/snippet\.js"/u;

/** Serves other people's pages, built for production as their users would, as a company's site. */
export async function startLibrarySite(snippetUrl: string): Promise<Site> {
  installLibraries();
  const sources = hashOfSources();
  if (!existsSync(BUILT_FROM) || readFileSync(BUILT_FROM, 'utf8') !== sources) {
    await buildPages();
    writeFileSync(BUILT_FROM, sources);
  }
  for (const name of pageNames()) {
    const path = resolve(OUT, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(SNIPPET, `src="${snippetUrl}"`));
  }
  const server = await preview({
    configFile: false,
    root: ROOT,
    build: { outDir: OUT },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  return { url: (server.resolvedUrls?.local[0] ?? '').replace(/\/$/u, ''), close: () => server.close() };
}

async function buildPages(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    // Vuetify's own examples are templates, which the smaller build of Vue does not read.
    resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' }, dedupe: ['react', 'react-dom'] },
    plugins: [
      svelte(),
      {
        name: 'snippet-tag',
        transformIndexHtml: () => [
          { tag: 'script', attrs: { async: true, src: '/snippet.js', 'data-site': 'demo' }, injectTo: 'head' },
        ],
      },
    ],
    build: {
      outDir: OUT,
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        // MathJax looks for its fonts by name.
        output: { assetFileNames: 'assets/[name][extname]' },
        input: pageNames().map((name) => resolve(ROOT, name)),
      },
    },
  });
}

function pageNames(): string[] {
  return readdirSync(ROOT).filter((name) => name.endsWith('.html'));
}

/** Building takes a quarter of a minute, and the pages seldom change. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  const locks = ['package-lock.json', 'tests/package-lock.json', 'tests/fidelity/site.ts'].map((name) => resolve(name));
  const pages = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of [...locks, ...pages.map(({ name }) => resolve(ROOT, name))]) hash.update(readFileSync(path));
  return hash.digest('hex');
}
