import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import type { At } from './at.ts';
import { moveFocus } from './move-focus.ts';
import { hover, mouseEvent, pointerEvent } from './pointer.ts';
import type { Stage } from './stage.ts';

/** `MouseEvent.button` and its bit in `buttons`. */
const RIGHT = { button: 2, buttons: 2 } as const;
const RELEASED = { button: 2, buttons: 0 } as const;

/** The right button, as on Linux and macOS: the menu comes with the press. The browser's own opens for no script. */
export function menu({ element, x, y }: Allowed<'menu'>, stage: Stage): Outcome {
  const at: At = { element, x, y };
  hover(at, stage);
  const isPressed = pointerEvent('pointerdown', at, RIGHT);
  if (isPressed && mouseEvent('mousedown', at, { ...RIGHT, detail: 1 })) moveFocus(element, stage);
  pointerEvent('contextmenu', at, RIGHT);
  pointerEvent('pointerup', at, RELEASED);
  if (isPressed) mouseEvent('mouseup', at, { ...RELEASED, detail: 1 });
  pointerEvent('auxclick', at, { ...RELEASED, detail: 1 });
  return 'done';
}
