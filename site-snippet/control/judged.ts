import type { Modifier } from '../../protocol/command.ts';
import type { Outcome } from '../../protocol/errors.ts';
import type { TextField } from './editable.ts';
import type { Hit } from './hit.ts';

export interface Released {
  /** What was pressed, or the innermost around it that is still there: a click goes there then. */
  readonly beneath: Element | null;
  readonly refused: Outcome | null;
}

/** A command with its elements found: what the guard has found nothing against, and nobody performs but by its word. */
export type Judged =
  | {
      readonly act: 'click';
      /** The innermost element under the point. */
      readonly element: Element;
      readonly x: number;
      readonly y: number;
      readonly count: number;
      readonly modifiers: readonly Modifier[];
      /** The page may have changed since the press. */
      readonly atRelease: () => Released;
    }
  | { readonly act: 'type'; readonly field: TextField | HTMLElement; readonly text: string }
  | {
      readonly act: 'key';
      readonly element: Element;
      readonly key: string;
      readonly modifiers: readonly Modifier[];
      /** The radio button an arrow key leads to. */
      readonly radio: HTMLInputElement | null;
      /** What Alt and this key activate (`accesskey`). */
      readonly accessed: HTMLElement | null;
      readonly judgeAgain: () => Outcome | null;
    }
  | { readonly act: 'select'; readonly field: HTMLSelectElement; readonly indices: readonly number[] }
  | { readonly act: 'set'; readonly field: HTMLInputElement; readonly value: string }
  | { readonly act: 'scroll'; readonly box: Element | Document; readonly x: number; readonly y: number }
  | { readonly act: 'navigate'; readonly to: 'back' | 'forward' | 'refresh' }
  | { readonly act: 'open'; readonly url: string }
  | { readonly act: 'hover'; readonly element: Element; readonly x: number; readonly y: number }
  | {
      readonly act: 'drag';
      readonly from: Hit;
      readonly to: Hit;
      /** What lies there on the way, as far as the agent may touch it. CSS pixels of the viewport. */
      readonly allowedAt: (x: number, y: number) => Element | null;
    }
  | {
      readonly act: 'wheel';
      readonly element: Element;
      readonly x: number;
      readonly y: number;
      readonly deltaX: number;
      readonly deltaY: number;
    }
  | { readonly act: 'compose'; readonly field: TextField | HTMLElement; readonly text: string }
  | { readonly act: 'menu'; readonly element: Element; readonly x: number; readonly y: number };
