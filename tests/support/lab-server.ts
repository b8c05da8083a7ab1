import { createServer } from 'vite';
import { svelte } from './svelte.ts';

/** A page of tests/lab with what of other people's libraries is bundled for it. */
export interface LabPage {
  /** From tests/. */
  readonly path: string;
  readonly include: readonly string[];
}

export const FRAMEWORKS_LIBRARIES = [
  'react',
  'react-dom/client',
  'vue/dist/vue.esm-bundler.js',
  'lit',
  'svelte',
  'svelte/internal/client',
  'svelte/internal/disclose-version',
  '@angular/compiler',
  '@angular/core',
  '@angular/platform-browser',
];

export const WIDGETS_LIBRARIES = [
  'react',
  'react-dom/client',
  'vue',
  'dayjs',
  '@mui/material',
  '@mui/x-date-pickers',
  '@mui/x-date-pickers/AdapterDayjs',
  'vuetify',
  'vuetify/components',
  '@shoelace-style/shoelace',
  '@ionic/core/components/index.js',
  '@ionic/core/components/ion-datetime.js',
  '@ionic/core/components/ion-select-option.js',
  '@ionic/core/components/ion-select.js',
];

/** Libraries are bundled when the page first asks for them. */
export const BUNDLING_MS = 5 * 60_000;

export interface LabServer {
  /** Of the page. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves it from source. Pages of one folder share what was bundled, as long as nobody else may be bundling it now. */
export async function startLabServer({ path, include }: LabPage): Promise<LabServer> {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const server = await createServer({
    configFile: false,
    root: `${import.meta.dirname}/..`,
    cacheDir: `../node_modules/.vite/${folder.replaceAll(/\W/gu, '-')}-${process.env['VITEST_POOL_ID']}`,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, fs: { strict: false } },
    optimizeDeps: { noDiscovery: true, include: [...include] },
    plugins: [svelte()],
  });
  await server.listen();
  return { url: `${server.resolvedUrls?.local[0]}${path}`, close: () => server.close() };
}
