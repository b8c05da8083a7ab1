import { signal, type ReadonlySignal } from '@preact/signals';
import { writeAgentMessage, type AgentMessage } from '../../../protocol/command.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { createFrameAssembler, splitIntoFrames } from '../../../protocol/frames.ts';
import {
  DISCONNECTED_AFTER_MS,
  HEARTBEAT_EVERY_MS,
  HELLO_TIMEOUT_MS,
  LATE_AFTER_MS,
  MAX_FRAME_BYTES,
  QUIET_AFTER_MS,
  SILENCE_CHECK_MS,
  SILENT_HEARTBEAT_EVERY_MS,
} from '../../../protocol/limits.ts';
import { readPageMessage, type PageMessage } from '../../../protocol/page-message.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';

/** What the customer's page says on the live channel, once both have said `hello`. */
export type LiveMessage = Extract<
  PageMessage,
  {
    type:
      | 'pointer'
      | 'pointer-left'
      | 'clicked'
      | 'mode'
      | 'write-answer'
      | 'outcome'
      | 'bye'
      | 'draw'
      | 'comment'
      | 'clear-drawing';
  }
>;

/** How long the page has said nothing: a moment, 2 seconds, 10 seconds, 30 seconds. */
export type Silence = 'none' | 'late' | 'quiet' | 'lost';

export interface LiveChannelEvents {
  send(frame: Uint8Array<ArrayBuffer>): boolean;
  /** The page speaks our version; from here on messages are sent and accepted. */
  onReady(): void;
  onMessage(message: LiveMessage): void;
  /** `version_mismatch`, `bad_message`, `channel_failed`. Nothing follows it. */
  onFault(code: ErrorCode): void;
}

export interface LiveChannel {
  accept(frame: Uint8Array): void;
  /** `false` before the hellos, or when the channel cannot take it now. */
  send(message: AgentMessage): boolean;
  /** Counts as a sign of life: frames on the page channel do, too. */
  heard(): void;
  /** The round trip, smoothed, in milliseconds; `null` until the first answer. */
  readonly latencyMs: ReadonlySignal<number | null>;
  readonly silence: ReadonlySignal<Silence>;
  /** Unknown kinds, and kinds that do not belong on this channel. */
  readonly dropped: number;
  close(): void;
}

/** How much a new round trip counts. A shorter one counts more: a page being built makes only the first ones long. */
const RISE_WEIGHT = 0.25;
const FALL_WEIGHT = 0.5;

/** The small messages of one connection. It begins with `hello`, at once. */
export function createLiveChannel(events: LiveChannelEvents): LiveChannel {
  const latencyMs = signal<number | null>(null);
  const silence = signal<Silence>('none');
  const assembler = createFrameAssembler(MAX_FRAME_BYTES);
  let greeted = false;
  let closed = false;
  let dropped = 0;
  let lastHeard = performance.now();
  /** Pings from before the last silence ended say how long that was, not how long the way is. */
  let measuredFrom = 0;

  const helloDeadline = setTimeout(() => fault('channel_failed'), HELLO_TIMEOUT_MS);
  let heartbeat = setTimeout(ping, HEARTBEAT_EVERY_MS);
  const watch = setInterval(listen, SILENCE_CHECK_MS);
  write({ type: 'hello', version: PROTOCOL_VERSION });

  function ping(): void {
    clearTimeout(heartbeat);
    if (greeted) write({ type: 'ping', sentAt: Math.round(performance.now()) });
    heartbeat = setTimeout(ping, silence.value === 'none' ? HEARTBEAT_EVERY_MS : SILENT_HEARTBEAT_EVERY_MS);
  }

  function listen(): void {
    silence.value = silenceAfter(performance.now() - lastHeard);
  }

  function heard(): void {
    lastHeard = performance.now();
    if (silence.value === 'none') return;
    silence.value = 'none';
    measuredFrom = Math.round(lastHeard);
    ping();
  }

  function write(message: AgentMessage): boolean {
    let sent = true;
    for (const frame of splitIntoFrames({ bytes: writeAgentMessage(message), deflated: false })) {
      sent = events.send(frame) && sent;
    }
    return sent;
  }

  function receive(message: PageMessage): void {
    if (message.type === 'hello') {
      if (greeted) {
        dropped += 1;
        return;
      }
      if (message.version !== PROTOCOL_VERSION) {
        fault('version_mismatch');
        return;
      }
      greeted = true;
      clearTimeout(helloDeadline);
      events.onReady();
      return;
    }
    if (!greeted) {
      dropped += 1;
      return;
    }
    switch (message.type) {
      case 'ping':
        write({ type: 'pong', sentAt: message.sentAt });
        return;
      case 'pong':
        if (message.sentAt >= measuredFrom) measure(performance.now() - message.sentAt);
        return;
      case 'pointer':
      case 'pointer-left':
      case 'clicked':
      case 'mode':
      case 'write-answer':
      case 'outcome':
      case 'bye':
      case 'draw':
      case 'comment':
      case 'clear-drawing':
        events.onMessage(message);
        return;
      default:
        // The page channel's kinds have no business here.
        dropped += 1;
    }
  }

  function measure(roundTripMs: number): void {
    if (roundTripMs < 0 || roundTripMs > DISCONNECTED_AFTER_MS) return;
    const before = latencyMs.value;
    const weight = before !== null && roundTripMs < before ? FALL_WEIGHT : RISE_WEIGHT;
    latencyMs.value = before === null ? roundTripMs : before + (roundTripMs - before) * weight;
  }

  function fault(code: ErrorCode): void {
    if (closed) return;
    close();
    events.onFault(code);
  }

  function close(): void {
    closed = true;
    clearTimeout(helloDeadline);
    clearTimeout(heartbeat);
    clearInterval(watch);
  }

  return {
    accept(frame) {
      if (closed) return;
      heard();
      let message: PageMessage | null;
      try {
        const whole = assembler.accept(frame);
        if (whole === null) return;
        // Small messages are never worth deflating: a deflated one here is not ours.
        if (whole.deflated) {
          fault('bad_message');
          return;
        }
        message = readPageMessage(whole.bytes);
      } catch {
        fault('bad_message');
        return;
      }
      if (message === null) dropped += 1;
      else receive(message);
    },
    send: (message) => greeted && !closed && write(message),
    heard,
    latencyMs,
    silence,
    get dropped() {
      return dropped;
    },
    close,
  };
}

function silenceAfter(ms: number): Silence {
  if (ms >= DISCONNECTED_AFTER_MS) return 'lost';
  if (ms >= QUIET_AFTER_MS) return 'quiet';
  return ms >= LATE_AFTER_MS ? 'late' : 'none';
}
