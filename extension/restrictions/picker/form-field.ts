import type { Root } from './page-roots.ts';

/** What somebody types or chooses a value in. */
export const FIELDS =
  ':is(input, textarea, select):not([type="hidden" i], [type="submit" i], [type="button" i], [type="reset" i], [type="image" i], [type="file" i], [type="checkbox" i], [type="radio" i], [type="range" i], [type="color" i])';

export function isField(element: Element): element is Field {
  return /^(?:input|textarea|select)$/u.test(element.localName);
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What the labels say that name the field. */
export function labelTexts(field: Field): string[] {
  const root = field.getRootNode() as Root;
  const ids = (field.getAttribute('aria-labelledby') ?? '').split(/\s+/u).filter((id) => id !== '');
  const named = ids.flatMap((id) => root.getElementById(id) ?? []);
  return [...(field.labels ?? []), ...named].map((label) => label.textContent);
}
