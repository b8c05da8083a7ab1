import { SAID_PREFIX } from '../../../protocol/shapes.ts';
import { attributeOf, isConnected, nameOf, parentOf, viewOf } from '../../native.ts';
import type { AnimationWatchOptions } from './animation-watch.ts';
import { whileAnimated, type Pace } from './while-animated.ts';

/**
 * What drawings animate by elements of their own (SMIL), as attributes and style of the moment. The mirror has none of
 * these elements: they begin with events and scripts that it does not have, and may lead a link elsewhere.
 */
export interface SvgAnimations {
  /** `animate` and the like. */
  see(animation: SVGAnimationElement): void;
}

const MAX_ANIMATIONS = 100;
const LEADING = /href$/iu;

/** What of one element is told under one name. */
interface Told {
  readonly element: Element;
  readonly name: string;
  readonly value: string;
}

export function createSvgAnimations({ document, signal, tell }: AnimationWatchOptions): SvgAnimations {
  const known = new Set<SVGAnimationElement>();
  let before: readonly Told[] = [];
  const begin = whileAnimated(signal, tellAll, () => known.clear());

  function tellAll(): Pace {
    const now = valuesNow();
    for (const one of before) if (!now.some((other) => isSame(one, other))) tell(one.name, one.element, null);
    for (const { name, element, value } of now) tell(name, element, value);
    const isRunning = now.some((one) => !before.some((other) => isSame(one, other) && one.value === other.value));
    before = now;
    if (known.size === 0) return 'over';
    return isRunning ? 'running' : 'resting';
  }

  function valuesNow(): Told[] {
    const styles = new Map<Element, string>();
    const values: Told[] = [];
    for (const animation of known) {
      if (!isConnected(animation)) known.delete(animation);
      const element = isConnected(animation) ? animation.targetElement : null;
      if (element === null) continue;
      const name =
        nameOf(animation) === 'animateMotion' ? 'transform' : (attributeOf(animation, 'attributeName') ?? '');
      if (LEADING.test(name)) continue;
      const value = name === 'transform' ? null : attributeNow(element, name);
      const style = value === null ? styleNow(element, name) : '';
      if (value !== null) values.push({ element, name, value });
      else if (style !== '') styles.set(element, (styles.get(element) ?? '') + style);
    }
    for (const [element, value] of styles) values.push({ element, name: `${SAID_PREFIX}itself`, value });
    return values;
  }

  function styleNow(element: Element, name: string): string {
    if (name === 'transform') return transformNow(element);
    if (!CSS.supports(name, 'initial')) return '';
    return `;${name}:${viewOf(document)?.getComputedStyle(element).getPropertyValue(name) ?? ''}`;
  }

  return {
    see(animation) {
      if (known.size < MAX_ANIMATIONS) known.add(animation);
      begin();
    },
  };
}

function isSame(one: Told, other: Told): boolean {
  return one.element === other.element && one.name === other.name;
}

/** A value of SVG's own, of this window or of a frame's. */
type SvgValue = Partial<Pick<SVGLength, 'value'> & SVGRect & SVGTransform>;

/** As the attribute would say it; `null`: it has no such value. */
function attributeNow(element: Element, name: string): string | null {
  if (name === 'points') return textOf((element as Partial<SVGPolygonElement>).animatedPoints as SvgValue);
  const animated = Reflect.get(element, name) as Partial<SVGAnimatedLength> | null | undefined;
  return textOf(Object(animated).animVal as SvgValue | number | undefined);
}

function textOf(value: SvgValue | number | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object') return null;
  if (value.matrix) return matrixText(value.matrix);
  if (value.value !== undefined) return String(value.value);
  if (value.width !== undefined) return [value.x, value.y, value.width, value.height].join(' ');
  if (value.x !== undefined) return `${value.x},${value.y}`;
  return Symbol.iterator in value ? Array.from(value as Iterable<SvgValue>, textOf).join(' ') : null;
}

/** All that moves it, motion along a path too, which nothing else tells. */
function transformNow(element: Element): string {
  const own = (element as Partial<SVGGraphicsElement>).getCTM?.();
  const around = (parentOf(element) as Partial<SVGGraphicsElement> | null)?.getCTM?.();
  // What is scaled to nothing has no way back.
  if (!own || !around || around.a * around.d === around.b * around.c) return '';
  return `;transform:${matrixText(around.inverse().multiply(own))};transform-origin:0 0;transform-box:view-box`;
}

function matrixText({ a, b, c, d, e, f }: DOMMatrix): string {
  return `matrix(${[a, b, c, d, e, f].map((part) => Number(part.toFixed(4))).join()})`;
}
