import { isSlider } from './mirrored-field.ts';

/**
 * Where a press puts a slider is the browser's to say: it knows how wide the thumb is, and which way the slider runs. Let
 * go, the mirror has the customer's value again until theirs is another.
 * @param onSlid called with where it was let go
 */
export function sendSliding(
  window: Window,
  isWriting: () => boolean,
  onSlid: (slider: HTMLInputElement, value: string) => void,
  signal: AbortSignal,
): void {
  const listening = { capture: true, signal } as const;
  let held: HTMLInputElement | null = null;
  let before = '';

  for (const type of ['pointerdown', 'mousedown'] as const) {
    window.addEventListener(
      type,
      (event) => {
        const [target] = event.composedPath();
        if (!isWriting() || event.button !== 0 || event.altKey || !isSlider(target)) return;
        // Kept from what would prevent it (inert.ts).
        event.stopImmediatePropagation();
        if (held) return;
        held = target;
        before = target.value;
      },
      listening,
    );
  }
  for (const type of ['pointerup', 'pointercancel'] as const) {
    window.addEventListener(
      type,
      () => {
        if (!held) return;
        const slider = held;
        const { value } = slider;
        held = null;
        slider.value = before;
        slider.blur();
        if (type === 'pointerup') onSlid(slider, value);
      },
      listening,
    );
  }
}
