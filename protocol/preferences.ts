/** What media queries learn of a browser and whoever sits before it: the customer's answers, not the agent's, count. */
export const PREFERENCES = {
  'prefers-color-scheme': ['light', 'dark'],
  'prefers-reduced-motion': ['no-preference', 'reduce'],
  'prefers-contrast': ['no-preference', 'more', 'less', 'custom'],
  'prefers-reduced-transparency': ['no-preference', 'reduce'],
  'forced-colors': ['none', 'active'],
  'inverted-colors': ['none', 'inverted'],
  hover: ['none', 'hover'],
  'any-hover': ['none', 'hover'],
  pointer: ['none', 'coarse', 'fine'],
  'any-pointer': ['none', 'coarse', 'fine'],
} as const;

/** @param asks whether a media query holds */
export function holdingNow(asks: (query: string) => boolean): number[] {
  return Object.entries(PREFERENCES).map(([feature, words]) =>
    words.reduce((bits: number, word, place) => bits | (Number(asks(`(${feature}: ${word})`)) << place), 0),
  );
}
