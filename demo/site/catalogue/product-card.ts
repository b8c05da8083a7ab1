import { make } from '../elements.ts';
import { artUrl } from './art-url.ts';
import { formatPence } from './money.ts';
import type { Product } from './products.ts';

/** One product in a list: picture, name, one line about it, price. */
export function productCard(product: Product): HTMLLIElement {
  const picture = make('img', { src: artUrl(product), alt: '', width: 400, height: 400, loading: 'lazy' });
  const swatches = product.colours.map((colour) => make('i', { style: `background:${colour.value}` }));
  const stars = make('span', { class: 'stars' }, make('b', { 'aria-hidden': 'true' }, '★'), ` ${product.rating}`);
  stars.setAttribute('aria-label', `${product.rating} of 5 stars, ${product.reviews} reviews`);
  stars.setAttribute('role', 'img');
  const card = make(
    'li',
    { class: 'good', 'data-category': product.category, 'data-product': product.id },
    make('div', { class: 'picture' }, picture),
    make('h3', {}, make('a', { href: productUrl(product) }, product.name)),
    make('p', {}, product.line),
    make(
      'p',
      { class: 'price' },
      make('span', { class: 'number' }, formatPence(product.pence)),
      stars,
      make('span', { class: 'swatches', 'aria-hidden': 'true' }, ...swatches),
    ),
  );
  if (product.isNew) card.append(make('span', { class: 'badge' }, 'New'));
  return card;
}

export function productUrl(product: Product): string {
  return `${import.meta.env.BASE_URL}product.html?id=${product.id}`;
}
