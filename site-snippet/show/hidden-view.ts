import { listen } from '../listen.ts';
import { heirsOf } from '../mask/heirs.ts';
import type { Judge } from '../mask/judge.ts';
import { boxOf, documentHas, isElement, pathOfEvent } from '../native.ts';
import { placeInPage } from '../place-in-page.ts';
import { element } from './element.ts';
import { trustedButton } from './trusted-button.ts';

/** What the agent does not see, shown to the customer over the page, and the way to hide more. */
export interface HiddenView {
  close(): void;
}

export interface HiddenViewOptions {
  /** What it stands beside, wherever that is and however high. */
  readonly toolbar: HTMLElement;
  /** Below all the rest of the widget. */
  readonly layer: HTMLElement;
  readonly host: Element;
  readonly veiled: () => readonly Element[];
  /** The customer pointed at it. */
  readonly hide: Judge['hide'];
  readonly signal: AbortSignal;
}

const REFRESH_EVERY_MS = 250;
const MAX_FRAMES = 500;
/** Nothing of a click that chooses reaches the page. */
const OF_A_CLICK = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'] as const;

export const HIDDEN_STYLES = `
.hidden-frame {
  position: fixed;
  box-sizing: border-box;
  border: 2px solid #7c3aed;
  border-radius: 3px;
  background: #7c3aed22;
  pointer-events: none;
}
.hidden-frame.aimed {
  border-style: dashed;
}
.hidden-panel {
  position: absolute;
  left: 50%;
  bottom: calc(100% + 8px);
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 12px;
  width: max-content;
  max-width: min(560px, calc(var(--width) - 16px));
  padding: 10px 14px;
  border-radius: 10px;
  color: #1d2430;
  background: #fff;
  box-shadow: 0 4px 24px #0005;
  translate: -50% 0;
}
.bar.top .hidden-panel {
  top: calc(100% + 8px);
  bottom: auto;
}
.hidden-panel p {
  margin: 0;
}
@media (prefers-color-scheme: dark) {
  .hidden-panel {
    color: #e8ebf1;
    background: #20252e;
  }
}
`;

export function openHiddenView(options: HiddenViewOptions): HiddenView {
  const { layer, host, veiled } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const frames = element('div');
  const aim = element('div', { class: 'hidden-frame aimed' });
  const words = element('p', { role: 'status' });
  const choose = trustedButton('Hide something else', { 'aria-pressed': 'false' }, signal, () =>
    setChoosing(!isChoosing),
  );
  const panel = element(
    'section',
    { class: 'hidden-panel', 'aria-label': 'Hidden from your representative' },
    words,
    choose,
  );
  let isChoosing = false;

  function setChoosing(on: boolean): void {
    isChoosing = on;
    choose.ariaPressed = String(on);
    aim.remove();
    words.textContent = on
      ? 'Click what your representative should not see, until another page is loaded. Escape ends it.'
      : 'Your representative does not see what has a purple frame.';
  }

  function draw(): void {
    const shown = veiled().filter((one) => one.getClientRects().length > 0);
    frames.replaceChildren(
      ...shown.slice(0, MAX_FRAMES).map((one) => placed(element('div', { class: 'hidden-frame' }), one)),
    );
  }

  function targetOf(event: Event): Element | null {
    const [target] = pathOfEvent(event);
    const isOurs = pathOfEvent(event).includes(host);
    return isChoosing && !isOurs && event.isTrusted && isElement(target) ? target : null;
  }

  function take(event: Event): void {
    const target = targetOf(event);
    if (target === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (
      event.type !== 'click' ||
      target === documentHas(document, 'body') ||
      target === documentHas(document, 'documentElement')
    )
      return;
    options.hide(target, heirsOf);
    draw();
  }

  const capturing = { signal, capture: true };
  for (const type of OF_A_CLICK) listen(window, type, take, capturing);
  listen(
    window,
    'pointermove',
    (event) => {
      const target = targetOf(event);
      if (target) layer.append(placed(aim, target));
    },
    { ...capturing, passive: true },
  );
  listen(window, 'keydown', (event) => event.key === 'Escape' && isChoosing && setChoosing(false), capturing);
  listen(window, 'scroll', draw, { ...capturing, passive: true });
  const timer = setInterval(draw, REFRESH_EVERY_MS);
  options.signal.addEventListener('abort', close, { signal });

  function close(): void {
    ending.abort();
    clearInterval(timer);
    frames.remove();
    aim.remove();
    panel.remove();
  }

  setChoosing(false);
  layer.append(frames);
  options.toolbar.append(panel);
  draw();
  return { close };
}

function placed(frame: HTMLElement, target: Element): HTMLElement {
  const box = boxOf(target);
  // In a frame, boxes are of the frame's viewport.
  const from = placeInPage({ x: box.left, y: box.top }, target);
  const to = placeInPage({ x: box.right, y: box.bottom }, target);
  const [width, height] = [to.x - from.x, to.y - from.y];
  Object.assign(frame.style, { left: `${from.x}px`, top: `${from.y}px`, width: `${width}px`, height: `${height}px` });
  return frame;
}
