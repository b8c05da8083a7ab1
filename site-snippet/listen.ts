type Listener<Kind> = (event: Kind) => void;
interface Listen {
  <Type extends keyof WindowEventMap>(
    target: Window,
    type: Type,
    listener: Listener<WindowEventMap[Type]>,
    options: AddEventListenerOptions,
  ): void;
  <Type extends keyof DocumentEventMap>(
    target: Document,
    type: Type,
    listener: Listener<DocumentEventMap[Type]>,
    options: AddEventListenerOptions,
  ): void;
  <Type extends keyof VisualViewportEventMap>(
    target: VisualViewport,
    type: Type,
    listener: Listener<VisualViewportEventMap[Type]>,
    options: AddEventListenerOptions,
  ): void;
  <Type extends keyof HTMLElementEventMap>(
    target: Element | ShadowRoot,
    type: Type,
    listener: Listener<HTMLElementEventMap[Type]>,
    options: AddEventListenerOptions,
  ): void;
}

/**
 * Listens to what is the page's: its window, its document, its elements. zone.js (Angular) gives a target one listener for
 * all, with the options of whoever came first: with our `passive` the page's own could not prevent anything any more, and
 * with our `signal` the end of a session would end them all. It keeps the browser's own method under this name.
 */
export const listen = Function.prototype.call.bind(
  (EventTarget.prototype as EventTarget & { __zone_symbol__addEventListener?: EventTarget['addEventListener'] })
    .__zone_symbol__addEventListener ?? EventTarget.prototype.addEventListener,
) as unknown as Listen;
