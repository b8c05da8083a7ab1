import { animate, createHtmlElement } from '../dom.ts';

/**
 * What a script animates before or after an element, and a drawing's own animation of it, has the style of the moment, at
 * the place that animations have.
 */
export interface Animations {
  /** @param css its declarations, with nothing in them that would be loaded; empty: none any more */
  show(element: Element, place: string, css: string): void;
}

const PLACES: ReadonlyMap<string, string | null> = new Map([
  ['itself', null],
  ...['before', 'after', 'marker', 'backdrop'].map((pseudo) => [pseudo, `::${pseudo}`] as const),
]);

export function createAnimations(): Animations {
  /** By element, then by what is generated in it. */
  const shown = new WeakMap<Element, Map<string, Animation>>();
  /** Where a text becomes declarations. */
  const { style } = createHtmlElement('span') as HTMLElement;

  return {
    show(element, place, css) {
      const pseudoElement = PLACES.get(place);
      if (pseudoElement === undefined) return;
      const ofElement = shown.get(element) ?? new Map<string, Animation>();
      shown.set(element, ofElement);
      ofElement.get(place)?.cancel();
      ofElement.delete(place);
      style.cssText = css;
      if (style.length === 0) return;
      const animation = animate(element, keyframeOf(style), {
        duration: 1,
        fill: 'both',
        pseudoElement,
      });
      animation.pause();
      ofElement.set(place, animation);
    },
  };
}

function keyframeOf(style: CSSStyleDeclaration): PropertyIndexedKeyframes {
  const keyframe: PropertyIndexedKeyframes = {};
  for (const name of style) {
    const value = style.getPropertyValue(name);
    keyframe[scriptName(name)] = [value, value];
  }
  return keyframe;
}

/** From `background-color` to `backgroundColor`, as scripts call it. */
function scriptName(name: string): string {
  if (name.startsWith('--')) return name;
  if (name === 'float' || name === 'offset') return `css${name[0]?.toUpperCase()}${name.slice(1)}`;
  return name.replaceAll(/-([a-z])/gu, (_part, letter: string) => letter.toUpperCase());
}
