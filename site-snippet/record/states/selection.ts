import type { SelectionEnd } from '../../../protocol/page-message.ts';
import { listen } from '../../listen.ts';
import { documentHas, isElement, nameOf, outerOf, parentOf, shadowOf, typeOf } from '../../native.ts';
import { focusOf, hasFocus } from './focus.ts';
import type { NodeNumbers } from '../node-numbers.ts';

export interface EndOptions {
  readonly numbers: NodeNumbers;
  /** Whether the agent may know where in it the caret is. */
  readonly isShown: (element: Element) => boolean;
}

export interface SelectionOptions extends EndOptions {
  readonly document: Document;
  readonly signal: AbortSignal;
  /** Both ends the same: the caret. `null`: nothing is selected, and nobody writes. */
  readonly onChange: (range: SelectedRange | null) => void;
}

interface SelectedRange {
  readonly from: SelectionEnd;
  readonly to: SelectionEnd;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Reports the text that is selected, and where the caret is, in the page or in the field that has the focus. */
export function recordSelection(options: SelectionOptions): { look(): void } {
  const { document, numbers, signal, isShown, onChange } = options;
  let last = '';

  function report(): void {
    const { from, to } = inField(focusOf(document)) ?? inPage() ?? {};
    const range = from && to && from.node !== 0 && to.node !== 0 ? { from, to } : null;
    const key = range ? `${range.from.node} ${range.from.offset} ${range.to.node} ${range.to.offset}` : '';
    if (key === last) return;
    last = key;
    onChange(range);
  }

  function inField(element: Element | null): SelectedRange | null {
    const { selectionStart, selectionEnd } = (isTextField(element) ? element : {}) as Partial<TextField>;
    // A button has none, nor has a field for a number.
    if (element === null || typeof selectionStart !== 'number' || typeof selectionEnd !== 'number') return null;
    const node = numbers.of(element);
    if (!isShown(element)) return { from: { node, offset: 0 }, to: { node, offset: 0 } };
    return { from: { node, offset: selectionStart }, to: { node, offset: selectionEnd } };
  }

  function inPage(): SelectedRange | null {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount > 0 ? selectedIn(selection) : null;
    if (range === null || (range.collapsed && !(isEditable(range.startContainer) && isWriting()))) return null;
    return {
      from: endAt(options, range.startContainer, range.startOffset),
      to: endAt(options, range.endContainer, range.endOffset),
    };
  }

  /** A caret stays where it was when the focus has gone to a button, or out of the frame, and is not shown. */
  function isWriting(): boolean {
    return hasFocus(document) && isEditable(focusOf(document) ?? documentHas(document, 'body'));
  }

  listen(document, 'selectionchange', report, { signal, passive: true });
  // A field in a shadow root keeps it to itself.
  return { look: report };
}

/** Through open shadow roots, of which a selection tells only when it is asked by them: from the outermost inwards. */
function selectedIn(selection: Selection): AbstractRange {
  const shadowRoots: ShadowRoot[] = [];
  for (;;) {
    const [composed] = selection.getComposedRanges?.({ shadowRoots }) ?? [];
    const range = composed ?? selection.getRangeAt(0);
    const inner = [
      shadowAt(range.startContainer, range.startOffset),
      shadowAt(range.endContainer, range.endOffset - 1),
    ];
    const fresh = inner.filter((root) => root !== null && !shadowRoots.includes(root)) as ShadowRoot[];
    if (composed === undefined || fresh.length === 0) return range;
    shadowRoots.push(...fresh);
  }
}

function shadowAt(container: Node, index: number): ShadowRoot | null {
  const node = container.childNodes[index];
  return isElement(node) ? shadowOf(node) : null;
}

/** An end of a range as the other side finds it. */
export function endAt({ numbers, isShown }: EndOptions, node: Node, offset: number): SelectionEnd {
  if (typeOf(node) === Node.TEXT_NODE) {
    const parent = parentOf(node);
    const around = isElement(parent) ? parent : parent && outerOf(parent);
    return { node: numbers.of(node), offset: around && !isShown(around) ? 0 : offset };
  }
  // Children that are not recorded do not count there, so a child's own number says where.
  for (let next = node.childNodes[offset] ?? null; next !== null; next = next.nextSibling) {
    if (numbers.of(next) !== 0) return { node: numbers.of(next), offset: 0 };
  }
  return { node: numbers.of(node), offset: 1 };
}

function isTextField(element: Element | null): boolean {
  return element !== null && (nameOf(element) === 'input' || nameOf(element) === 'textarea');
}

function isEditable(node: Node): boolean {
  const element = isElement(node) ? node : parentOf(node);
  return (element as Partial<HTMLElement> | null)?.isContentEditable === true;
}
