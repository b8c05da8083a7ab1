/** Finding and making elements, with types, and without ever putting text through an HTML parser. */

/** The element with this id. Throws when the page has none, or one of another kind: the page and its script disagree. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`This page needs a ${kind.name} with the id "${id}".`);
  return found;
}

type Child = Node | string;

/** A new element with attributes and children. `true` makes an empty attribute, `false` leaves it out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | number | boolean> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}
