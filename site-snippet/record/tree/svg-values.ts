import { attributeNamesOf, attributeOf } from '../../native.ts';

/**
 * Attributes that scripts set by SVG's own objects: `transform.baseVal`, `x.baseVal.value`, `className.baseVal`. Chrome and
 * Safari put them into the markup when somebody reads it, and tell no observer of them.
 * @param touch it has another value than when it was last looked at
 * @returns looks at an element of a drawing
 */
export function createSvgValues(touch: (element: Element, name: string) => void): (element: Element) => void {
  const seen = new WeakMap<Element, (string | null)[]>();
  return (element) => {
    const names = attributeNamesOf(element);
    const values = names.map((name) => attributeOf(element, name));
    const before = seen.get(element) ?? values;
    seen.set(element, values);
    for (const [at, name] of names.entries()) if (values[at] !== before[at]) touch(element, name);
  };
}
