/** One config, by mode: `extension`, `snippet`, `check`, `server`, `demo`. `npm run build` runs them all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { minify } from 'terser';
import { build, createLogger, defineConfig, type Logger, type Plugin, type UserConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import packageJson from './package.json' with { type: 'json' };

const root = import.meta.dirname;
const define = { __VERSION__: JSON.stringify(packageJson.version) };

export default defineConfig(({ mode }): UserConfig => {
  switch (mode) {
    case 'extension':
      return extension();
    case 'snippet':
      return snippet();
    case 'check':
      return check();
    case 'server':
      return server();
    case 'demo':
      return demo();
    case 'test':
      return test();
    default:
      throw new Error(`Unknown mode "${mode}": use extension, snippet, check, server or demo.`);
  }
});

function extension(): UserConfig {
  const pages = ['console/console', 'viewer/viewer', 'popup/popup', 'options/options', 'restrictions/restrictions'];
  return {
    root: join(root, 'extension'),
    base: './',
    define,
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [emitManifest(), emitPicker()],
    build: {
      outDir: join(root, 'dist/extension'),
      emptyOutDir: true,
      target: 'chrome120',
      modulePreload: false,
      rolldownOptions: {
        input: {
          ...Object.fromEntries(pages.map((page) => [page, join(root, `extension/${page}.html`)])),
          background: join(root, 'extension/background.ts'),
        },
        output: {
          entryFileNames: (chunk) => (chunk.name === 'background' ? 'background.js' : 'assets/[name]-[hash].js'),
        },
      },
    },
  };
}

function emitManifest(): Plugin {
  return {
    name: 'alongside-manifest',
    generateBundle() {
      const source = JSON.stringify({ ...manifest, version: packageJson.version }, null, 2);
      this.emitFile({ type: 'asset', fileName: 'manifest.json', source });
      this.emitFile({
        type: 'asset',
        fileName: 'managed-schema.json',
        source: readFileSync(join(root, 'extension/managed-schema.json')),
      });
      for (const size of [16, 48, 128]) {
        // Icons are drawn once, by hand, and kept beside the pages.
        this.emitFile({
          type: 'asset',
          fileName: `icons/icon-${size}.png`,
          source: readIcon(size),
        });
      }
    },
  };
}

/** The editor's picker is injected into a page, where a script cannot import: one file with all of it. */
function emitPicker(): Plugin {
  return {
    name: 'alongside-picker',
    async generateBundle() {
      const built = await build({
        configFile: false,
        root: join(root, 'extension'),
        publicDir: false,
        logLevel: 'error',
        define,
        build: {
          write: false,
          target: 'chrome120',
          rolldownOptions: {
            input: join(root, 'extension/restrictions/picker/main.ts'),
            output: { format: 'iife' },
          },
        },
      });
      const [output] = [built].flat();
      const chunk = output && 'output' in output ? output.output[0] : null;
      if (!chunk) throw new Error('The picker was not built.');
      this.emitFile({ type: 'asset', fileName: 'restrictions/picker.js', source: chunk.code });
    },
  };
}

function snippet(): UserConfig {
  return {
    root: join(root, 'site-snippet'),
    base: './',
    define,
    publicDir: false,
    plugins: [callIntact(), squeezeStyles(), importPlainly(), minifyAgain(), linkLoaderToSession()],
    build: {
      outDir: join(root, 'dist/snippet'),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: { loader: join(root, 'site-snippet/loader.ts'), session: join(root, 'site-snippet/session.ts') },
        preserveEntrySignatures: 'allow-extension',
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        output: {
          entryFileNames: (chunk) => (chunk.name === 'loader' ? 'snippet.js' : 'snippet/[name]-[hash].js'),
          chunkFileNames: 'snippet/[name]-[hash].js',
          // What a session needs at its start is one file: one way there and back, and nothing gzipped by itself.
          codeSplitting: {
            groups: [{ name: 'session', tags: ['$initial'], test: (id) => !/loader(?:\.ts)?$/u.test(id) }],
          },
        },
      },
    },
  };
}

/**
 * Names of the browser's mean what `intact.ts` has under them, whatever a page's scripts call by the same names. The
 * loader has a copy of its own, for it must not import.
 */
function callIntact(): Plugin {
  const file = join(root, 'site-snippet/intact.ts');
  const exported = readFileSync(file, 'utf8').matchAll(/^export const (\w+) =/gmu);
  const names = [...exported].map(([, name]) => name);
  return {
    name: 'alongside-intact',
    enforce: 'pre',
    transform(code, id) {
      if (id.startsWith(file) || !/\.ts$|\/peerjs\/.*\.mjs$/u.test(id)) return null;
      const called = names.filter(
        (name) => new RegExp(`(?<![.\\w$])${name}\\b(?!\\s*:)`, 'u').test(code) && !declares(code, name),
      );
      if (called.length === 0) return null;
      const from = id.endsWith('/loader.ts') ? `${file}?loader` : file;
      return { code: `import { ${called.join(', ')} } from '${from}';${code}`, map: null };
    },
  };
}

function declares(code: string, name: string): boolean {
  return new RegExp(`(?:class|function|const|let|var) ${name}\\b`, 'u').test(code);
}

