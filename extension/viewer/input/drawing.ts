import { MAX_POINTS_PER_STROKE_PART } from '../../../protocol/limits.ts';
import type { Anchor } from '../../../protocol/page-message.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { StrokePart, StrokePoint } from '../../../protocol/stroke.ts';
import { boxOf } from '../mirror/dom.ts';
import type { Tool } from '../port.ts';
import { anchorAt } from './anchor.ts';

export interface DrawingInputOptions {
  readonly window: Window;
  readonly idOf: (node: Node) => NodeId;
  readonly node: (id: NodeId) => Node | undefined;
  readonly tool: () => Tool;
  /** A number for the next stroke. */
  readonly nextStroke: () => number;
  readonly onPart: (part: StrokePart, anchor: Element) => void;
  /** The agent wants to pin a comment there. @param x CSS pixels of the viewport */
  readonly onCommentWanted: (at: Anchor, x: number, y: number) => void;
  readonly signal: AbortSignal;
}

/** More would not look smoother. */
const SEND_EVERY_MS = 50;

interface Stroke {
  readonly number: number;
  readonly id: NodeId;
  readonly anchor: Element;
}

/** With a tool in hand the agent's pointer draws, and neither points nor clicks. */
export function sendDrawing(options: DrawingInputOptions): void {
  const { window, signal } = options;
  const listening = { capture: true, passive: true, signal } as const;
  let stroke: Stroke | null = null;
  let points: StrokePoint[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const gathered = points;
    points = [];
    if (!stroke) return;
    const { number, id, anchor } = stroke;
    for (let at = 0; at < gathered.length; at += MAX_POINTS_PER_STROKE_PART) {
      options.onPart({ stroke: number, node: id, points: gathered.slice(at, at + MAX_POINTS_PER_STROKE_PART) }, anchor);
    }
  }

  function add(anchor: Element, x: number, y: number): void {
    const box = boxOf(anchor);
    points.push({ x: (x - box.left) / box.width, y: (y - box.top) / box.height });
  }

  function press(event: PointerEvent): void {
    if (options.tool() === 'point' || event.button !== 0) return;
    const at = anchorAt(event.composedPath()[0] ?? null, event.clientX, event.clientY, options.idOf);
    const anchor = at && options.node(at.node);
    if (!at || !(anchor instanceof Element)) return;
    if (options.tool() === 'comment') {
      options.onCommentWanted(at, event.clientX, event.clientY);
      return;
    }
    stroke = { number: options.nextStroke(), id: at.node, anchor };
    add(anchor, event.clientX, event.clientY);
    flush();
  }

  function release(): void {
    flush();
    stroke = null;
  }

  window.addEventListener('pointerdown', press, listening);
  window.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      if (!stroke) return;
      add(stroke.anchor, clientX, clientY);
      timer ??= setTimeout(flush, SEND_EVERY_MS);
    },
    listening,
  );
  window.addEventListener('pointerup', release, listening);
  window.addEventListener('pointercancel', release, listening);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
