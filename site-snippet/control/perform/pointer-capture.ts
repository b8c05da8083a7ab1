import { isConnected } from '../../native.ts';

/**
 * Who captures the pointer while `press` runs. The browser ignores `setPointerCapture` for a press it has not seen, and
 * tells nobody that it was called; so for this one dispatch the pressed elements have a method of that name of their own,
 * which notes the call. The page's builtins stay as they are.
 * @param path the pressed element and those around it
 */
export function whoCaptures(path: readonly Element[], press: () => void): Element | null {
  let captured: Element | null = null;
  const noted = path.filter((element) => !Object.hasOwn(element, 'setPointerCapture'));
  for (const element of noted) {
    Reflect.defineProperty(element, 'setPointerCapture', {
      configurable: true,
      value: () => {
        captured = element;
      },
    });
  }
  try {
    press();
  } finally {
    for (const element of noted) Reflect.deleteProperty(element, 'setPointerCapture');
  }
  return captured !== null && isConnected(captured) ? captured : null;
}
