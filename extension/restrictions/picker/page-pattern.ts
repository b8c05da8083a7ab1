import { isStableName } from './stable-name.ts';

/**
 * Pages a rule may be for, as `URLPattern` paths, the closest first: this page with whatever looks like somebody's
 * number left open, then its folder. The caller adds "every page".
 */
export function proposePages(pathname: string): string[] {
  const segments = pathname.split('/').slice(1);
  const open = segments.map((segment, at) => openSegment(segment, at));
  const folder = open.slice(0, -1);
  const proposals = [`/${open.join('/')}`];
  if (folder.length > 0) proposals.push(`/${folder.join('/')}/*`);
  return [...new Set(proposals)];
}

/** `/orders/48213` is one of many pages, and its number is a customer's. */
function openSegment(segment: string, at: number): string {
  const ending = /\.(?:html?|php|aspx?|jsp|do)$/u.exec(segment)?.[0] ?? '';
  const name = segment.slice(0, segment.length - ending.length);
  const isNumber = /\d/u.test(name) && !isStableName(name);
  if (isNumber || name.length > 60 || /[@%]/u.test(name)) return `:part${at + 1}${ending}`;
  // In a pattern these mean something.
  return segment.replace(/[\\(){}:*+?]/gu, String.raw`\$&`);
}
