/** Elements that the mirror keeps empty, and text that it does not have. */
const EMPTY = new Set(['script', 'noscript', 'template', 'iframe', 'object', 'embed', 'meta', 'base', 'link', 'style']);

const FOREIGN: Record<string, string> = {
  'http://www.w3.org/2000/svg': 'svg:',
  'http://www.w3.org/1998/Math/MathML': 'math:',
};

/** What else is told of an element, on its line. */
export type Describer = (element: Element) => string;
/** What is told of a frame's document, under its element. */
export type FrameDescriber = (frame: HTMLIFrameElement) => string;
/** What is told of an element that is hidden, in place of all else; `null`: it is not. */
export type BoxDescriber = (element: Element) => string | null;

/**
 * A tree in words, for comparing a page with its mirror: tags, the attributes both sides keep, texts, field states and
 * shadow roots. What recording leaves out on purpose is left out here too.
 */
export function describeTree(
  root: Node,
  host: Element | null,
  more: Describer = () => '',
  inFrame: FrameDescriber | null = null,
  asBox: BoxDescriber = () => null,
): string {
  const lines: string[] = [];
  walk(root, 0);
  return lines.join('\n');

  function walk(node: Node, depth: number): void {
    if (node === host) return;
    const indent = ' '.repeat(depth);
    if (isText(node)) {
      lines.push(`${indent}"${node.data}"`);
    } else if (isElement(node)) {
      const box = asBox(node);
      if (box !== null) {
        lines.push(`${indent}[${box}]`);
        return;
      }
      const tag = node.localName;
      const isEmpty = EMPTY.has(tag);
      const name = isEmpty ? 'empty' : `${FOREIGN[node.namespaceURI ?? ''] ?? ''}${tag}`;
      lines.push(`${indent}<${name}${isEmpty ? '' : attributesOf(node)}${stateOf(node)}>${more(node)}`);
      if (tag === 'iframe' && inFrame !== null) lines.push(indent + inFrame(node as HTMLIFrameElement));
      if (isEmpty) return;
      if (node.shadowRoot) {
        lines.push(`${indent} #shadow`);
        for (const child of node.shadowRoot.childNodes) walk(child, depth + 2);
      }
    }
    if (isElement(node) || node.nodeType === Node.DOCUMENT_NODE)
      for (const child of node.childNodes) walk(child, depth + 1);
  }
}

// By what they say of themselves: those of a frame are of another window's classes.
function isText(node: Node): node is Text {
  return node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;
}

function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}

function attributesOf(element: Element): string {
  return element
    .getAttributeNames()
    .filter((name) =>
      /^(?:id|class|title|lang|dir|data-(?!alongside)[\w-]*|aria-(?!description)[\w-]*|viewBox|d|fill)$/u.test(name),
    )
    .sort()
    .map((name) => ` ${name}=${JSON.stringify(element.getAttribute(name))}`)
    .join('');
}

function stateOf(element: Element): string {
  if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return '';
  const { type, checked, indeterminate } = element as HTMLInputElement;
  const { value, selectedIndex } = element as HTMLSelectElement;
  if (element.localName === 'input') {
    if (type === 'checkbox' && indeterminate) return ' indeterminate';
    if (type === 'checkbox' || type === 'radio') return ` checked=${checked}`;
    return type === 'file' || type === 'password' ? '' : ` value=${JSON.stringify(value)}`;
  }
  if (element.localName === 'textarea') return ` value=${JSON.stringify(value)}`;
  return element.localName === 'select' ? ` selected=${selectedIndex}` : '';
}
