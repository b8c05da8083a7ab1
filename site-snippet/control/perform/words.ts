/** Where words begin and end in a text, as browsers find them. */
export type TextRange = readonly [start: number, end: number];

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

function wordsOf(text: string): TextRange[] {
  return Array.from(words.segment(text), ({ index, segment, isWordLike }): TextRange[] =>
    isWordLike ? [[index, index + segment.length]] : [],
  ).flat();
}

/** The word at that place; where there is none, nothing but the place. */
export function wordAt(text: string, at: number): TextRange {
  return wordsOf(text).find(([start, end]) => start <= at && at <= end) ?? [at, at];
}

/** Where the word before begins. */
export function previousWord(text: string, at: number): number {
  return (
    wordsOf(text)
      .reverse()
      .find(([start]) => start < at)?.[0] ?? 0
  );
}

/** Where the word after ends. */
export function nextWord(text: string, at: number): number {
  return wordsOf(text).find(([, end]) => end > at)?.[1] ?? text.length;
}
