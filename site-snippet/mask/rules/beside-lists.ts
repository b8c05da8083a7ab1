import {
  attributeOf,
  byId,
  contains,
  documentOf,
  findAll,
  isElement,
  isShown,
  parentOf,
  rootOf,
  viewOf,
} from '../../native.ts';

/**
 * What lies beside the list that a combobox names. Components that build only some of many options (Ant Design) have a
 * list out of sight, for those who listen, and beside it the options that people see.
 */
export interface BesideLists {
  /** An element that is being judged. */
  see(element: Element): void;
  adopt(root: Node): void;
  /** What is around such lists of masked fields. Nothing tells of one that has come. */
  find(isMasked: (field: Element) => boolean): readonly Element[];
}

export function createBesideLists(document: Document): BesideLists {
  const comboboxes = new Set<Element>();

  function adopt(root: Node): void {
    for (const field of findAll(root, '[role=combobox]')) comboboxes.add(field);
  }

  adopt(document);
  return {
    see(element) {
      if (attributeOf(element, 'role') === 'combobox') comboboxes.add(element);
    },
    adopt,
    find(isMasked) {
      const found: Element[] = [];
      for (const field of comboboxes) {
        if (!isShown(field)) comboboxes.delete(field);
        for (const list of listsOf(field)) {
          const around = parentOf(list);
          // Where the field is in it, so may be anything else of the page.
          if (!isElement(around) || contains(around, field)) continue;
          if (isMasked(field) && isOutOfSight(list)) found.push(around);
        }
      }
      return found;
    },
  };
}

function listsOf(field: Element): Element[] {
  const named = ['aria-controls', 'aria-owns'].map((name) => attributeOf(field, name) ?? '');
  const ids = named.join(' ').split(/\s+/u);
  return ids.flatMap((id) => (id === '' ? [] : (byId(rootOf(field), id) ?? [])));
}

/** Clipped to nothing, be it open or not. One that is only empty, or closed, is none of these. */
function isOutOfSight(list: Element): boolean {
  const style = viewOf(documentOf(list))?.getComputedStyle(list);
  return style !== undefined && Number.parseFloat(style.height) <= 1 && /hidden|clip/u.test(style.overflowY);
}
