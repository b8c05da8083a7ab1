import { MAX_ANIMATION_TIMES } from '../../../../protocol/limits.ts';
import { animationsBelow } from '../dom.ts';

/** Where the customer's animations of style sheets stand: the mirror's, which run by themselves, are put there. */
export interface AnimationTimes {
  set(element: Element, times: string): void;
}

interface Told {
  readonly times: readonly Time[];
  readonly at: number;
}

interface Time {
  readonly pseudo: string | null;
  readonly state: string;
  readonly milliseconds: number;
  readonly name: string;
}

const TIME = /^([a-z-]+) ([a-z]+) (-?\d{1,12}) (.+)$/u;
/** A sheet may come later than its elements; what begins after that has begun anew. */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 250;

export function createAnimationTimes(): AnimationTimes {
  /** Of elements whose animations are not all here yet. */
  let waiting = new Map<Element, Told>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const now = performance.now();
    const before = waiting;
    waiting = new Map();
    timer = undefined;
    for (const [element, told] of before) {
      if (!putThere(element, told, now) && now - told.at < PATIENCE_MS) waiting.set(element, told);
    }
    if (waiting.size > 0) timer = setTimeout(look, LOOK_AGAIN_MS);
  }

  return {
    set(element, text) {
      waiting.set(element, { times: text.split('\n', MAX_ANIMATION_TIMES).flatMap(timeOf), at: performance.now() });
      // A batch has the times of many, and asking for animations has the page styled.
      timer ??= setTimeout(look, 0);
    },
  };
}

function timeOf(line: string): Time[] {
  const [, place, state = '', milliseconds, name = ''] = TIME.exec(line) ?? [];
  if (place === undefined) return [];
  return [{ pseudo: place === 'itself' ? null : `::${place}`, state, milliseconds: Number(milliseconds), name }];
}

/** @returns whether all of them were there */
function putThere(element: Element, { times, at }: Told, now: number): boolean {
  const animations = animationsBelow(element, { subtree: true }).filter(
    (animation): animation is CSSAnimation => animation instanceof CSSAnimation,
  );
  let found = 0;
  for (const time of times) {
    const animation = animations.find(
      ({ animationName, effect }) =>
        animationName === time.name &&
        effect instanceof KeyframeEffect &&
        effect.target === element &&
        effect.pseudoElement === time.pseudo,
    );
    if (!animation) continue;
    found += 1;
    if (time.state === 'paused' && animation.playState === 'running') animation.pause();
    if (time.state === 'running' && animation.playState === 'paused') animation.play();
    animation.currentTime = time.milliseconds + (time.state === 'running' ? now - at : 0);
  }
  return found === times.length;
}
