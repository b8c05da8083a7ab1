/** Where selectors are tried: the document, each open shadow root, and each frame of the same origin. */
export type Root = Document | ShadowRoot;

const MAX_ROOTS = 1_000;

export function rootsOf(top: Document): Root[] {
  const roots: Root[] = [top];
  for (let at = 0; at < roots.length && roots.length < MAX_ROOTS; at += 1) {
    for (const element of roots[at]?.querySelectorAll('*') ?? []) {
      const inner = element.shadowRoot ?? frameDocument(element);
      if (inner !== null) roots.push(inner);
    }
  }
  return roots;
}

/** @returns `null` when the browser does not take the selector */
export function findAll(selector: string, roots: readonly Root[]): Element[] | null {
  try {
    return roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  } catch {
    return null;
  }
}

/** The element around this one, out of shadow roots and frames as well. */
export function parentOf(element: Element): Element | null {
  if (element.parentElement !== null) return element.parentElement;
  const root = element.getRootNode();
  if (root instanceof ShadowRoot) return root.host;
  return root === document ? null : ((root.ownerDocument ?? (root as Document)).defaultView?.frameElement ?? null);
}

/** What is really under a point of the window, `except` aside. */
export function elementAt(x: number, y: number, except: Element): Element | null {
  let found = document.elementsFromPoint(x, y).find((element) => element !== except) ?? null;
  let [left, top] = [x, y];
  while (found !== null) {
    let inner: Element | null = null;
    const content = frameDocument(found);
    if (content !== null) {
      const frame = found.getBoundingClientRect();
      left -= frame.left + found.clientLeft;
      top -= frame.top + found.clientTop;
      inner = content.elementFromPoint(left, top);
    } else if (found.shadowRoot !== null) {
      // Of the whole window, ours first.
      const root = found.shadowRoot;
      inner = root.elementsFromPoint(left, top).find((element) => element.getRootNode() === root) ?? null;
    }
    if (inner === null || inner === found) return found;
    found = inner;
  }
  return found;
}

/** How far the element's frame stands from the window's corner. */
export function frameOffset(element: Element): { readonly left: number; readonly top: number } {
  let [left, top] = [0, 0];
  let frame = element.ownerDocument.defaultView?.frameElement ?? null;
  while (frame !== null) {
    const box = frame.getBoundingClientRect();
    left += box.left + frame.clientLeft;
    top += box.top + frame.clientTop;
    frame = frame.ownerDocument.defaultView?.frameElement ?? null;
  }
  return { left, top };
}

function frameDocument(element: Element): Document | null {
  // A frame of another origin has no document for us.
  return element.localName === 'iframe' ? (element as HTMLIFrameElement).contentDocument : null;
}
