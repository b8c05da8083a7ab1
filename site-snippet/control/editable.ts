import { attributeOf, contentOf } from '../native.ts';
import { isNamed, pathOf } from './path.ts';

export type TextField = HTMLInputElement | HTMLTextAreaElement;

const TYPED = new Set(['text', 'search', 'url', 'tel', 'email', 'number', 'password']);
const SET = new Set(['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range', 'number']);

/** Fields into which characters are typed. */
export function isTextField(element: Element): element is TextField {
  return isNamed(element, 'textarea') || (isNamed(element, 'input') && TYPED.has(element.type));
}

/** Fields whose value is chosen as a whole. */
export function isSetField(element: Element): element is HTMLInputElement {
  return isNamed(element, 'input') && SET.has(element.type);
}

export function isField(element: Element): boolean {
  return isNamed(element, 'input') || isNamed(element, 'textarea') || isNamed(element, 'select');
}

/** What an editor that draws its text itself is typed into. TypeScript does not know it yet. */
export interface EditContextLike extends EventTarget {
  readonly text: string;
  readonly selectionStart: number;
  readonly selectionEnd: number;
  updateText(start: number, end: number, text: string): void;
  updateSelection(start: number, end: number): void;
}

export function editContextOf(element: Element): EditContextLike | null {
  return (element as { readonly editContext?: EditContextLike | null }).editContext ?? null;
}

/** The outermost element of the editable region that the innermost of `path` lies in. */
export function editingHost(path: readonly Element[]): HTMLElement | null {
  const [innermost] = path;
  if (innermost && editContextOf(innermost)) return innermost as HTMLElement;
  let host: HTMLElement | null = null;
  for (const element of path) {
    // `contenteditable="false"` inside an editor is the page's own again.
    if (!('isContentEditable' in element) || element.isContentEditable !== true) break;
    host = element as HTMLElement;
  }
  return host;
}

/** What characters go into when `element` has the focus. */
export function textPlaceOf(element: Element): TextField | HTMLElement | null {
  return isTextField(element) ? element : editingHost(pathOf(element));
}

export function saidIn(place: Element): string | null {
  return isTextField(place) ? place.value : contentOf(place);
}

export function isReadOnly(field: Element): boolean {
  return (isTextField(field) || isSetField(field)) && (field.readOnly || attributeOf(field, 'readonly') !== null);
}
