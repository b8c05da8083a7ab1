import { method, nameOf, rootOf, shadowOf } from './native.ts';

type AtPoint<Root> = (self: Root, x: number, y: number) => Element | null;
const elementAt = method('Document', 'elementFromPoint') as AtPoint<Document>;
const elementsAtInShadow = method('ShadowRoot', 'elementsFromPoint') as (
  self: ShadowRoot,
  x: number,
  y: number,
) => readonly Element[];

/** What lies there, through open shadow roots. @param x CSS pixels of the viewport, as `y` */
export function innermostAt(document: Document, x: number, y: number): Element | null {
  let found = elementAt(document, x, y);
  for (;;) {
    // Our own widget's shadow root is nothing to look into: the host says enough.
    const shadow = found && nameOf(found) !== 'alongside-widget' ? shadowOf(found) : null;
    // The first of all of them: asked for one alone, Chromium names the host where a text of its own stands in a slot.
    const inner = shadow && elementsAtInShadow(shadow, x, y)[0];
    if (!inner || inner === found || rootOf(inner) !== shadow) return found;
    found = inner;
  }
}
