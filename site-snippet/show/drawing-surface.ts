import { DRAWING_FADES_AFTER_MS, MAX_COMMENTS, MAX_POINTS_PER_STROKE, MAX_STROKES } from '../../protocol/limits.ts';
import type { DrawnBy } from '../../protocol/page-message.ts';
import type { StrokePoint } from '../../protocol/stroke.ts';
import { boxInPage } from '../place-in-page.ts';
import { element } from './element.ts';
import { trustedButton } from './trusted-button.ts';
import { listen } from '../listen.ts';

export interface DrawingSurface {
  /** @param points in boxes of `anchor` */
  extend(by: DrawnBy, stroke: number, anchor: Element, points: readonly StrokePoint[]): void;
  /** @param at in boxes of `anchor` @param name whose it is, as it is shown */
  pin(by: DrawnBy, anchor: Element, at: StrokePoint, name: string, text: string): void;
  clear(): void;
  /** The oldest first. */
  readonly comments: readonly Comment[];
}

interface Line {
  readonly anchor: Element;
  readonly points: StrokePoint[];
  readonly shape: SVGPolylineElement;
  fading: ReturnType<typeof setTimeout> | undefined;
}

export interface Comment {
  readonly by: DrawnBy;
  readonly anchor: Element;
  readonly at: StrokePoint;
  readonly text: string;
  readonly note: HTMLElement;
}

const SVG = 'http://www.w3.org/2000/svg';
/** As long as the transition in drawing-styles.ts. */
const FADE_MS = 600;
/** Comments stay, and the page moves under them without an event. */
const FOLLOW_EVERY_MS = 250;

/** Draws over the page in CSS pixels of the viewport, and follows the elements that things are anchored to. */
export function createDrawingSurface(layer: HTMLElement, signal: AbortSignal): DrawingSurface {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'drawing');
  svg.setAttribute('aria-hidden', 'true');
  const lines = new Map<string, Line>();
  const comments = new Set<Comment>();
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  layer.append(svg);

  function extend(by: DrawnBy, stroke: number, anchor: Element, points: readonly StrokePoint[]): void {
    const key = `${by} ${stroke}`;
    const line = lines.get(key) ?? begin(key, by, anchor);
    line.points.push(...points.slice(0, MAX_POINTS_PER_STROKE - line.points.length));
    clearTimeout(line.fading);
    line.shape.classList.remove('fading');
    line.fading = setTimeout(() => {
      line.shape.classList.add('fading');
      line.fading = setTimeout(remove, FADE_MS, key);
    }, DRAWING_FADES_AFTER_MS);
    placeLine(line);
    follow();
  }

  function begin(key: string, by: DrawnBy, anchor: Element): Line {
    const oldest = lines.keys().next().value;
    if (lines.size >= MAX_STROKES && oldest !== undefined) remove(oldest);
    const shape = document.createElementNS(SVG, 'polyline');
    shape.setAttribute('class', by);
    svg.append(shape);
    const line: Line = { anchor, points: [], shape, fading: undefined };
    lines.set(key, line);
    return line;
  }

  function remove(key: string): void {
    const line = lines.get(key);
    clearTimeout(line?.fading);
    line?.shape.remove();
    lines.delete(key);
  }

  function pin(by: DrawnBy, anchor: Element, at: StrokePoint, name: string, text: string): void {
    const comment: Comment = {
      by,
      anchor,
      at,
      text,
      note: element('div', { class: `comment ${by}`, role: 'note' }, element('b', {}, element('bdi', {}, name)), text),
    };
    comment.note.append(
      trustedButton('×', { class: 'icon', 'aria-label': 'Remove comment' }, signal, () => unpin(comment)),
    );
    const [oldest] = comments;
    if (comments.size >= MAX_COMMENTS && oldest) unpin(oldest);
    comments.add(comment);
    layer.append(comment.note);
    placeComment(comment);
    follow();
  }

  function unpin(comment: Comment): void {
    comments.delete(comment);
    comment.note.remove();
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
    for (const line of lines.values()) placeLine(line);
    for (const comment of comments) placeComment(comment);
    follow();
  }

  listen(window, 'scroll', () => comments.size > 0 && place(), { signal, capture: true, passive: true });
  signal.addEventListener(
    'abort',
    () => {
      clear();
      follow();
      svg.remove();
    },
    { once: true },
  );

  return {
    extend,
    pin,
    clear,
    get comments() {
      return [...comments];
    },
  };
}

function placeLine({ anchor, points, shape }: Line): void {
  const box = boxInPage(anchor);
  shape.style.display = box ? '' : 'none';
  if (!box) return;
  const places = points.map(({ x, y }) => `${round(box.left + box.width * x)},${round(box.top + box.height * y)}`);
  // A line of one point has no length, and a dot is drawn from a line.
  shape.setAttribute('points', [...places, places.length === 1 ? places[0] : ''].join(' '));
}

function placeComment({ anchor, at, note }: Comment): void {
  const box = boxInPage(anchor);
  note.hidden = !box;
  if (!box) return;
  note.style.translate = `${round(box.left + box.width * at.x)}px ${round(box.top + box.height * at.y)}px`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
