import type { Place } from '../place-in-page.ts';
import type { Sharing } from '../sharing.ts';
import type { DrawingMessage, Pinned } from './drawn.ts';
import type { Guidance } from './guidance.ts';

/** The way to what either side shows the other over the page; it is loaded when it is first wanted. */
export interface GuidanceDoor {
  /** A new connection: what was drawn over the old one is gone on the other side. */
  connect(sharing: Sharing): void;
  /** The agent's pointer; `null`: it left, or its element is gone. */
  pointer(at: Place | null): void;
  /** The agent clicked, in Pointer mode. */
  point(at: Place, element: Element): void;
  /** @param element what it is anchored to; `null` when that is not on the page any more */
  draw(message: DrawingMessage, element: Element | null): void;
  /** All comments on elements of that document which the agent's side knows. */
  pinnedIn(document: Document): readonly Pinned[];
  /** The customer takes up the pen, or puts it down. */
  penSwitched(on: boolean): void;
}

/** An agent who sends more than this while it is being loaded is not guiding anybody. */
const MAX_WAITING = 500;

export function createGuidanceDoor(load: () => Promise<Guidance>): GuidanceDoor {
  let sharing: Sharing | null = null;
  let loading: Promise<void> | null = null;
  let guidance: Guidance | null = null;
  let waiting: ((guidance: Guidance) => void)[] = [];

  async function open(): Promise<void> {
    try {
      guidance = await load();
      if (sharing) guidance.connect(sharing);
      for (const use of waiting) use(guidance);
    } catch {
      // What could not be loaded is not shown; the next one tries again.
      loading = null;
    }
    waiting = [];
  }

  function withGuidance(use: (guidance: Guidance) => void): void {
    if (guidance) {
      use(guidance);
      return;
    }
    if (waiting.length < MAX_WAITING) waiting.push(use);
    loading ??= open();
  }

  return {
    connect(connected) {
      sharing = connected;
      guidance?.connect(connected);
    },
    pointer: (at) => withGuidance((opened) => opened.pointer(at)),
    point: (at, element) => withGuidance((opened) => opened.point(at, element)),
    draw: (message, element) => withGuidance((opened) => opened.draw(message, element)),
    pinnedIn: (document) => guidance?.pinnedIn(document) ?? [],
    penSwitched: (on) => withGuidance((opened) => opened.setPen(on)),
  };
}