/** Style sheets of the snippet are written to be read; every visitor pays for their white space. */
function squeezeStyles(): Plugin {
  return {
    name: 'alongside-styles',
    transform(code, id) {
      if (!/\/(?:show\/(?:\w+-)?styles|loader)\.ts$/u.test(id)) return null;
      const squeezed = code.replace(/`[^`]*\{[^`]*`/gu, (sheet) =>
        sheet
          .replace(/\/\*.*?\*\//gsu, '')
          .replace(/\s*\n\s*/gu, ' ')
          .replace(/ ?([{};,]) ?/gu, '$1')
          .replace(/([\w-]): /gu, '$1:'),
      );
      return { code: squeezed, map: null };
    },
  };
}

/** Vite wraps every `import()` in code that preloads style sheets; the snippet has none, and visitors would pay for it. */
function importPlainly(): Plugin {
  return {
    name: 'alongside-import',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  };
}

/** 3 % smaller than what the bundler's own minifier leaves, for every visitor. */
function minifyAgain(): Plugin {
  return {
    name: 'alongside-minify',
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const { code } = await minify(withOwnKeys(file.code), {
          module: true,
          ecma: 2020,
          compress: { passes: 3, unsafe_arrows: true },
        });
        file.code = code ?? file.code;
      }
    },
  };
}

/** The bundler's helper for namespaces goes through what a page has put on every object, and stumbles over it. */
function withOwnKeys(code: string): string {
  return code.replace(
    /for ?\(var (\w+) in (\w+)\)(?= ?\w+\(\w+, ?\1, ?\{ ?get: ?\2\[\1\])/gu,
    'for(var $1 of Object.keys($2))',
  );
}

/**
 * The loader is a classic script and loads the session's module by its hashed name, which is known only when both are
 * built. A loader that imports anything would not be a classic script any more, so that fails the build.
 */
function linkLoaderToSession(): Plugin {
  return {
    name: 'alongside-loader',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const loader = chunks.find((chunk) => chunk.name === 'loader');
      const session = chunks.find((chunk) => chunk.isEntry && chunk.name === 'session');
      if (!loader || !session) throw new Error('The snippet needs a loader and a session chunk.');
      if (loader.imports.length > 0 || loader.exports.length > 0) {
        throw new Error(`The loader must not import or export: ${[...loader.imports, ...loader.exports].join(', ')}`);
      }
      // A classic script's top level is the page's.
      loader.code = `(()=>{${loader.code}})();`.replaceAll('__SESSION_FILE__', session.fileName);
      // Compiled while it loads and nobody waits, instead of function by function during the first picture (a third of
      // its time on small pages). V8 calls this an explicit compile hint (v8.dev/blog/explicit-compile-hints).
      session.code = `//# allFunctionsCalledOnLoad\n${session.code}`;
    },
  };
}

/** The page at `/check`, where a customer sees what the network lets through. */
function check(): UserConfig {
  return {
    root: join(root, 'site-snippet/check'),
    base: '/check/',
    publicDir: false,
    build: {
      outDir: join(root, 'dist/check'),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
    },
  };
}

function server(): UserConfig {
  return {
    root: join(root, 'signaling-server'),
    define,
    publicDir: false,
    ssr: { target: 'node' },
    build: {
      outDir: join(root, 'dist/server'),
      emptyOutDir: true,
      target: 'node20',
      ssr: join(root, 'signaling-server/main.ts'),
      rolldownOptions: { output: { entryFileNames: 'main.js' } },
    },
  };
}

function demo(): UserConfig {
  const site = join(root, 'demo/site');
  return {
    root: site,
    base: '/demo/',
    publicDir: join(site, 'public'),
    plugins: [vue()],
    customLogger: withoutSnippetNote(),
    build: {
      outDir: join(root, 'dist/demo'),
      emptyOutDir: true,
      rolldownOptions: { input: htmlFilesUnder(site) },
    },
  };
}

/** What loses packets and sends them again by the clock has the machine for itself. */
const BY_THE_CLOCK = ['tests/bad-network.test.ts'];

/** `vitest`: what stands beside the code and stories in the browser run two at a time, for most of a story is waiting. */
function test(): UserConfig {
  const common = {
    // A shared machine may stand still for seconds. A second try is told in the report, and is a fault to be mended.
    retry: 1,
    maxWorkers: 2,
  };
  const ofStories = {
    ...common,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // What is awaited is an event, not a time; this only bounds a wait that will never end.
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['tests/support/build-once.ts'],
  };
  return {
    define,
    test: {
      projects: [
        {
          define,
          test: {
            ...common,
            name: 'unit',
            include: ['{protocol,site-snippet,extension,signaling-server,demo,tools,bench}/**/*.test.ts'],
            testTimeout: 60_000,
            expect: { poll: { timeout: 15_000 } },
          },
        },
        {
          define,
          test: {
            ...ofStories,
            name: 'stories',
            include: ['tests/**/*.test.ts'],
            exclude: ['**/node_modules/**', ...BY_THE_CLOCK],
          },
        },
        { define, test: { ...ofStories, name: 'by the clock', include: BY_THE_CLOCK, fileParallelism: false } },
      ],
    },
  } as UserConfig;
}

/** The demo's pages load the snippet as any site does, by a classic script; Vite says so on every page. */
function withoutSnippetNote(): Logger {
  const logger = createLogger('warn');
  const { warn } = logger;
  logger.warn = (message, options) => {
    if (!message.includes('/snippet.js')) warn(message, options);
  };
  return logger;
}

function htmlFilesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && !name.startsWith('public'))
    .map((name) => resolve(folder, name));
}

function readIcon(size: number): Uint8Array {
  return readFileSync(join(root, `extension/icons/icon-${size}.png`));
}
