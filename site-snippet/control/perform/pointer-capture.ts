/** Who has captured the agent's pointer while it is pressed. */
export interface Capture {
  holder(): Element | null;
  /** The pointer has been let go. */
  end(): void;
}

/**
 * The browser ignores `setPointerCapture` for a press it has not seen, and tells nobody that it was called; so as long as
 * the agent holds the pointer, the pressed elements have methods of their own that keep account of it, and are asked by
 * what follows the pointer. The page's builtins stay as they are.
 * @param path the pressed element and those around it
 */
export function watchCapture(path: readonly Element[]): Capture {
  let captured: Element | null = null;
  const undo: (() => void)[] = [];
  for (const element of path) {
    if (Object.hasOwn(element, 'setPointerCapture')) continue;
    const give = (name: string, value: () => unknown): void => {
      Reflect.defineProperty(element, name, { configurable: true, value });
      undo.push(() => Reflect.deleteProperty(element, name));
    };
    const has = (): boolean => captured === element;
    give('setPointerCapture', () => {
      captured = element;
    });
    give('hasPointerCapture', has);
    give('releasePointerCapture', () => {
      if (has()) captured = null;
    });
  }
  return {
    holder: () => captured,
    end() {
      for (const back of undo) back();
    },
  };
}
