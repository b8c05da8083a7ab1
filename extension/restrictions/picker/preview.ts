import type { Coverage, Look } from './coverage.ts';
import { part, place } from './layer.ts';
import { frameOffset } from './page-roots.ts';

const MAX_BOXES = 500;
const PICTURES = /^(?:img|svg|canvas|video|picture)$/u;
const ASTERISKS = '*'.repeat(8);

/** Draws the page as an agent would see it: purple, green and grey boxes over the elements, which stay as they are. */
export function drawPreview(boxes: HTMLElement, coverage: Coverage): void {
  const drawn: HTMLElement[] = [];

  function draw(look: Look, rect: DOMRectReadOnly, isPicture: boolean): void {
    const isSeen = rect.width > 0 && rect.height > 0 && rect.bottom > 0 && rect.top < innerHeight;
    if (!isSeen || drawn.length === MAX_BOXES) return;
    const box = part('box', look === 'mask' && !isPicture ? ASTERISKS : '');
    box.dataset['look'] = look;
    if (isPicture) box.dataset['picture'] = '';
    place(box, rect);
    box.style.lineHeight = `${Math.min(rect.height - 4, 40)}px`;
    drawn.push(box);
  }

  /** One box; but around what is shown inside something masked there are several. */
  function drawElement(element: Element, look: Look): void {
    const { left, top } = frameOffset(element);
    const moved = (rect: DOMRect) => new DOMRect(rect.left + left, rect.top + top, rect.width, rect.height);
    if (look === 'restrict' || !hasShown(element, coverage)) {
      draw(look, moved(element.getBoundingClientRect()), PICTURES.test(element.localName));
      return;
    }
    for (const child of element.childNodes) {
      if (child instanceof Element) {
        if (coverage.of(child)?.look === look) drawElement(child, look);
      } else if (child.nodeType === Node.TEXT_NODE) {
        const range = element.ownerDocument.createRange();
        range.selectNodeContents(child);
        for (const rect of range.getClientRects()) draw(look, moved(rect), false);
      }
    }
  }

  // What is inside is drawn over what is around it.
  for (const { element, look } of coverage.covered.toSorted(restrictedFirst)) drawElement(element, look);
  boxes.replaceChildren(...drawn);
}

function restrictedFirst(one: { look: Look }, other: { look: Look }): number {
  return Number(other.look === 'restrict') - Number(one.look === 'restrict');
}

function hasShown(element: Element, coverage: Coverage): boolean {
  for (const inner of element.querySelectorAll('*')) {
    const look = coverage.of(inner)?.look;
    if (look === undefined || look === 'restrict') return true;
  }
  return false;
}
