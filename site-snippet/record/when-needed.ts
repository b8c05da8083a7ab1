/** A part of recording that few pages need: loaded when it is first asked, and tried again when it could not be. */
export interface WhenNeeded<Part> {
  /** Has been asked before. */
  readonly isNeeded: boolean;
  /** At once when it is here; what goes wrong in it is not shown, and costs nothing else. */
  ask(act: (part: Part) => void): void;
}

export function whenNeeded<Part>(load: () => Promise<Part>, signal: AbortSignal): WhenNeeded<Part> {
  let loading: Promise<Part | null> | null = null;
  return {
    get isNeeded() {
      return loading !== null;
    },
    ask(act) {
      loading ??= load().catch(() => (loading = null));
      loading.then((part) => part === null || signal.aborted || act(part)).catch(() => {});
    },
  };
}
