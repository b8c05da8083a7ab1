import type { Plugin } from 'vite';

/** Components of Svelte, which nothing else here is made of. */
export function svelte(): Plugin {
  return {
    name: 'svelte',
    async transform(code, id) {
      if (!id.endsWith('.svelte')) return null;
      const { compile } = await import('svelte/compiler');
      return compile(code, { filename: id, generate: 'client', css: 'injected' }).js.code;
    },
  };
}
