import type { Outcome } from '../../protocol/errors.ts';
import { attributeOf } from '../native.ts';

/** Old pages put these where a link does nothing by itself. */
const NOTHING = /^javascript:(?:void ?\(?0\)?)?;?$/iu;

/**
 * Whether the agent may go there: http(s), the page's own origin, no name or password before the host.
 * @returns the address in full, or the refusal
 */
export function judgeAddress(address: string, base: string): { readonly url: string } | { readonly refused: Outcome } {
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    return { refused: 'refused:unsupported' };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { refused: 'refused:unsupported' };
  // `https://shop.example@elsewhere.example/` reads like the shop.
  if (url.username !== '' || url.password !== '') return { refused: 'refused:origin' };
  return url.origin === location.origin ? { url: url.href } : { refused: 'refused:origin' };
}

/** What following this link would come to; `null`: nothing against it. */
export function judgeLink(link: Element): Outcome | null {
  const address = attributeOf(link, 'href') ?? attributeOf(link, 'xlink:href');
  if (address === null) return null;
  if (attributeOf(link, 'download') !== null) return 'refused:unsupported';
  if (NOTHING.test(address.trim())) return null;
  const judged = judgeAddress(address, link.baseURI);
  return 'refused' in judged ? judged.refused : null;
}
