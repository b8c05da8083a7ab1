import { MAX_ANIMATION_TIMES } from '../../../protocol/limits.ts';
import { SAID_PREFIX } from '../../../protocol/shapes.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { TellBeside } from '../beside.ts';
import type { NodeNumbers } from '../node-numbers.ts';

/** Up to here the mirror has begun at the same time. */
const JUST_BEGUN_MS = 600;
const MAX_ANIMATED = 200;

interface Moment {
  /** Stays the same while nobody turns the animation's clock. */
  readonly key: string;
  readonly text: string;
  readonly hasJustBegun: boolean;
}

/** Animations of style sheets run in the mirror by themselves: told is where they stand, once, and when that is changed. */
export function createStyleAnimations(
  numbers: NodeNumbers,
  tell: TellBeside,
): { see(animations: readonly CSSAnimation[]): void } {
  const told = new WeakMap<Element, string>();

  return {
    see(animations) {
      const now = new Map<Element, Moment[]>();
      for (const animation of animations.slice(-MAX_ANIMATED)) {
        const { target = null, pseudoElement = null } = (animation.effect ?? {}) as Partial<KeyframeEffect>;
        const moment = momentOf(animation, pseudoElement);
        if (target && moment) now.set(target, [...(now.get(target) ?? []), moment]);
      }
      for (const [element, moments] of now) {
        const key = keyOf(numbers.of(element), moments);
        const before = told.get(element);
        if (key === before) continue;
        told.set(element, key);
        if (before === undefined && moments.every(({ hasJustBegun }) => hasJustBegun)) continue;
        tell(
          `${SAID_PREFIX}times`,
          element,
          moments
            .slice(0, MAX_ANIMATION_TIMES)
            .map(({ text }) => text)
            .join('\n'),
        );
      }
    },
  };
}

export function isOfSheet(animation: Animation): animation is CSSAnimation {
  return 'animationName' in animation;
}

function keyOf(id: NodeId, moments: readonly Moment[]): string {
  return `${id} ${moments.map(({ key }) => key).join()}`;
}

/** `null`: it goes by how far something is scrolled. */
function momentOf(
  { animationName, playState, startTime, currentTime }: CSSAnimation,
  pseudo: string | null,
): Moment | null {
  if (typeof currentTime !== 'number') return null;
  const which = `${pseudo?.slice(2) ?? 'itself'} ${playState}`;
  return {
    key: `${which} ${Math.round(Number(startTime ?? currentTime))} ${animationName}`,
    text: `${which} ${Math.round(currentTime)} ${animationName}`,
    hasJustBegun: playState === 'running' && currentTime < JUST_BEGUN_MS,
  };
}
