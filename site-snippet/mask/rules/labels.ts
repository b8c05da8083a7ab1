import {
  attributeOf,
  byId,
  contentOf,
  findAll,
  firstOf,
  isElement,
  nameOf,
  nextOf,
  parentOf,
  rootOf,
} from '../../native.ts';
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
  const read = new WeakMap<Node, Map<Element, Element[]>>();
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
    // Read one by one as they are asked for: all at once would hold a page of thousands of them.
    const texts = byField.get(labelled)?.flatMap(textsOf) ?? [];
    // What scripts name by elements leaves an attribute, too: an empty one.
    if (attributeOf(labelled, 'aria-labelledby') === null) return texts;
    const { ariaLabelledByElements } = labelled as { ariaLabelledByElements?: Element[] | null };
    const reflected = ariaLabelledByElements?.flatMap(textsOf) ?? [];
    return [...texts, ...reflected, ...named(labelled, 'aria-labelledby')];
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
function readLabels(root: Node): Map<Element, Element[]> {
  const labels = new Map<Element, Element[]>();
  const fieldsBeside = createBeside();
  for (const label of findAll(root, 'label')) {
    // Of elements that are none of a form's the browser knows no label.
    const control = (label as HTMLLabelElement).control ?? byId(root, attributeOf(label, 'for') ?? '');
    for (const field of control === null ? fieldsBeside(label) : [control]) {
      const known = labels.get(field);
      if (known) known.push(label);
      else labels.set(field, [label]);
    }
  }
  return labels;
}

/** A label that names no field is for people who look at the page: it stands beside its field, or before it in a row. */
function createBeside(): (label: Element) => readonly Element[] {
  const boxes = new Map<Node, Box>();
  return (label) => {
    let box = parentOf(label);
    for (let level = 0; level < MAX_BOXES && isElement(box); level += 1, box = parentOf(box)) {
      let read = boxes.get(box);
      if (!read) boxes.set(box, (read = readBox(box)));
      const { only, beside } = read;
      // Whatever there is besides, an error's text or a hint.
      if (level === 0 && only !== null) return [only];
      const fields = beside.get(label) ?? [];
      if (fields.length > 0) return fields;
    }
    return [];
  };
}

interface Box {
  /** Its only field. */
  readonly only: Element | null;
  /** The fields of each label in it: those up to the next label, and where fields come first, those before it, too. */
  readonly beside: ReadonlyMap<Element, readonly Element[]>;
}

function readBox(box: Element): Box {
  const inIt = [...findAll(box, `label,${A_FIELD}`)];
  const [first = null, other] = inIt.filter((element) => !isLabel(element));
  const beside = new Map<Element, Element[]>();
  readRuns(inIt, beside);
  if (inIt[0] === first) readRuns(inIt.reverse(), beside);
  return { only: other ? null : first, beside };
}

/** Several fields may hold one value; what has a name of its own is another. */
function readRuns(inIt: readonly Element[], beside: Map<Element, Element[]>): void {
  let run: Element[] = [];
  let isNext = false;
  for (const element of inIt) {
    if (isLabel(element)) {
      run = beside.get(element) ?? [];
      beside.set(element, run);
    } else if (isNext || !SAID.some((name) => attributeOf(element, name))) run.push(element);
    isNext = isLabel(element);
  }
}

function isLabel(element: Element): boolean {
  return nameOf(element) === 'label';
}

/** How far up the box may be that has both a field and what it is called by. */
export const MAX_BOXES = 3;
/** What a field is called by itself. */
export const SAID = ['aria-label', 'placeholder', 'title'];

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
