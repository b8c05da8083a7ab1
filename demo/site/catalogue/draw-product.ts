import type { Colour, Product } from './products.ts';

const sources = import.meta.glob<string>('../art/products/*.svg', { query: '?raw', import: 'default', eager: true });

/** The drawing as an element, in the chosen colour (an `<img>` could not take one), described for those who cannot see it. */
export function drawProduct(product: Product, colour: Colour): SVGSVGElement {
  const source = sources[`../art/products/${product.art}.svg`];
  if (source === undefined) throw new Error(`There is no drawing called "${product.art}".`);
  const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
  const drawing = document.importNode(parsed.documentElement, true);
  if (!(drawing instanceof SVGSVGElement)) throw new Error(`The drawing of ${product.name} is not an SVG.`);
  drawing.style.setProperty('--main', colour.value);
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', `${product.name} in ${colour.name.toLowerCase()}`);
  return drawing;
}
