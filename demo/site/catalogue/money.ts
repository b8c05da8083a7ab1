const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** Pence as people read them: `12950` → `£129.50`. */
export function formatPence(pence: number): string {
  return pounds.format(pence / 100);
}
