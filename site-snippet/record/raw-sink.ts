import type { MaskedText } from '../../protocol/masked-text.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { Namespace, Shape } from '../../protocol/shapes.ts';
import type { OpenShape } from '../../protocol/tree-writer.ts';
import type { SheetFile } from './styles/sheet-file.ts';

export interface RawShape extends OpenShape {
  /** Whether an element of this shape may have a reason of its own to be masked. */
  readonly isJudged: boolean;
  /** Whether it may send a form; `markSubmit` is to be told. */
  readonly maySubmit: boolean;
}

/**
 * Where recording hands over what it saw: unmasked. `mask/` is the only one that implements it, and the only one that
 * can make the `MaskedText` the wire takes, so nothing textual leaves by another road. Calls come in the order of
 * tree-writer.ts, which has the meaning of each.
 */
export interface RawSink {
  readonly dictionaryNumber: number;
  /** A field that was written: if it is to be masked by now, it is written anew. */
  recheck(field: Element): void;
  /** What people type in that is no form's field, to be taken from here for `recheck`. */
  readonly editors: Element[];
  /** A field, before any text is written: what is masked here must not turn up there. */
  expect(field: Element): void;
  define(namespace: Namespace, tag: string, attributes: readonly string[]): RawShape;
  /**
   * Nothing is masked at this place, and no element may be but those that are named and those of judged shapes. All others
   * may be put down without a call: their tokens here, their texts in their shapes. They are cleared column by column as
   * they leave.
   */
  readonly isPlain: boolean;
  readonly tokens: number[];
  /** An element that was put down without a call. */
  markSubmit(id: NodeId, element: Element): void;
  /** UTF-16 units that were put down so. */
  wrote(units: number): void;
  /** Rules or the customer name elements of the page; which, `isNamed` says. */
  readonly hasNames: boolean;
  isNamed(element: Element): boolean;
  /** Whether any element at this place may have to be a box; named ones and those with `data-alongside` always may. */
  readonly mayBox: boolean;
  /** Whether only an empty box may stand for the element, asked before it is written; then it is written as one. */
  isBoxed(element: Element): boolean;
  /** Whether the names of its attributes may be told: `selected` is an answer by itself. Asked before it is written. */
  isVeiled(element: Element): boolean;
  /** Whether the agent may ask for the files that it refers to. */
  mayName(node: Node): boolean;
  /**
   * Elements that are treated differently now, by what changed since the last batch: to be sent anew.
   * @param nodes texts that have changed, and nodes that have come
   */
  renewed(attributes: ReadonlyMap<string, ReadonlySet<Element>>, nodes: readonly Iterable<Node>[]): Iterable<Element>;
  /** Whether a known node may keep its number in a new place: it would be shown there as it was. */
  mayMove(id: NodeId, node: Node): boolean;
  removed(id: NodeId): void;
  openRun(parent: NodeId, anchor: NodeId, parentNode: Node): void;
  /** @param values one for each of `shape.attributes`; they are masked in place, so the array is of no use afterwards */
  openElement(id: NodeId, element: Element, shape: RawShape, values: string[], hasChildren: boolean): void;
  text(under: Shape | null, raw: string): void;
  openShadow(shadow: ShadowRoot): void;
  /** What follows stands in the slots of `host`. */
  closeShadow(host: Node): void;
  /** An element with a shadow root that was put down without a call, and is closed so. */
  closePlain(): void;
  moved(id: NodeId): void;
  close(): void;
  closeRun(): void;
  /** A box has another place or size. */
  box(id: NodeId, style: string): void;
  /** @param tag the element's */
  attribute(id: NodeId, element: Element, tag: string, name: string, raw: string | null): void;
  /**
   * @param parent of the text that has changed
   * @param tag the parent's, empty if it is no element
   */
  data(id: NodeId, parent: Node | null, tag: string, raw: string): void;
  fieldValue(id: NodeId, element: Element, raw: string): void;
  fieldChecked(id: NodeId, element: Element, checked: boolean | 'indeterminate'): void;
  fieldSelected(id: NodeId, element: Element, indices: readonly number[]): void;
  scroll(id: NodeId, node: Node, x: number, y: number): void;

  readonly roughSize: number;
  /** Sends the batch collected so far, if there is anything in it. */
  flush(): void;
  /** Something on the page has changed: what was found out about it may not be so any more. */
  changed(): void;
  /** A batch begins. */
  begin(): void;
}

/** A style sheet's text, unmasked; the words are page-message.ts's. */
export type RawSheet = {
  /** What it belongs to, and is masked with. */
  readonly owner: Node;
} & (
  | {
      readonly type: 'sheet';
      readonly node: NodeId;
      readonly text: string;
      /** It came as a file, and may go as one when it has been masked. */
      readonly toFile?: (text: MaskedText) => SheetFile | null;
    }
  | { readonly type: 'sheet-more' | 'sheet-media'; readonly node: NodeId; readonly text: string }
  | { readonly type: 'constructed'; readonly sheet: number; readonly text: string }
);
