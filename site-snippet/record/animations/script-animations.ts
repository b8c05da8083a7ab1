import { SAID_PREFIX } from '../../../protocol/shapes.ts';
import { viewOf } from '../../native.ts';
import type { AnimationWatchOptions } from './animation-watch.ts';
import { createStyleAnimations, isOfSheet } from './style-animations.ts';
import { whileAnimated, type Pace } from './while-animated.ts';

/**
 * What scripts animate, as the style it comes to: told as if scripts wrote it into the elements' own `style`, which
 * stands at the same place of the cascade; before and after an element, in attributes of ours. An animation that has ended
 * and keeps its last style is told until it is gone. So is what was in transition before anybody looked.
 */
export interface ScriptAnimations {
  /** Something in this tree is animated. */
  see(root: Document | ShadowRoot): void;
}

/** Of one element or what is generated in it, which properties are animated. */
interface Animated {
  readonly element: Element;
  /** `::before`, or empty. */
  readonly pseudo: string;
  readonly names: Set<string>;
}

const MAX_ANIMATED = 200;
/** Nobody can animate it: it stands for what is to be in none, so that the mirror does not take its time from moment to moment. */
const TRANSITION = 'transition';
/** Of a keyframe, what is no property. */
const NO_PROPERTIES = new Set(['offset', 'computedOffset', 'easing', 'composite']);

export function createScriptAnimations(
  options: AnimationWatchOptions,
  allIn: (root: Document | ShadowRoot) => Animation[],
): ScriptAnimations {
  const { document, numbers, signal, tell } = options;
  const ofSheets = createStyleAnimations(numbers, tell);
  const roots = new Set<Document | ShadowRoot>();
  let told: readonly Animated[] = [];
  const begin = whileAnimated(signal, tellAll, () => roots.clear());

  function tellAll(): Pace {
    const animations = [...roots].flatMap(animationsIn);
    if (animations.length > MAX_ANIMATED) options.onTooMany();
    const animated = animatedBy(animations.slice(-MAX_ANIMATED));
    for (const one of told)
      if (!animated.some((other) => isSame(one, other))) tell(attributeFor(one), one.element, null);
    for (const one of animated) tell(attributeFor(one), one.element, styleOf(one));
    told = animated;
    if (roots.size === 0) return 'over';
    return animations.some(({ playState }) => playState === 'running') ? 'running' : 'resting';
  }

  function animationsIn(root: Document | ShadowRoot): Animation[] {
    const animations = allIn(root).filter((animation) => !isOfSheet(animation));
    if (animations.length === 0) roots.delete(root);
    return animations;
  }

  function styleOf({ element, pseudo, names }: Animated): string {
    const computed = viewOf(document)?.getComputedStyle(element, pseudo);
    const valueOf = (name: string): string | undefined =>
      name === TRANSITION ? 'none!important' : computed?.getPropertyValue(name);
    return [...names].map((name) => `;${name}:${valueOf(name) ?? ''}`).join('');
  }

  return {
    see(root) {
      const all = allIn(root);
      const ofSheet = all.filter(isOfSheet);
      if (ofSheet.length > 0) ofSheets.see(ofSheet);
      if (ofSheet.length === all.length) return;
      roots.add(root);
      begin();
    },
  };
}

function animatedBy(animations: readonly Animation[]): Animated[] {
  const found: Animated[] = [];
  for (const animation of animations) {
    const { target = null, pseudoElement } = (animation.effect ?? {}) as Partial<KeyframeEffect>;
    if (target === null) continue;
    const one = { element: target, pseudo: pseudoElement ?? '', names: new Set<string>() };
    const { names } = found.find((other) => isSame(one, other)) ?? one;
    if (names === one.names) found.push(one);
    if ('transitionProperty' in animation) names.add(TRANSITION);
    for (const keyframe of (animation.effect as KeyframeEffect).getKeyframes()) {
      for (const name of Object.keys(keyframe)) if (!NO_PROPERTIES.has(name)) names.add(cssName(name));
    }
  }
  return found;
}

function isSame(one: Animated, other: Animated): boolean {
  return one.element === other.element && one.pseudo === other.pseudo;
}

function attributeFor({ pseudo }: Animated): string {
  return pseudo === '' ? 'style' : SAID_PREFIX + pseudo.slice(2);
}

/** From `backgroundColor`, as scripts call it, to `background-color`. */
function cssName(name: string): string {
  if (name.startsWith('--')) return name;
  if (/^css(?:Float|Offset)$/u.test(name)) return name.slice(3).toLowerCase();
  return name.replace(/^webkit/u, '-webkit').replaceAll(/[A-Z]/gu, (capital) => `-${capital.toLowerCase()}`);
}
