import { attributeOf, byId, contentOf, findAll, firstOf, isElement, nextOf, parentOf, rootOf } from '../../native.ts';
import { A_FIELD } from './field-selector.ts';

/** What the labels of fields say, for as long as the page stands still. */
export interface Labels {
  /** Of a field, or of a component: what stands in its own document or shadow root. */
  of(labelled: Element): readonly string[];
  /** What stands in the elements that an attribute of IDs names. */
  named(element: Element, attribute: string): string[];
}

export function createLabels(): Labels {
  /** By the field they name, for each document and shadow root looked into. */
  const read = new WeakMap<Node, Map<Element, string[]>>();
  const found = new Map<Element, readonly string[]>();

  function named(element: Element, attribute: string): string[] {
    const root = rootOf(element);
    const ids = attributeOf(element, attribute)?.split(/\s+/u) ?? [];
    return ids.flatMap((id) => textsOf(id === '' ? null : byId(root, id)));
  }

  function find(labelled: Element): string[] {
    const root = rootOf(labelled);
    let byField = read.get(root);
    if (!byField) {
      byField = readLabels(root);
      read.set(root, byField);
    }
    const { ariaLabelledByElements } = labelled as { ariaLabelledByElements?: Element[] | null };
    const reflected = ariaLabelledByElements?.flatMap(textsOf) ?? [];
    return [...(byField.get(labelled) ?? []), ...reflected, ...named(labelled, 'aria-labelledby')];
  }

  return {
    of(labelled) {
      let texts = found.get(labelled);
      if (texts === undefined) {
        texts = find(labelled);
        found.set(labelled, texts);
      }
      return texts;
    },
    named,
  };
}

/** All labels at once: `field.labels` walks through the whole document, for every field again. */
function readLabels(root: Node): Map<Element, string[]> {
  const texts = new Map<Element, string[]>();
  const onlyOnes = new Map<Node | null, Element | null>();
  /** A label that names no field stands beside it in a box of their own, for people who look at the page. */
  function onlyFieldBeside(label: Element): Element | null {
    const box = parentOf(label);
    let only = onlyOnes.get(box);
    if (only === undefined) {
      const [first = null, other] = findAll(box as Element, A_FIELD);
      only = other ? null : first;
      onlyOnes.set(box, only);
    }
    return only;
  }

  for (const label of findAll(root, 'label')) {
    // Of elements that are none of a form's the browser knows no label.
    const control =
      (label as HTMLLabelElement).control ?? byId(root, attributeOf(label, 'for') ?? '') ?? onlyFieldBeside(label);
    if (control === null) continue;
    const known = texts.get(control);
    if (known) known.push(...textsOf(label));
    else texts.set(control, textsOf(label));
  }
  return texts;
}

/** What is read out for a label: its text, what stands in its slots, its own name, its pictures'. Each is judged by itself. */
export function textsOf(label: Element | null): string[] {
  if (label === null) return [];
  const name = attributeOf(label, 'aria-label') ?? [];
  const first = firstOf(label);
  // Most say what they say in one text: there is nothing to search.
  if (first === null || (nextOf(first) === null && !isElement(first))) return [contentOf(label) ?? [], name].flat();
  const slots = [...findAll(label, 'slot')] as HTMLSlotElement[];
  const nodes = [label, ...slots.flatMap((slot) => slot.assignedNodes({ flatten: true }))];
  const pictures = [...findAll(label, 'img[alt]')].map((picture) => attributeOf(picture, 'alt'));
  return [...nodes.map(contentOf), name, ...pictures].flatMap((text) => text ?? []);
}
