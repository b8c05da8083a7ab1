/** In JavaScript, because types come with Vue's runtime alone, not with the template compiler. */
export function mountVue(root: HTMLElement): void;
