import { build } from 'vite';

/** `npm run build`: everything that is delivered, and the demo's site. Quiet unless something is wrong. */
for (const mode of ['extension', 'snippet', 'check', 'server', 'demo']) {
  await build({ mode, configFile: 'vite.config.ts', logLevel: 'warn' });
}
console.log('Built dist/extension, dist/snippet, dist/check, dist/server and dist/demo.');
