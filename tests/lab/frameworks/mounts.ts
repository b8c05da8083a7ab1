import { mountAngular } from './angular.js';
import { mountLit } from './lit.ts';
import { mountPlain } from './plain.ts';
import { mountReact } from './react.ts';
import { mountSvelte } from './svelte.ts';
import { mountVue } from './vue.js';

/** The same form in every framework, controlled by its state, which `#state` shows as JSON. */
const MOUNTS = {
  plain: mountPlain,
  react: mountReact,
  vue: mountVue,
  svelte: mountSvelte,
  angular: mountAngular,
  lit: mountLit,
};

export type Framework = keyof typeof MOUNTS;

/** @param clear empties the page, and gives the element for the next form */
export function createFrameworks(clear: () => HTMLElement) {
  return {
    /** Resolves when it stands. */
    async show(name: Framework): Promise<void> {
      const root = clear();
      await MOUNTS[name](root);
      while (!root.querySelector('#state')?.textContent) await new Promise(requestAnimationFrame);
    },
  };
}

export type FrameworkLab = ReturnType<typeof createFrameworks>;
