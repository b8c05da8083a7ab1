import { documentHas } from '../../native.ts';

/** A day in a field for dates: years that are still being typed are none. */
const DAY = /^([1-9]\d{3})-(\d\d)-(\d\d)/u;
const STYLES = [undefined, 'short', 'medium', 'long'] as const;

/** A field for a date says it one way, people see it in another, and pages write it in theirs. */
export function formsOfDate(type: string, value: string): string[] {
  const [, year, month, day] = (type.startsWith('date') && DAY.exec(value)) || [];
  if (year === undefined) return [];
  const date = new Date(value.slice(0, 10));
  const locales = new Set([documentHas(document, 'documentElement').lang, ...navigator.languages, 'en-US', 'en-GB']);
  const written = [...locales].flatMap((locale) => STYLES.map((dateStyle) => inWords(date, locale, dateStyle)));
  return [...written, [Number(day), Number(month), year].join('.')];
}

function inWords(date: Date, locale: string, dateStyle: (typeof STYLES)[number]): string {
  try {
    return date.toLocaleDateString(locale, { timeZone: 'UTC', ...(dateStyle && { dateStyle }) });
  } catch {
    // Pages may say of their language what they like.
    return '';
  }
}
