/**
 * Parts of selectors that only the customer's browser can answer: states that custom elements give themselves, what is
 * valid (scripts have a say in it, and the agent's has asterisks to judge by), and what stands in attributes that the
 * agent's never sees (all that begin with `on` are among them). Sheets in the mirror ask for a token in their place; the
 * page tells which elements have it.
 */
const VALUE = String.raw`(?:"[^"\\\n]{0,200}"|'[^'\\\n]{0,200}'|[\w-]{1,200})`;
const NAME = '(?:src|srcset|srcdoc|sizes|poster|data|action|ping|on[\\w-]{0,40})';
export const TOLD_SELECTOR = String.raw`(?<!\\):(?:state\(\s*[\w-]{1,50}\s*\)|(?:in)?valid(?![\w-]))|\[\s*${NAME}\s*(?:[~|^$*]?=\s*${VALUE}\s*[is]?\s*)?\]`;

/** Of different ones, as good as never the same: FNV-1a, 32 bits. */
export function tokenOf(selector: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < selector.length; at += 1) hash = Math.imul(hash ^ selector.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
