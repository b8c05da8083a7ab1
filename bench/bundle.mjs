import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/**
 * One script of `in-page/` with all it imports, as a classic script, minified as a product would be. Names of functions
 * are kept when someone wants to read a profile.
 * @param {string} name
 * @param {{ readable?: boolean }} [options]
 * @returns {Promise<string>}
 */
export async function bundle(name, { readable = false } = {}) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', __VERSION__: '"bench"' },
    build: {
      write: false,
      minify: !readable,
      target: 'chrome120',
      rolldownOptions: {
        input: fileURLToPath(new URL(`in-page/${name}.ts`, import.meta.url)),
        output: { format: 'iife' },
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !('output' in output)) throw new Error('The build was not one output.');
  return output.output[0].code;
}
