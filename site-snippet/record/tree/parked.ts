import { attributeOf } from '../../native.ts';

/** React's names for what it has streamed, after whatever prefix an app gives them. */
const SEGMENT = /S:[\da-f]+$/u;
const DRAWN = new Set(['svg', 'math']);

/** Whether an element of this tag and these attributes may hold streamed content. */
export function mayBeParked(tag: string, names: readonly string[]): boolean {
  if (names.includes('hidden')) return names.includes('id') || isForRows(tag, names);
  return DRAWN.has(tag) && names.includes('id') && names.includes('style');
}

/**
 * Whether the content of an element that `mayBeParked` only waits there, unseen, for its real place: React streams what
 * is late into the end of the body and moves it when all of it has come. Which rules it goes by shows only there.
 */
export function isParked(element: Element): boolean {
  const isUnseen = attributeOf(element, 'hidden') !== null || attributeOf(element, 'style') === 'display:none';
  return isUnseen && SEGMENT.test(attributeOf(element, 'id') ?? 'S:0');
}

/** Rows cannot stand by themselves: their name is on something inside, which may not have been parsed yet. */
function isForRows(tag: string, names: readonly string[]): boolean {
  return tag === 'table' && names.length === 1;
}
