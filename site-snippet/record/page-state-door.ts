import type { NodeId } from '../../protocol/node-id.ts';
import type { NodeNumbers } from './node-numbers.ts';
import type { PageState } from './page-state.ts';

/** A page without it is shown all the same. */
const SETTLE_MS = 3_000;

/**
 * The way to page-state.ts, which is loaded while the first picture is being written: markup comes first. What was seen
 * before it has come is kept for it. Should it stumble over something nobody has thought of, the page is shown on without
 * it, and the agent is told.
 */
export function openPageState(
  numbers: NodeNumbers,
  signal: AbortSignal,
  load: () => Promise<PageState>,
  onFailed: (error: unknown) => void,
): PageState {
  let state: PageState | null = null;
  let elements: { element: Element; tag: string; id: NodeId }[] = [];
  let roots: (Document | ShadowRoot)[] = [];
  const loading = load().then(open).catch(fail);

  function open(loaded: PageState): void {
    if (signal.aborted) return;
    state = loaded;
    for (const root of roots) if (numbers.of(root) !== 0) loaded.seeRoot(root);
    for (const { element, tag, id } of elements) if (numbers.of(element) === id) loaded.see(element, tag, id);
    roots = [];
    elements = [];
  }

  function fail(error: unknown): void {
    if (signal.aborted || state === NOTHING) return;
    state = NOTHING;
    roots = [];
    elements = [];
    onFailed(error);
  }

  function attempt(act: (state: PageState) => void): void {
    try {
      if (state) act(state);
    } catch (error) {
      fail(error);
    }
  }

  return {
    see(element, tag, id) {
      if (state) attempt((known) => known.see(element, tag, id));
      else elements.push({ element, tag, id });
    },
    seeRoot(root) {
      if (state) attempt((known) => known.seeRoot(root));
      else roots.push(root);
    },
    beforeBatch: () => attempt((known) => known.beforeBatch()),
    look: (isThorough) => attempt((known) => known.look(isThorough)),
    settled: () => Promise.race([loading.then(() => state?.settled()), delay(SETTLE_MS, signal)]),
  };
}

const NOTHING: PageState = {
  see() {},
  seeRoot() {},
  beforeBatch() {},
  look() {},
  settled: () => Promise.resolve(),
};

function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
