import { build } from 'vite';

/** Stories drive the built product. `BUILT=1` says that `npm run build` has just run. */
export default async function buildOnce(): Promise<void> {
  if (process.env['BUILT'] === '1') return;
  for (const mode of ['extension', 'snippet', 'check', 'server', 'demo']) {
    await build({ mode, logLevel: 'error', configFile: 'vite.config.ts' });
  }
}
