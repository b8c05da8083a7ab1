import type { Anchor } from '../../../protocol/page-message.ts';
import { listen } from '../../listen.ts';
import { innermostAt } from '../../innermost.ts';
import { documentHas, isConnected, isElement, matches, pathOfEvent } from '../../native.ts';
import { maskedListOf } from './focus.ts';
import { anchorIn, gripOf, type Known } from '../grip.ts';

export interface PointerOptions {
  readonly document: Document;
  readonly numbers: Known;
  readonly host: Element;
  readonly signal: AbortSignal;
  /** Stands for something hidden: where in it the pointer is would tell which of its keys is pressed. */
  readonly isBox: (element: Element) => boolean;
  readonly isShown: (element: Element) => boolean;
  readonly onMove: (at: Anchor) => void;
  readonly onLeave: () => void;
  readonly onClick: (at: Anchor) => void;
}

/** More would not look smoother, and a slow link falls behind by seconds at 60 a second. */
const MIN_INTERVAL_MS = 33;

/** What of an event is still true after it: its path is gone once it has been dispatched. */
interface Position {
  readonly target: EventTarget | undefined;
  readonly clientX: number;
  readonly clientY: number;
}

/**
 * The customer's pointer, as an element and a place inside it.
 * @returns looks whether something else lies under it by now
 */
export function recordPointer(options: PointerOptions): { look(): void } {
  const { document, signal } = options;
  const listening = { signal, capture: true, passive: true } as const;
  let latest: Position | null = null;
  /** Where a mouse rests; a finger does so nowhere. */
  let resting: Position | null = null;
  let timer = 0;
  let lastSent = 0;

  function send(): void {
    timer = 0;
    const at = latest && anchorOf(latest, options);
    latest = null;
    if (!at) return;
    lastSent = performance.now();
    options.onMove(at);
  }

  function note(event: PointerEvent): void {
    const position = positionOf(event);
    resting = event.pointerType === 'touch' ? null : position;
    tell(position);
  }

  function tell(position: Position): void {
    latest = position;
    if (timer === 0) timer = setTimeout(send, Math.max(0, MIN_INTERVAL_MS - (performance.now() - lastSent)));
  }

  function leave(): void {
    resting = null;
    options.onLeave();
  }

  /** What is removed from under a pointer leaves another in its place, and the browser does not always say so. */
  function look(): void {
    if (resting === null) return;
    const { target, clientX, clientY } = resting;
    if (isElement(target) && isConnected(target) && isHovered(target)) return;
    if (!isHovered(documentHas(document, 'documentElement'))) return;
    const now = innermostAt(document, clientX, clientY);
    if (now === null || now === target || !isHovered(now)) return;
    resting = { target: now, clientX, clientY };
    tell(resting);
  }

  listen(document, 'pointermove', note, listening);
  // While it rests something else comes under it: what was there is scrolled away, removed or covered.
  listen(document, 'pointerover', note, listening);
  listen(documentHas(document, 'documentElement'), 'pointerleave', leave, { signal, passive: true });
  listen(
    document,
    'pointerdown',
    (event) => {
      const at = event.isTrusted ? anchorOf(positionOf(event), options) : null;
      if (at) options.onClick(at);
    },
    listening,
  );
  signal.addEventListener('abort', () => clearTimeout(timer));
  return { look };
}

function isHovered(element: Element): boolean {
  return matches(element, ':hover');
}

function positionOf(event: PointerEvent): Position {
  return { target: pathOfEvent(event)[0], clientX: event.clientX, clientY: event.clientY };
}

function anchorOf(
  { target, clientX, clientY }: Position,
  { numbers, host, isBox, isShown }: PointerOptions,
): Anchor | null {
  const list = isElement(target) ? maskedListOf(target, isShown) : null;
  const grip = isElement(target) ? gripOf(list ?? target, numbers, host) : null;
  if (grip === null) return null;
  return list || isBox(grip.element) ? { node: grip.id, x: 0.5, y: 0.5 } : anchorIn(grip, clientX, clientY);
}
