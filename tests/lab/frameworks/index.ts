import '../write-mode.ts';
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

const frameworks = {
  /** Resolves when it stands. */
  async show(name: Framework): Promise<void> {
    (window as unknown as { lab: { show(html: string): void } }).lab.show('<div id="root"></div>');
    const root = document.querySelector<HTMLElement>('#root')!;
    await MOUNTS[name](root);
    while (!root.querySelector('#state')?.textContent) await new Promise(requestAnimationFrame);
  },
};

export type FrameworkLab = typeof frameworks;

Object.assign(window, { frameworks });
