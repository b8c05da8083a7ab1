import type { NodeId } from '../../protocol/node-id.ts';
import type { NodeNumbers } from './node-numbers.ts';

/**
 * What elements have beside their markup, and is told as if it stood in an attribute: by the attribute's name, then by
 * element. In `style` it comes after the element's own; elsewhere it stands in place of what there is.
 */
export type Beside = Map<string, WeakMap<Element, Said>>;

interface Said {
  readonly value: string;
  /** Under which number: new nodes have none of it. */
  readonly id: NodeId;
}

/** `null`: nothing any more. To be told again and again, since nodes are sent anew. */
export type TellBeside = (name: string, element: Element, value: string | null) => void;

/** @param touch has the attribute read again */
export function createBesideTeller(
  beside: Beside,
  numbers: NodeNumbers,
  touch: (element: Element, name: string) => void,
): TellBeside {
  return (name, element, value) => {
    let said = beside.get(name);
    if (!said) beside.set(name, (said = new WeakMap()));
    const id = numbers.of(element);
    const before = said.get(element);
    if (value === (before?.value ?? null) && (before === undefined || before.id === id)) return;
    if (value === null) said.delete(element);
    else said.set(element, { value, id });
    if (id !== 0) touch(element, name);
  };
}
