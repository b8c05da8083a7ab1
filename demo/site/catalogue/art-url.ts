import type { Product } from './products.ts';

const urls = import.meta.glob<string>('../art/products/*.svg', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

/** Where the drawing of a product is served. Throws when the catalogue names one that is not in the repository. */
export function artUrl(product: Product): string {
  const url = urls[`../art/products/${product.art}.svg`];
  if (url === undefined) throw new Error(`There is no drawing called "${product.art}".`);
  return url;
}
