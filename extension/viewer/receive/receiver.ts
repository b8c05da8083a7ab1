import { createFrameAssembler, type WireMessage } from '../../../protocol/frames.ts';
import { readPageMessage, type PageMessage } from '../../../protocol/page-message.ts';
import { WireError, type WireFault } from '../../../protocol/wire-error.ts';
import { inflate } from './inflate.ts';

/** Frames in, page messages out, in their order. Nothing that a page sends makes it throw. */
export interface Receiver {
  accept(frame: ArrayBuffer): void;
  /** A whole message, as the viewer of a frame gets them. */
  take(bytes: Uint8Array): void;
  /** Another channel begins: forget what was half received. */
  restart(): void;
}

export interface ReceiverOptions {
  readonly onMessage: (message: PageMessage) => void;
  /** The page cannot be understood; nothing after it is read until `restart`. */
  readonly onFault: (fault: WireFault) => void;
  /** A message of an unknown kind. */
  readonly onDropped: () => void;
}

export function createReceiver({ onMessage, onFault, onDropped }: ReceiverOptions): Receiver {
  let assembler = createFrameAssembler();
  let channel = 0;
  let isBroken = false;
  let last: Promise<void> = Promise.resolve();

  function fail(error: unknown, from: number): void {
    if (isBroken || from !== channel) return;
    isBroken = true;
    onFault(error instanceof WireError ? error.fault : 'bad_reference');
  }

  async function open(message: WireMessage, from: number): Promise<void> {
    const bytes = message.deflated ? await inflate(message.bytes) : message.bytes;
    if (isBroken || from !== channel) return;
    const read = readPageMessage(bytes);
    if (read === null) onDropped();
    else onMessage(read);
  }

  return {
    accept(frame) {
      if (isBroken) return;
      const from = channel;
      try {
        const message = assembler.accept(new Uint8Array(frame));
        if (message !== null) last = last.then(() => open(message, from)).catch((error: unknown) => fail(error, from));
      } catch (error) {
        fail(error, from);
      }
    },
    take(bytes) {
      const from = channel;
      const message = { bytes, deflated: false };
      last = last.then(() => open(message, from)).catch((error: unknown) => fail(error, from));
    },
    restart() {
      channel += 1;
      isBroken = false;
      assembler = createFrameAssembler();
    },
  };
}
