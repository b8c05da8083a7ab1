/** A declaration without a value, as `cssText` writes it. */
const LOST = /([\w-]+): ;/gu;
const HOST = /^:host\b(?:\([^()]*\))?$/u;
/** What was told of a rule, by the text it had then: it stays while no element is there to say another thing. */
const told = new WeakMap<CSSRule, Record<string, string>>();

/**
 * A rule's text. Of `border: solid var(--w); border-top-width: 3px` browsers tell the last part alone: what a shorthand
 * with variables says of the rest is lost. An element that the rule is for says what it came to.
 */
export function textOfRule(rule: CSSRule, root: Node): string {
  const { cssText } = rule;
  if (!cssText.includes(': ;')) return cssText;
  const element = elementFor((rule as Partial<CSSStyleRule>).selectorText ?? '', root as Document | ShadowRoot);
  if (element === null) return told.get(rule)?.[cssText] ?? cssText;
  const style = getComputedStyle(element);
  const text = cssText.replace(LOST, (_lost, name: string) => `${name}: ${style.getPropertyValue(name)};`);
  told.set(rule, { [cssText]: text });
  return text;
}

function elementFor(selector: string, root: Document | ShadowRoot): Element | null {
  if (HOST.test(selector)) return 'host' in root ? root.host : null;
  try {
    return root.querySelector(selector);
  } catch {
    return null; // A group of rules, or a selector of a pseudo-element.
  }
}
