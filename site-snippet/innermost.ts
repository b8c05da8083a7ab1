import { method, nameOf, rootOf, shadowOf } from './native.ts';

type AtPoint<Root> = (self: Root, x: number, y: number) => Element | null;
const elementAt = method('Document', 'elementFromPoint') as AtPoint<Document>;
const elementAtInShadow = method('ShadowRoot', 'elementFromPoint') as AtPoint<ShadowRoot>;

/** What lies there, through open shadow roots. @param x CSS pixels of the viewport, as `y` */
export function innermostAt(document: Document, x: number, y: number): Element | null {
  let found = elementAt(document, x, y);
  for (;;) {
    // Our own widget's shadow root is nothing to look into: the host says enough.
    const shadow = found && nameOf(found) !== 'alongside-widget' ? shadowOf(found) : null;
    const inner = shadow && elementAtInShadow(shadow, x, y);
    if (!inner || inner === found || rootOf(inner) !== shadow) return found;
    found = inner;
  }
}
