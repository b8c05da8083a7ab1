/**
 * The mirror is a picture: nothing in it acts by itself. A link that were followed would replace the viewer by an error
 * page, so whatever could lead to an activation is stopped before any element sees it.
 */
const STOPPED = [
  'click',
  'auxclick',
  'dblclick',
  'contextmenu',
  'submit',
  'reset',
  'dragstart',
  'drop',
  'beforeinput',
  'paste',
  'cut',
  'keydown',
  'keypress',
  'mousedown',
  'pointerdown',
  'beforetoggle',
  'invalid',
] as const;

export function makeInert(window: Window, signal: AbortSignal): void {
  for (const type of STOPPED) {
    window.addEventListener(type, (event) => event.preventDefault(), { signal, capture: true, passive: false });
  }
}
