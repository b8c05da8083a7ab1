/** What can be said about a payment card without asking its bank. */

/** Luhn's check digit, and a length that cards have. Spaces do not matter. */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** `MM/YY` or `MM / YY`, this month or later. */
export function isExpiryAhead(text: string, now: Date): boolean {
  const [, month, year] = /^\s*(\d{2})\s*\/\s*(\d{2})\s*$/.exec(text) ?? [];
  if (!month || !year || Number(month) < 1 || Number(month) > 12) return false;
  return new Date(2000 + Number(year), Number(month), 1) > now;
}

/** Digits in groups of four, as they stand on the card. */
export function groupCardNumber(text: string): string {
  return text
    .replaceAll(/\D/g, '')
    .slice(0, 19)
    .replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}

/** Only what a receipt may show: `•••• 4242`. */
export function shortenCardNumber(text: string): string {
  return `•••• ${text.replaceAll(/\D/g, '').slice(-4)}`;
}
