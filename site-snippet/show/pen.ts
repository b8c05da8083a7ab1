import { MAX_LABEL_UNITS, MAX_POINTS_PER_STROKE_PART } from '../../protocol/limits.ts';
import type { StrokePoint } from '../../protocol/stroke.ts';
import { firstOf } from '../first-of.ts';
import { boxInPage } from '../place-in-page.ts';
import type { Grip } from '../record/grip.ts';
import { element } from './element.ts';
import { trustedButton } from './trusted-button.ts';
import { listen } from '../listen.ts';

export interface PenOptions {
  readonly widget: HTMLElement;
  readonly layer: HTMLElement;
  readonly signal: AbortSignal;
  /** What of the page lies there, in CSS pixels of the viewport. */
  readonly gripAt: (x: number, y: number) => Grip | null;
  readonly begin: () => void;
  /** @param points in boxes of the grip's element */
  readonly draw: (grip: Grip, points: readonly StrokePoint[]) => void;
  readonly comment: (grip: Grip, at: StrokePoint, text: string) => void;
  readonly clear: () => void;
  /** Put down with Escape. */
  readonly onDown: () => void;
}

/** More would not look smoother. */
const SEND_EVERY_MS = 50;

/** The customer's pen: while they hold it, a sheet lies over the page and takes the pointer. */
export function createPen(options: PenOptions): { set(on: boolean): void } {
  const { widget, layer } = options;
  let held: AbortController | null = null;

  function take(): void {
    held = new AbortController();
    const signal = firstOf(held.signal, options.signal);
    let isCommenting = false;
    const sheet = element('div', { class: 'pen-sheet' });
    const draw = trustedButton('Draw', {}, signal, () => choose(false));
    const comment = trustedButton('Comment', {}, signal, () => choose(true));
    const clear = trustedButton('Clear', {}, signal, options.clear);
    const palette = element('section', { class: 'palette', 'aria-label': 'Drawing' }, draw, comment, clear);

    function choose(commenting: boolean): void {
      isCommenting = commenting;
      draw.ariaPressed = String(!commenting);
      comment.ariaPressed = String(commenting);
    }

    sheet.addEventListener(
      'pointerdown',
      (event) => {
        if (!event.isTrusted || event.button !== 0) return;
        event.preventDefault();
        const grip = options.gripAt(event.clientX, event.clientY);
        if (!grip) return;
        if (isCommenting) writeComment(grip, event, widget, options.comment, signal);
        else drawLine(grip, event, sheet, options, signal);
      },
      { signal },
    );
    listen(
      window,
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || !event.isTrusted) return;
        set(false);
        options.onDown();
      },
      { signal, capture: true },
    );
    signal.addEventListener(
      'abort',
      () => {
        sheet.remove();
        palette.remove();
      },
      { once: true },
    );
    choose(false);
    layer.prepend(sheet);
    widget.append(palette);
  }

  function set(on: boolean): void {
    held?.abort();
    held = null;
    if (on) take();
  }

  return { set };
}

function drawLine(
  grip: Grip,
  { pointerId, clientX, clientY }: PointerEvent,
  sheet: HTMLElement,
  { begin, draw }: PenOptions,
  signal: AbortSignal,
): void {
  const done = new AbortController();
  const listening = { signal: firstOf(done.signal, signal) };
  let points = [inBoxes(grip, clientX, clientY)];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    const gathered = points;
    points = [];
    for (let at = 0; at < gathered.length; at += MAX_POINTS_PER_STROKE_PART) {
      draw(grip, gathered.slice(at, at + MAX_POINTS_PER_STROKE_PART));
    }
  }

  begin();
  flush();
  sheet.setPointerCapture(pointerId);
  sheet.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointerId) return;
      points.push(inBoxes(grip, event.clientX, event.clientY));
      timer ??= setTimeout(flush, SEND_EVERY_MS);
    },
    listening,
  );
  for (const type of ['pointerup', 'pointercancel'] as const) {
    sheet.addEventListener(type, () => done.abort(), listening);
  }
  listening.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    flush();
  });
}

/** Asks for the words where the customer clicked. */
function writeComment(
  grip: Grip,
  { clientX, clientY }: PointerEvent,
  widget: HTMLElement,
  comment: PenOptions['comment'],
  signal: AbortSignal,
): void {
  widget.querySelector('.writing-comment')?.remove();
  const field = element('input', {
    'aria-label': 'Comment',
    placeholder: 'Comment',
    maxlength: String(MAX_LABEL_UNITS),
    autocomplete: 'off',
  });
  const add = trustedButton('Add', {}, signal, send);
  const form = element('div', { class: 'writing-comment' }, field, add);
  form.style.translate = `${Math.max(0, Math.min(clientX, innerWidth - 300))}px ${Math.min(clientY, innerHeight - 60)}px`;

  function send(): void {
    const text = field.value.trim();
    if (text !== '') comment(grip, inBoxes(grip, clientX, clientY), text);
    form.remove();
  }

  form.addEventListener('keydown', (event) => {
    if (event.isTrusted && event.key === 'Enter' && !event.isComposing) send();
  });
  signal.addEventListener('abort', () => form.remove(), { once: true });
  widget.append(form);
  field.focus();
}

function inBoxes({ element: anchor }: Grip, x: number, y: number): StrokePoint {
  const box = boxInPage(anchor) ?? new DOMRect();
  return { x: (x - box.left) / box.width, y: (y - box.top) / box.height };
}
