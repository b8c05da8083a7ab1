import '../frame/frame.ts';
import {
  lineKey,
  maxQuantity,
  onBasketChange,
  readBasket,
  setQuantity,
  sumPence,
  type PricedLine,
} from '../basket/basket.ts';
import { deliveryPence, freeDeliveryFrom } from '../basket/delivery.ts';
import { watchStepper } from '../basket/quantity-stepper.ts';
import { drawProduct } from '../catalogue/draw-product.ts';
import { formatPence } from '../catalogue/money.ts';
import { productUrl } from '../catalogue/product-card.ts';
import { findColour } from '../catalogue/products.ts';
import { byId, make } from '../elements.ts';

const lines = byId('lines', HTMLUListElement);
const status = byId('basket-status', HTMLParagraphElement);

show();
onBasketChange(show);

/** Brings the list to the basket's state line by line, so that the focus stays where the customer is working. */
function show(): void {
  const basket = readBasket();
  byId('empty', HTMLElement).hidden = basket.length > 0;
  byId('full', HTMLElement).hidden = basket.length === 0;

  const old = new Map([...lines.children].map((row) => [row.getAttribute('data-line'), row]));
  const rows = basket.map((line) => old.get(lineKey(line)) ?? lineRow(line));
  for (const row of old.values()) if (!rows.includes(row)) row.remove();
  for (const [index, row] of rows.entries()) {
    if (lines.children[index] !== row) lines.insertBefore(row, lines.children[index] ?? null);
    const line = basket[index];
    if (line) refresh(row, line);
  }

  const goods = sumPence(basket);
  const delivery = deliveryPence('standard', goods);
  byId('goods-sum', HTMLElement).textContent = formatPence(goods);
  byId('delivery-sum', HTMLElement).textContent = delivery === 0 ? 'Free' : formatPence(delivery);
  byId('total-sum', HTMLElement).textContent = formatPence(goods + delivery);
  byId('free-delivery', HTMLParagraphElement).textContent =
    goods >= freeDeliveryFrom
      ? 'Delivery is on us.'
      : `${formatPence(freeDeliveryFrom - goods)} more and delivery is on us.`;
}

function lineRow(line: PricedLine): HTMLLIElement {
  const { product } = line;
  const key = lineKey(line);
  const stepper = make(
    'div',
    { class: 'stepper', role: 'group', 'aria-label': `Quantity of ${product.name}` },
    make('button', { type: 'button', 'aria-label': 'One fewer' }, '−'),
    make('input', {
      type: 'number',
      name: `quantity-${product.id}`,
      min: 1,
      max: maxQuantity,
      value: line.quantity,
      'aria-label': `Quantity of ${product.name}`,
    }),
    make('button', { type: 'button', 'aria-label': 'One more' }, '+'),
  );
  watchStepper(stepper, maxQuantity, (quantity) => setQuantity(key, quantity));
  const remove = make(
    'button',
    { type: 'button', class: 'link-button', 'aria-label': `Remove ${product.name}` },
    'Remove',
  );
  remove.addEventListener('click', () => {
    setQuantity(key, 0);
    status.textContent = `${product.name} is out of your basket.`;
  });
  return make(
    'li',
    { class: 'line', 'data-line': key, 'data-category': product.category },
    make('div', { class: 'picture' }, drawProduct(product, findColour(product, line.colour))),
    make(
      'div',
      {},
      make('h3', {}, make('a', { href: productUrl(product) }, product.name)),
      make('p', {}, `${line.colour} · ${line.choice}`),
    ),
    make('span', { class: 'money number' }),
    make('div', { class: 'actions' }, stepper, remove),
  );
}

function refresh(row: Element, line: PricedLine): void {
  const money = row.querySelector('.money');
  if (money) money.textContent = formatPence(line.pence);
  const input = row.querySelector('input');
  if (input && input.value !== String(line.quantity)) input.value = String(line.quantity);
}
