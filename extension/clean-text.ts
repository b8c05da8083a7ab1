/** Control characters, and those that turn the direction of the text around them or are not seen at all. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * Foreign text made fit for a trusted screen: one line, no character that hides or reorders others, and no longer than
 * `maxUnits` UTF-16 units. It is still to be shown as text, never as HTML.
 */
export function cleanText(foreign: string, maxUnits: number): string {
  // A cut first keeps the work small however long the text is; removing characters only makes it shorter.
  const text = foreign
    .slice(0, maxUnits * 4)
    .replace(UNSEEN, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (text.length <= maxUnits) return text;
  return `${text.slice(0, maxUnits - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
