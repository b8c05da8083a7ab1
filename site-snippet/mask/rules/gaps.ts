/**
 * What people, pages and number formats put between the digits of one number, as parts of patterns. No two ways through a
 * gap match the same, or a search would try them all; no classes with what lies beyond 16 bits, which take ten times as
 * long.
 */
const THIN = '\\u200b-\\u200d\\u2060';
const SPACES = `\\t \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000${THIN}`;
const DASHES = '\\-\\u00ad\\u2010-\\u2015\\u2212_';
const MARKS = `${DASHES}${THIN}.,'’·٬/()`;

/** One space of any width, or nothing. */
export const SPACE = `[${SPACES}]?`;
/** One dash of any length, or nothing. */
export const DASH = `[${DASHES}]?`;
export const GAP = `[${SPACES}${DASHES}]`;
/** Markup is broken into lines and indented, and the browser shows one space. */
export const BREAK = '\\s{1,40}';
export const GAP_OR_BREAK = `(?:[${DASHES}${THIN}]|${BREAK})?`;
export const POINT_OR_BREAK = `(?:[${DASHES}${THIN}.]|${BREAK})?`;
/** What groups thousands, and what stands between the parts of a telephone number or a date. */
export const GROUPING = `(?:[${MARKS}\\s]{0,2}|\\s{3,40})`;
/** All that is no digit in what is a number nevertheless. */
export const AROUND_DIGITS = `[${MARKS}\\s+\\p{Sc}]`;
