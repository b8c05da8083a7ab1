import type { NodeId } from '../../protocol/node-id.ts';
import { viewOf } from '../native.ts';
import type { AnimationWatchOptions } from './animation-watch.ts';

/**
 * What scripts animate, as the style it comes to: told as if scripts wrote it into the elements' own `style`, which
 * stands at the same place of the cascade. An animation that has ended and keeps its last style is told until it is gone.
 */
export interface ScriptAnimations {
  /** Something in this tree is animated. */
  see(root: Document | ShadowRoot): void;
}

const RUNNING_INTERVAL_MS = 100;
const RESTING_INTERVAL_MS = 500;
/** So many times as long as looking took nothing is looked at. */
const REST_PER_COST = 20;
const MAX_ANIMATED = 200;
/** Of a keyframe, what is no property. */
const NO_PROPERTIES = new Set(['offset', 'computedOffset', 'easing', 'composite']);

export function createScriptAnimations(
  options: AnimationWatchOptions,
  scriptAnimationsIn: (root: Document | ShadowRoot) => Animation[],
): ScriptAnimations {
  const { document, numbers, signal, styles, onStyle } = options;
  const roots = new Set<Document | ShadowRoot>();
  /** Under which number an element's style was told: new nodes have none of it. */
  let told = new Map<Element, NodeId>();
  let timer = 0;

  function look(): void {
    timer = 0;
    try {
      tellAll();
    } catch {
      // A page may have put anything in the place of the browser's own: what is animated is not shown then.
      roots.clear();
    }
  }

  function tellAll(): void {
    const begun = performance.now();
    const animations = [...roots].flatMap(animationsIn);
    if (animations.length > MAX_ANIMATED) options.onTooMany();
    const properties = propertiesOf(animations.slice(-MAX_ANIMATED));
    for (const element of styles.keys()) if (!properties.has(element)) tell(element, null);
    for (const [element, names] of properties) tell(element, styleOf(element, names));
    if (roots.size === 0) return;
    const isRunning = animations.some(({ playState }) => playState === 'running');
    const cost = performance.now() - begun;
    timer = setTimeout(look, Math.max(isRunning ? RUNNING_INTERVAL_MS : RESTING_INTERVAL_MS, REST_PER_COST * cost));
  }

  function animationsIn(root: Document | ShadowRoot): Animation[] {
    const animations = scriptAnimationsIn(root);
    if (animations.length === 0) roots.delete(root);
    return animations;
  }

  function tell(element: Element, style: string | null): void {
    const id = numbers.of(element);
    if (style === (styles.get(element) ?? null) && told.get(element) === id) return;
    if (style === null) {
      styles.delete(element);
      told.delete(element);
    } else {
      styles.set(element, style);
      told.set(element, id);
    }
    if (id !== 0) onStyle(element);
  }

  function styleOf(element: Element, names: ReadonlySet<string>): string {
    const computed = viewOf(document)?.getComputedStyle(element);
    return [...names].map((name) => `;${name}:${computed?.getPropertyValue(name) ?? ''}`).join('');
  }

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    styles.clear();
    told = new Map();
  });

  return {
    see(root) {
      roots.add(root);
      if (timer === 0) look();
    },
  };
}

function propertiesOf(animations: readonly Animation[]): Map<Element, Set<string>> {
  const properties = new Map<Element, Set<string>>();
  for (const { effect } of animations) {
    const { target = null, pseudoElement = null } = (effect ?? {}) as Partial<KeyframeEffect>;
    // What a `style` cannot say: before and after an element.
    if (target === null || pseudoElement !== null) continue;
    const names = properties.get(target) ?? new Set();
    for (const keyframe of (effect as KeyframeEffect).getKeyframes()) {
      for (const name of Object.keys(keyframe)) if (!NO_PROPERTIES.has(name)) names.add(cssName(name));
    }
    properties.set(target, names);
  }
  return properties;
}

/** From `backgroundColor`, as scripts call it, to `background-color`. */
function cssName(name: string): string {
  if (name.startsWith('--')) return name;
  if (/^css(?:Float|Offset)$/u.test(name)) return name.slice(3).toLowerCase();
  return name.replace(/^webkit/u, '-webkit').replaceAll(/[A-Z]/gu, (capital) => `-${capital.toLowerCase()}`);
}
