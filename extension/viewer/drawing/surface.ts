import { DRAWING_FADES_AFTER_MS, MAX_COMMENTS, MAX_POINTS_PER_STROKE, MAX_STROKES } from '../../../protocol/limits.ts';
import type { DrawnBy } from '../../../protocol/page-message.ts';
import type { StrokePoint } from '../../../protocol/stroke.ts';
import { attachShadow, boxOf, createElement, isConnected, parentOf, removeChild } from '../mirror/dom.ts';
import { layOnTop } from '../mirror/states/lay-on-top.ts';
import { unzoom, UNZOOMED } from '../mirror/unzoomed.ts';

/** Lines and comments of both sides over the mirror, in a shadow root of ours outside the mirrored tree. */
export interface DrawingSurface {
  /** @param points in boxes of `anchor` */
  extend(by: DrawnBy, stroke: number, anchor: Element, points: readonly StrokePoint[]): void;
  /** The same words of the same side on the same element are one comment, however often they are told. */
  pin(by: DrawnBy, anchor: Element, at: StrokePoint, text: string): void;
  clear(): void;
}

interface Line {
  readonly anchor: Element;
  readonly points: StrokePoint[];
  readonly shape: Element;
  fading: ReturnType<typeof setTimeout> | undefined;
}

interface Comment {
  readonly by: DrawnBy;
  readonly text: string;
  readonly anchor: Element;
  readonly at: StrokePoint;
  readonly note: HTMLElement;
}

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';
/** As long as the transition below. */
const FADE_MS = 600;
/** Comments stay, and the mirror moves under them without an event. */
const FOLLOW_EVERY_MS = 250;
const NAMES = { agent: 'You', customer: 'Customer' } as const;

const STYLE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: 100% !important;
  height: 100% !important; pointer-events: none !important; ${UNZOOMED} }
svg { position: absolute; width: 100%; height: 100%; overflow: visible; }
polyline { fill: none; stroke: #c2410c; stroke-width: 4; stroke-linecap: round; stroke-linejoin: round;
  transition: opacity ${FADE_MS}ms; }
.customer { stroke: #1d4ed8; }
.fading { opacity: 0; }
p { position: absolute; top: 0; left: 0; box-sizing: border-box; max-width: 260px; margin: 0; padding: 6px 10px;
  border: 1px solid #c9d0da; border-left: 4px solid #c2410c; border-radius: 10px; color: #1d2430; background: #fff;
  font: 14px/1.4 system-ui, sans-serif; overflow-wrap: anywhere; box-shadow: 0 6px 24px #0003; }
p.customer { border-left-color: #1d4ed8; }
b { margin-inline-end: 6px; }
@media (prefers-reduced-motion: reduce) { polyline { transition: none; } }
`;

export function createDrawingSurface(document: Document): DrawingSurface {
  const host = createElement(HTML, 'alongside-drawing') as HTMLElement;
  const shadow = attachShadow(host, { mode: 'open' });
  const style = createElement(HTML, 'style');
  const svg = createElement(SVG, 'svg');
  style.textContent = STYLE;
  svg.setAttribute('aria-hidden', 'true');
  shadow.append(style, svg);
  const lines = new Map<string, Line>();
  const comments = new Set<Comment>();
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Last of all that lies on top, dialogs of the page among it. */
  function raise(): void {
    layOnTop(host, document.documentElement);
    unzoom(host);
    follow();
  }

  function extend(by: DrawnBy, stroke: number, anchor: Element, points: readonly StrokePoint[]): void {
    const key = `${by} ${stroke}`;
    const line = lines.get(key) ?? begin(key, by, anchor);
    line.points.push(...points.slice(0, MAX_POINTS_PER_STROKE - line.points.length));
    clearTimeout(line.fading);
    line.fading = setTimeout(() => {
      line.shape.setAttribute('class', `${by} fading`);
      line.fading = setTimeout(remove, FADE_MS, key);
    }, DRAWING_FADES_AFTER_MS);
    placeLine(line);
    follow();
  }

  function begin(key: string, by: DrawnBy, anchor: Element): Line {
    const oldest = lines.keys().next().value;
    if (lines.size >= MAX_STROKES && oldest !== undefined) remove(oldest);
    const shape = createElement(SVG, 'polyline');
    shape.setAttribute('class', by);
    svg.append(shape);
    const line: Line = { anchor, points: [], shape, fading: undefined };
    lines.set(key, line);
    raise();
    return line;
  }

  function remove(key: string): void {
    const line = lines.get(key);
    clearTimeout(line?.fading);
    line?.shape.remove();
    lines.delete(key);
    leaveIfEmpty();
  }

  function unpin(comment: Comment): void {
    comments.delete(comment);
    comment.note.remove();
    leaveIfEmpty();
  }

  function leaveIfEmpty(): void {
    const parent = parentOf(host);
    if (parent && lines.size === 0 && comments.size === 0) removeChild(parent, host);
  }

  function clear(): void {
    for (const key of lines.keys()) remove(key);
    for (const comment of comments) unpin(comment);
  }

  /** With every frame while there is a line, and now and then while there are only comments. */
  function follow(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    if (lines.size > 0) frame = requestAnimationFrame(place);
    else if (comments.size > 0) timer = setTimeout(place, FOLLOW_EVERY_MS);
  }

  function place(): void {
    unzoom(host);
    for (const line of lines.values()) placeLine(line);
    for (const comment of comments) placeComment(comment);
    follow();
  }

  return {
    extend,
    pin(by, anchor, at, text) {
      const isSame = (other: Comment): boolean => other.by === by && other.anchor === anchor && other.text === text;
      if ([...comments].some(isSame)) return;
      const note = createElement(HTML, 'p') as HTMLElement;
      const name = createElement(HTML, 'b');
      note.className = by;
      note.setAttribute('role', 'note');
      name.textContent = NAMES[by];
      note.append(name, text);
      const [oldest] = comments;
      if (comments.size >= MAX_COMMENTS && oldest) unpin(oldest);
      const comment = { by, anchor, at, text, note };
      comments.add(comment);
      shadow.append(note);
      placeComment(comment);
      raise();
    },
    clear,
  };
}

function placeLine({ anchor, points, shape }: Line): void {
  const box = boxOf(anchor);
  const places = points.map(({ x, y }) => `${round(box.left + box.width * x)},${round(box.top + box.height * y)}`);
  // A line of one point has no length, and a dot is drawn from a line.
  shape.setAttribute('points', [...places, places.length === 1 ? places[0] : ''].join(' '));
}

function placeComment({ anchor, at, note }: Comment): void {
  const box = boxOf(anchor);
  note.hidden = !isConnected(anchor);
  note.style.translate = `${round(box.left + box.width * at.x)}px ${round(box.top + box.height * at.y)}px`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
