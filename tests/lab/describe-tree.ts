/** Elements that the mirror keeps empty, and text that it does not have. */
const EMPTY = new Set(['script', 'noscript', 'template', 'iframe', 'object', 'embed', 'meta', 'base', 'link', 'style']);

/**
 * A tree in words, for comparing a page with its mirror: tags, the attributes both sides keep, texts, field states and
 * shadow roots. What recording leaves out on purpose is left out here too.
 */
export function describeTree(root: Node, host: Element | null): string {
  const lines: string[] = [];
  walk(root, 0);
  return lines.join('\n');

  function walk(node: Node, depth: number): void {
    if (node === host) return;
    const indent = ' '.repeat(depth);
    if (node instanceof Text) {
      lines.push(`${indent}"${node.data}"`);
    } else if (node instanceof Element) {
      const tag = node.localName;
      const isEmpty = EMPTY.has(tag);
      lines.push(`${indent}<${isEmpty ? 'empty' : tag}${isEmpty ? '' : attributesOf(node)}${stateOf(node)}>`);
      if (isEmpty) return;
      if (node.shadowRoot) {
        lines.push(`${indent} #shadow`);
        for (const child of node.shadowRoot.childNodes) walk(child, depth + 2);
      }
    }
    if (node instanceof Document || node instanceof Element)
      for (const child of node.childNodes) walk(child, depth + 1);
  }
}

function attributesOf(element: Element): string {
  return element
    .getAttributeNames()
    .filter((name) => /^(?:id|class|title|lang|dir|data-(?!alongside)[\w-]*|aria-[\w-]*|viewBox|d|fill)$/u.test(name))
    .sort()
    .map((name) => ` ${name}=${JSON.stringify(element.getAttribute(name))}`)
    .join('');
}

function stateOf(element: Element): string {
  if (element instanceof HTMLInputElement) {
    if (element.type === 'checkbox' || element.type === 'radio') return ` checked=${element.checked}`;
    return element.type === 'file' || element.type === 'password' ? '' : ` value=${JSON.stringify(element.value)}`;
  }
  if (element instanceof HTMLTextAreaElement) return ` value=${JSON.stringify(element.value)}`;
  if (element instanceof HTMLSelectElement) return ` selected=${element.selectedIndex}`;
  return '';
}
