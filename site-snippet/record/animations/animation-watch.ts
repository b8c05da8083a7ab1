import { documentHas, isDocument } from '../../native.ts';
import type { TellBeside } from '../beside.ts';
import { inRounds } from '../in-rounds.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import { whenNeeded } from '../when-needed.ts';

export interface AnimationWatchOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  readonly tell: TellBeside;
  readonly onTooMany: () => void;
}

/** Shadow roots looked at in one go: pages of web components have thousands. */
const ROOTS_PER_LOOK = 100;
/** The browser sorts all animations for each question: of a page with hundreds it is asked seldom. */
const REST_PER_COST = 50;
/** What is over sooner is so before the agent has seen where it stood. */
const LONG_MS = 1_000;

/** Finds what is animated: by scripts, with `element.animate()`, which nothing reports and most pages have none of; by sheets. */
export function createAnimationWatch(options: AnimationWatchOptions): {
  see(animation: SVGAnimationElement): void;
  seeRoot(root: Document | ShadowRoot): void;
  /** First when the picture is whole. */
  look(isThorough: boolean): void;
} {
  const { document, numbers, signal } = options;
  const shadows = new Set<ShadowRoot>();
  const someShadows = inRounds(shadows, ROOTS_PER_LOOK);
  let due = 0;
  /** When the picture was whole, by the document's own clock. */
  let wholeAt: CSSNumberish | null = null;
  const animations = whenNeeded(async () => {
    const { createScriptAnimations } = await import('./script-animations.ts');
    return createScriptAnimations(options, animationsIn);
  }, signal);
  const drawings = whenNeeded(async () => {
    const { createSvgAnimations } = await import('./svg-animations.ts');
    return createSvgAnimations(options);
  }, signal);

  /**
   * Transitions run in the mirror by themselves, and have no moment to stand at: it has seen both of their ends. Of those
   * that were under way before it has seen but one.
   */
  function animationsIn(root: Document | ShadowRoot): Animation[] {
    // An image named `getAnimations` would take the place of the document's own.
    const { getAnimations } = isDocument(root) ? Document.prototype : ShadowRoot.prototype;
    return getAnimations
      .call(root)
      .filter((animation) => !('transitionProperty' in animation) || wasUnderWay(animation));
  }

  function wasUnderWay({ startTime, effect }: Animation): boolean {
    return Number(startTime ?? Infinity) <= Number(wholeAt) && Number(effect?.getComputedTiming().endTime) >= LONG_MS;
  }

  function lookAt(root: Document | ShadowRoot): void {
    if (animationsIn(root).length > 0) animations.ask(({ see }) => see(root));
  }

  return {
    see: (animation) => drawings.ask((all) => all.see(animation)),
    seeRoot(root) {
      if (root !== document) shadows.add(root as ShadowRoot);
    },
    look(isThorough) {
      const begun = performance.now();
      wholeAt ??= documentHas(document, 'timeline').currentTime;
      if (!isThorough || begun < due) return;
      lookAt(document);
      someShadows((shadow) => {
        if (numbers.of(shadow) === 0) shadows.delete(shadow);
        else lookAt(shadow);
      });
      due = performance.now() + REST_PER_COST * (performance.now() - begun);
    },
  };
}
