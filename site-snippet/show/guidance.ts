import { MAX_LABEL_UNITS } from '../../protocol/limits.ts';
import { NO_NODE_ID, ownNumberOf } from '../../protocol/node-id.ts';
import { documentOf } from '../native.ts';
import type { Place } from '../place-in-page.ts';
import type { Sharing } from '../sharing.ts';
import { createAgentPointer } from './agent-pointer.ts';
import { createDrawingSurface } from './drawing-surface.ts';
import { elementName } from '../element-name.ts';
import type { DrawingMessage, Pinned } from './drawn.ts';
import { gripAt } from './grip-at.ts';
import { createPen } from './pen.ts';

export { GUIDANCE_STYLES } from './guidance-styles.ts';

/** The agent's pointer and clicks, and lines and comments of both sides, over the page. Nothing of it is in the page. */
export interface Guidance {
  connect(sharing: Sharing): void;
  pointer(at: Place | null): void;
  point(at: Place, element: Element): void;
  draw(message: DrawingMessage, element: Element | null): void;
  pinnedIn(document: Document): readonly Pinned[];
  setPen(on: boolean): void;
}

export interface GuidanceOptions {
  readonly widget: HTMLElement;
  /** Below all the rest of the widget. */
  readonly layer: HTMLElement;
  readonly agentName: () => string;
  readonly announce: (text: string) => void;
  /** The customer has put the pen down with Escape. */
  readonly onPenDown: () => void;
  readonly signal: AbortSignal;
}

export function createGuidance(options: GuidanceOptions): Guidance {
  const { agentName, announce, signal } = options;
  const surface = createDrawingSurface(options.layer, signal);
  const pointer = createAgentPointer(options.layer, signal);
  let sharing: Sharing | null = null;
  let strokes = 0;
  const { host } = options.widget.getRootNode() as ShadowRoot;

  const pen = createPen({
    widget: options.widget,
    layer: options.layer,
    signal,
    gripAt: (x, y) => gripAt(document, { x, y }, sharing?.numbers, host),
    begin() {
      strokes += 1;
    },
    draw(grip, points) {
      surface.extend('customer', strokes, grip.element, points);
      sharing?.tellDrawing({ type: 'draw', stroke: strokes, node: grip.id, points });
    },
    comment(grip, at, text) {
      surface.pin('customer', grip.element, at, 'You', text);
      sharing?.tellComment({ node: grip.id, ...at }, text);
    },
    clear() {
      surface.clear();
      sharing?.tellDrawing({ type: 'clear-drawing' });
    },
    onDown: options.onPenDown,
  });

  return {
    connect(connected) {
      if (sharing !== null && sharing !== connected) surface.clear();
      sharing = connected;
    },
    pointer(at) {
      if (at) pointer.moveTo(at.x, at.y, agentName());
      else pointer.leave();
    },
    point(at, element) {
      pointer.circle(at.x, at.y);
      announce(`${agentName()} points at ${elementName(element) || 'the page'}`);
    },
    draw(message, element) {
      if (message.type === 'clear-drawing') {
        surface.clear();
      } else if (element !== null && message.type === 'draw') {
        surface.extend('agent', message.stroke, element, message.points);
      } else if (element !== null && message.type === 'comment') {
        const text = message.text.trim().slice(0, MAX_LABEL_UNITS);
        if (text === '') return;
        surface.pin('agent', element, message.at, agentName(), text);
        announce(`${agentName()} wrote at ${elementName(element) || 'the page'}: ${text}`);
      }
    },
    pinnedIn: (document) =>
      surface.comments
        .filter(({ anchor }) => documentOf(anchor) === document)
        .map(({ by, anchor, at, text }) => ({
          by,
          at: { x: at.x, y: at.y, node: ownNumberOf(sharing?.numbers?.of(anchor) ?? NO_NODE_ID) },
          text,
        }))
        .filter(({ at }) => at.node !== NO_NODE_ID),
    setPen: pen.set,
  };
}
