import { element } from './element.ts';

/** A button that only a real click presses: a page's script, or an agent's replayed act, cannot. */
export function trustedButton(
  label: string,
  attributes: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onPress: () => void,
): HTMLButtonElement {
  const button = element('button', { type: 'button', ...attributes }, label);
  button.addEventListener(
    'click',
    (event) => {
      if (event.isTrusted) onPress();
    },
    { signal },
  );
  return button;
}
