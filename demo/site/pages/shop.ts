import '../frame/frame.ts';
import { productCard } from '../catalogue/product-card.ts';
import { products, type Product } from '../catalogue/products.ts';
import { byId } from '../elements.ts';
import { formText } from '../form-text.ts';

const form = byId('filters', HTMLFormElement);
const list = byId('goods', HTMLUListElement);
const count = byId('result-count', HTMLParagraphElement);
const nothing = byId('nothing-found', HTMLDivElement);
const priceLabel = byId('max-price-value', HTMLOutputElement);

const cards = new Map(products.map((product) => [product, productCard(product)]));

restoreFromAddress();
show();
form.addEventListener('input', show);
// It belongs to the form but stands outside, and events follow the tree.
byId('sort', HTMLSelectElement).addEventListener('input', show);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => queueMicrotask(show));
byId('reset-filters', HTMLButtonElement).addEventListener('click', () => form.reset());

function show(): void {
  const wanted = new FormData(form);
  const categories = wanted.getAll('category');
  const words = formText(form, 'search').toLowerCase();
  const maxPence = Number(formText(form, 'max-price')) * 100;
  const inStock = wanted.has('in-stock');
  priceLabel.value = `£${formText(form, 'max-price')}`;

  const found = products
    .filter((product) => categories.length === 0 || categories.includes(product.category))
    .filter((product) => product.pence <= maxPence)
    .filter((product) => !inStock || product.stock >= 15)
    .filter((product) => `${product.name} ${product.line}`.toLowerCase().includes(words))
    .sort(orderBy(formText(form, 'sort')));

  list.replaceChildren(...found.flatMap((product) => cards.get(product) ?? []));
  count.textContent = found.length === 1 ? '1 thing' : `${found.length} things`;
  nothing.hidden = found.length > 0;
  rememberInAddress(categories.filter((category) => typeof category === 'string'));
}

function orderBy(order: string): (a: Product, b: Product) => number {
  switch (order) {
    case 'price-up':
      return (a, b) => a.pence - b.pence;
    case 'price-down':
      return (a, b) => b.pence - a.pence;
    case 'rating':
      return (a, b) => b.rating - a.rating;
    case 'name':
      return (a, b) => a.name.localeCompare(b.name);
    default:
      return (a, b) => Number(b.isNew) - Number(a.isNew);
  }
}

/** The category is in the address, so that a link can lead to it and Back keeps it. */
function rememberInAddress(categories: string[]): void {
  const address = new URL(location.href);
  address.searchParams.delete('category');
  for (const category of categories) address.searchParams.append('category', category);
  history.replaceState(null, '', address);
}

function restoreFromAddress(): void {
  const wanted = new URL(location.href).searchParams.getAll('category');
  for (const box of form.querySelectorAll<HTMLInputElement>('input[name="category"]')) {
    box.checked = wanted.includes(box.value);
  }
}
