/**
 * Viewers' frames. One takes a process of its own and a tenth of a second to start, more than the connection to the
 * customer's page does: so the next one is started while the agent is still typing the digits.
 */
export interface ViewerElements {
  /** Somebody will need one in a moment. */
  prepare(): void;
  /**
   * Puts a viewer's frame into `place`: the one that was prepared, as it is, or a new one.
   * @param onLoad called once, when it listens; at once if it does already
   */
  putInto(place: Element, onLoad: (frame: HTMLIFrameElement) => void): HTMLIFrameElement;
}

interface Prepared {
  readonly frame: HTMLIFrameElement;
  isLoaded: boolean;
}

/** Chromium 133 and later: what is in a frame survives its being moved. */
type Movable = Element & { moveBefore?: (node: Node, before: Node | null) => void };

/** @param shelf where a frame waits; a child of the document that nobody sees */
export function createViewerElements(shelf: Element): ViewerElements {
  const canMove = 'moveBefore' in shelf;
  let spare: Prepared | null = null;

  function create(into: Element): Prepared {
    const frame = document.createElement('iframe');
    frame.className = 'mirror';
    frame.src = '../viewer/viewer.html';
    frame.referrerPolicy = 'no-referrer';
    const created: Prepared = { frame, isLoaded: false };
    // Once: the viewer writes its document anew for each page, and every time that "loads" the frame.
    frame.addEventListener('load', () => (created.isLoaded = true), { once: true });
    into.append(frame);
    return created;
  }

  return {
    prepare() {
      if (canMove) spare ??= create(shelf);
    },
    putInto(place, onLoad) {
      const taken = spare ?? create(place);
      spare = null;
      const { frame } = taken;
      if (frame.parentNode !== place) (place as Movable).moveBefore?.(frame, null);
      if (taken.isLoaded) onLoad(frame);
      else frame.addEventListener('load', () => onLoad(frame), { once: true });
      return frame;
    },
  };
}
