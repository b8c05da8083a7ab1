/**
 * Text that is the same in every run and deflates like real text: words drawn unevenly, as languages do.
 * @param {number} seed
 */
export function createWords(seed) {
  let state = seed >>> 0;

  /** mulberry32: short, and good enough for words. */
  function random() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** @param {number} below */
  const number = (below) => Math.floor(random() * below);
  /** @template T @param {readonly T[]} choices @returns {T} */
  const pick = (choices) => /** @type {T} */ (choices[number(choices.length)]);
  const word = () => /** @type {string} */ (VOCABULARY[Math.floor(random() ** 2 * VOCABULARY.length)]);
  /** @param {number} count */
  const words = (count) => Array.from({ length: count }, word).join(' ');
  const sentence = () => {
    const text = words(6 + number(14));
    return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
  };
  /** @param {number} count */
  const sentences = (count) => Array.from({ length: count }, sentence).join(' ');
  const hex = () =>
    number(2 ** 32)
      .toString(16)
      .padStart(8, '0');

  return { random, number, pick, word, words, sentence, sentences, hex };
}

const STARTS = 'a be con de en for in mar no o par pre re sa tra un ver win'.split(' ');
const MIDDLES = 'ber da gi lan mo ner po ri sta te va'.split(' ');
const ENDS = 'al ce ed en er ing ion ly ment s th'.split(' ');
const VOCABULARY = [
  ...'the of and to in is that for it as was with on by at from are this be or an have not'.split(' '),
  ...STARTS.flatMap((start) => MIDDLES.flatMap((middle) => ENDS.map((end) => start + middle + end))),
];
