/** In JavaScript, so that types can be checked while the libraries of tests/package.json are not installed. */
export function mountAngular(root: HTMLElement): Promise<void>;
