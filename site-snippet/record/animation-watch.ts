import { isDocument } from '../native.ts';
import type { NodeNumbers } from './node-numbers.ts';
import type { ScriptAnimations } from './script-animations.ts';

export interface AnimationWatchOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  /** What animations give their elements beside the style that these have. */
  readonly styles: Map<Element, string>;
  /** An element's entry there has changed. */
  readonly onStyle: (element: Element) => void;
  readonly onTooMany: () => void;
}

/** Shadow roots looked at in one go: pages of web components have thousands. */
const ROOTS_PER_LOOK = 100;
/** The browser sorts all animations for each question: of a page with hundreds it is asked seldom. */
const REST_PER_COST = 50;

/** Finds what scripts animate by `element.animate()`; nothing reports it, and most pages have none. */
export function createAnimationWatch(options: AnimationWatchOptions): {
  seeRoot(root: Document | ShadowRoot): void;
  look(): void;
} {
  const { document, numbers, signal } = options;
  const shadows = new Set<ShadowRoot>();
  let ahead = shadows.values();
  let due = 0;
  let animations: Promise<ScriptAnimations> | null = null;

  function lookAt(root: Document | ShadowRoot): void {
    if (scriptAnimationsIn(root).length > 0) void show(root);
  }

  async function show(root: Document | ShadowRoot): Promise<void> {
    animations ??= import('./script-animations.ts').then(({ createScriptAnimations }) =>
      createScriptAnimations(options, scriptAnimationsIn),
    );
    try {
      const { see } = await animations;
      if (!signal.aborted) see(root);
    } catch {
      // Not loaded: tried again at the next look.
      animations = null;
    }
  }

  return {
    seeRoot(root) {
      if (root !== document) shadows.add(root as ShadowRoot);
    },
    look() {
      const begun = performance.now();
      if (begun < due) return;
      lookAt(document);
      for (let count = Math.min(ROOTS_PER_LOOK, shadows.size); count > 0; count -= 1) {
        let next = ahead.next();
        if (next.done) {
          ahead = shadows.values();
          next = ahead.next();
        }
        if (next.done) break;
        if (numbers.of(next.value) === 0) shadows.delete(next.value);
        else lookAt(next.value);
      }
      due = performance.now() + REST_PER_COST * (performance.now() - begun);
    },
  };
}

/** Those of style sheets run in the mirror by themselves. */
function scriptAnimationsIn(root: Document | ShadowRoot): Animation[] {
  // An image named `getAnimations` would take the place of the document's own.
  const { getAnimations } = isDocument(root) ? Document.prototype : ShadowRoot.prototype;
  return getAnimations
    .call(root)
    .filter((animation) => !('animationName' in animation) && !('transitionProperty' in animation));
}
