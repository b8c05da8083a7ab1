import { edgePosition } from './edge-position.ts';
import { element } from './element.ts';

/** Room for the arrow and the name below it, in CSS pixels. */
const EDGE_MARGIN = 40;
const CIRCLE_MS = 1_000;
const MAX_CIRCLES = 10;

export interface AgentPointer {
  moveTo(x: number, y: number, label: string): void;
  leave(): void;
  circle(x: number, y: number): void;
}

/**
 * The agent's pointer and the red circles of their clicks. Nothing here can be clicked.
 * @param layer covers nothing; positions are CSS pixels of the viewport
 */
export function createAgentPointer(layer: HTMLElement, signal: AbortSignal): AgentPointer {
  const name = element('bdi', { class: 'name' });
  const arrow = element('span', { class: 'arrow' });
  const pointer = element('div', { class: 'pointer', 'aria-hidden': 'true', hidden: '' }, arrow, name);
  const circles = new Map<HTMLElement, ReturnType<typeof setTimeout>>();
  layer.append(pointer);

  function removeCircle(ring: HTMLElement): void {
    clearTimeout(circles.get(ring));
    circles.delete(ring);
    ring.remove();
  }

  signal.addEventListener(
    'abort',
    () => {
      for (const ring of circles.keys()) removeCircle(ring);
      pointer.remove();
    },
    { once: true },
  );

  return {
    moveTo(x, y, label) {
      const at = edgePosition(x, y, innerWidth, innerHeight, EDGE_MARGIN);
      pointer.style.translate = `${at.x}px ${at.y}px`;
      pointer.classList.toggle('outside', at.arrow !== '');
      arrow.textContent = at.arrow;
      if (name.textContent !== label) name.textContent = label;
      pointer.hidden = false;
    },
    leave() {
      pointer.hidden = true;
    },
    circle(x, y) {
      const ring = element('div', { class: 'circle', 'aria-hidden': 'true' });
      ring.style.translate = `${x}px ${y}px`;
      layer.append(ring);
      circles.set(ring, setTimeout(removeCircle, CIRCLE_MS, ring));
      const oldest = circles.keys().next().value;
      if (circles.size > MAX_CIRCLES && oldest) removeCircle(oldest);
    },
  };
}
