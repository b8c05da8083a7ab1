/** What the customer means to buy, kept in this browser. */
import { findProduct, type Product } from '../catalogue/products.ts';

export interface BasketLine {
  readonly productId: string;
  readonly colour: string;
  readonly choice: string;
  readonly quantity: number;
}

export interface PricedLine extends BasketLine {
  readonly product: Product;
  readonly pence: number;
}

const storageKey = 'tarn-and-gorse.basket';
/** As many of one thing as we send in one parcel. */
export const maxQuantity = 12;
const maxLines = 40;

/** Fired on `window` when this page changes the basket; other tabs get the browser's own `storage`. */
const changed = 'basketchange';

/** The lines whose product is still sold, with their prices. A basket that cannot be read is an empty one. */
export function readBasket(): PricedLine[] {
  return readLines().flatMap((line) => {
    const product = findProduct(line.productId);
    return product ? [{ ...line, product, pence: product.pence * line.quantity }] : [];
  });
}

/** Adds a line, or makes an equal one larger, up to `maxQuantity`. */
export function addToBasket(added: BasketLine): void {
  const lines = readLines();
  const equal = lines.findIndex((line) => lineKey(line) === lineKey(added));
  const old = lines[equal];
  if (old) lines[equal] = { ...old, quantity: clampQuantity(old.quantity + added.quantity) };
  else lines.push({ ...added, quantity: clampQuantity(added.quantity) });
  writeLines(lines);
}

/** Sets how many of a line there are; zero takes it out. */
export function setQuantity(key: string, quantity: number): void {
  const lines = readLines();
  writeLines(
    quantity < 1
      ? lines.filter((line) => lineKey(line) !== key)
      : lines.map((line) => (lineKey(line) === key ? { ...line, quantity: clampQuantity(quantity) } : line)),
  );
}

export function emptyBasket(): void {
  writeLines([]);
}

/** Calls `listener` whenever the basket changes, here or in another tab, for as long as the page lives. */
export function onBasketChange(listener: () => void): void {
  addEventListener(changed, listener);
  addEventListener('storage', (event) => {
    if (event.key === storageKey) listener();
  });
}

/** Two lines with the same key are the same thing in the same colour and size. */
export function lineKey(line: BasketLine): string {
  return `${line.productId}/${line.colour}/${line.choice}`;
}

export function countItems(lines: readonly BasketLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

export function sumPence(lines: readonly PricedLine[]): number {
  return lines.reduce((sum, line) => sum + line.pence, 0);
}

function readLines(): BasketLine[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isLine).slice(0, maxLines) : [];
  } catch {
    return [];
  }
}

function writeLines(lines: readonly BasketLine[]): void {
  localStorage.setItem(storageKey, JSON.stringify(lines.slice(0, maxLines)));
  dispatchEvent(new Event(changed));
}

function isLine(value: unknown): value is BasketLine {
  if (typeof value !== 'object' || value === null) return false;
  const line = value as Record<string, unknown>;
  return (
    typeof line['productId'] === 'string' &&
    typeof line['colour'] === 'string' &&
    typeof line['choice'] === 'string' &&
    Number.isInteger(line['quantity']) &&
    Number(line['quantity']) > 0
  );
}

function clampQuantity(quantity: number): number {
  return Math.min(maxQuantity, Math.max(1, Math.round(quantity)));
}
