import { boxOf } from '../../native.ts';
import { setInputValue } from '../native-acts.ts';
import type { At } from './at.ts';
import { moveFocus } from './move-focus.ts';
import { hover, mouseEvent, pointerEvent } from './pointer.ts';
import type { Stage } from './stage.ts';
import { sendChange, sendInput } from './step.ts';

/** A slider is pressed where its value shall be. @returns `false` when the page prevented it */
export function slide(slider: HTMLInputElement, value: string, stage: Stage): boolean {
  const at = placeOf(slider, value);
  const before = slider.value;
  hover(at, stage);
  const isPressed = pointerEvent('pointerdown', at, { buttons: 1 });
  const isTaken = isPressed && mouseEvent('mousedown', at, { buttons: 1, detail: 1 });
  if (isTaken) {
    setInputValue(slider, value);
    if (slider.value !== before) sendInput(slider);
    moveFocus(slider, stage);
  }
  pointerEvent('pointerup', at);
  if (isPressed) mouseEvent('mouseup', at, { detail: 1 });
  if (slider.value !== before) sendChange(slider);
  pointerEvent('click', at, { detail: 1 });
  return isTaken;
}

function placeOf(slider: HTMLInputElement, value: string): At {
  const box = boxOf(slider);
  const min = Number(slider.min || 0);
  const max = Number(slider.max || 100);
  const part = Math.min(1, Math.max(0, (Number(value) - min) / (max - min || 1)));
  return { element: slider, x: box.left + box.width * part, y: box.top + box.height / 2 };
}
