import { closest } from './dom.ts';

/**
 * The mirror is a picture: nothing in it acts by itself. A link that were followed would replace the viewer by an error
 * page, so whatever could lead to an activation is stopped before any element sees it. Only text can be selected and
 * copied: the agent sees it anyway, and what is masked is asterisks here as well.
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
  'invalid',
] as const;

export function makeInert(window: Window, signal: AbortSignal): void {
  for (const type of STOPPED) {
    const stop = (event: Event): void => {
      if (!isSelecting(event, window)) event.preventDefault();
    };
    window.addEventListener(type, stop, { signal, capture: true, passive: false });
  }
}

export function isCopyKey({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && (key.toLowerCase() === 'c' || key === 'Insert');
}

export function hasSelection(window: Window): boolean {
  return window.getSelection()?.isCollapsed === false;
}

/** A press there would do something else than begin a selection. */
const ACTIVE =
  'input,textarea,select,button,label,summary,a,area,[contenteditable],[draggable=true],[tabindex],video,audio';

function isSelecting(event: Event, window: Window): boolean {
  if (event instanceof KeyboardEvent) return event.type === 'keydown' && isCopyKey(event) && hasSelection(window);
  const isPress = event.type === 'mousedown' || event.type === 'pointerdown';
  // With Alt something is dragged, whatever it looks like.
  if (!isPress || (event as MouseEvent).button !== 0 || (event as MouseEvent).altKey) return false;
  const [target] = event.composedPath();
  return target instanceof Element && closest(target, ACTIVE) === null;
}
