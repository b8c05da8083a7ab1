type Attributes = Readonly<Record<string, string>>;

/** An element with attributes and children. Strings become text nodes: there is no road to HTML here. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  // One by one: a page may have an `append` that takes just one.
  for (const child of children) made.append(child);
  return made;
}
