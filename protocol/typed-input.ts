/** Types of inputs in which nobody types: what is in them is chosen, or the page's own. Of types nobody knows browsers make text. */
export const UNTYPED: readonly string[] = 'hidden checkbox radio button submit reset file range color image'.split(' ');

/** Whether an input of this type is one that people type into: what it holds may be a secret. */
export function isTyped(type: string): boolean {
  return !UNTYPED.includes(type);
}
