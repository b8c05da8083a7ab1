import { attributeNamesOf, attributeOf } from '../../native.ts';

/** Those of which SVG's own objects keep a value that scripts may set; a path's has none. */
const KEPT = new Set(
  'transform class x y width height cx cy r rx ry x1 y1 x2 y2 points viewBox offset gradientTransform href'.split(' '),
);

/**
 * Attributes that scripts set by SVG's own objects: `transform.baseVal`, `x.baseVal.value`, `className.baseVal`. Chrome and
 * Safari put them into the markup when somebody reads it, and tell no observer of them.
 * @param touch it may have another value than when it was last looked at
 * @returns looks at an element of a drawing
 */
export function createSvgValues(touch: (element: Element, name: string) => void): (element: Element) => void {
  const seen = new WeakMap<Element, string>();
  return (element) => {
    const names = attributeNamesOf(element).filter((name) => KEPT.has(name));
    const values = names.map((name) => attributeOf(element, name)).join('\n');
    const before = seen.get(element);
    if (values === before) return;
    seen.set(element, values);
    if (before !== undefined) for (const name of names) touch(element, name);
  };
}
