import { record } from 'rrweb';
import type { Recording } from './recording.ts';

const FULL_SNAPSHOT = 2;

/**
 * Records with rrweb as its users do, who must make a string of each event before they can send it. Style sheets and
 * images stay links on both sides. `stringify: false` leaves the string out.
 */
export function recordWithRrweb(options: { readonly stringify: boolean }): Recording {
  const events: unknown[] = [];
  let completed: () => void = () => {};
  const complete = new Promise<void>((resolve) => (completed = resolve));
  const stop = record({
    emit(event) {
      events.push(options.stringify ? JSON.stringify(event) : event);
      if ((event.type as number) === FULL_SNAPSHOT) completed();
    },
    inlineStylesheet: false,
    inlineImages: false,
    recordCanvas: false,
  });

  return {
    complete,
    take: () => events.splice(0) as string[],
    get taken() {
      return events.length;
    },
    stop: () => stop?.(),
  };
}
