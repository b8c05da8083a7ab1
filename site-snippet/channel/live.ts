import { readAgentMessage, type AgentMessage } from '../../protocol/command.ts';
import { createFrameAssembler, splitIntoFrames } from '../../protocol/frames.ts';
import {
  DISCONNECTED_AFTER_MS,
  HEARTBEAT_EVERY_MS,
  HOLD_AFTER_MS,
  SILENT_HEARTBEAT_EVERY_MS,
  HELLO_TIMEOUT_MS,
  LATE_AFTER_MS,
  LATENCY_POOR_MS,
  MAX_BUFFERED_BYTES,
  SILENCE_CHECK_MS,
} from '../../protocol/limits.ts';
import { writePageMessage, type PageMessage } from '../../protocol/page-message.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { WireError } from '../../protocol/wire-error.ts';

export type LiveState = 'good' | 'poor' | 'quiet' | 'lost';

/** Nothing was heard for a while. */
export function isSilence(state: LiveState | null): boolean {
  return state === 'quiet' || state === 'lost';
}

/** Small messages both ways. Nothing but a `hello` of the same version opens it. */
export interface LiveChannel {
  send(message: PageMessage): void;
  /** Messages of kinds this version does not know. */
  readonly dropped: number;
}

export interface LiveOptions {
  readonly channel: RTCDataChannel;
  readonly signal: AbortSignal;
  readonly onReady: () => void;
  readonly onMessage: (message: Exclude<AgentMessage, { type: 'hello' | 'ping' | 'pong' }>) => void;
  readonly onState: (state: LiveState) => void;
  /** Nobody hears us, or everybody again. What is on its way when the network goes keeps it from starting quickly after. */
  readonly onHold: (on: boolean) => void;
  /** The other side cannot be understood: another version, or bytes that are no message. */
  readonly onRefused: (code: 'version_mismatch' | 'bad_message' | 'channel_failed') => void;
}

/** An agent's message is small: a paste of 64 Ki units is the largest. */
const MAX_AGENT_MESSAGE_BYTES = 256 * 1024;

export function openLiveChannel(options: LiveOptions): LiveChannel {
  const { channel, signal, onRefused } = options;
  const assembler = createFrameAssembler(MAX_AGENT_MESSAGE_BYTES);
  let isGreeted = false;
  let isRefused = false;
  let dropped = 0;
  let heardAt = performance.now();
  let latency = 0;
  let state: LiveState | null = null;

  function refuse(code: Parameters<typeof onRefused>[0]): void {
    if (isRefused) return;
    isRefused = true;
    onRefused(code);
  }

  channel.addEventListener(
    'message',
    ({ data }) => {
      if (isRefused) return;
      try {
        accept(data);
      } catch {
        refuse('bad_message');
      }
    },
    { signal },
  );

  function accept(data: unknown): void {
    heardAt = performance.now();
    options.onHold(false);
    if (!(data instanceof ArrayBuffer)) {
      dropped += 1;
      return;
    }
    const complete = assembler.accept(new Uint8Array(data));
    if (complete === null) return;
    // Small messages are never deflated.
    if (complete.deflated) throw new WireError('bad_deflate');
    const message = readAgentMessage(complete.bytes);
    if (message === null) dropped += 1;
    else if (message.type === 'hello') greet(message.version);
    else if (!isGreeted) dropped += 1;
    else if (message.type === 'ping') send({ type: 'pong', sentAt: message.sentAt });
    else if (message.type === 'pong') latency = heardAt - message.sentAt;
    else options.onMessage(message);
  }

  function greet(version: number): void {
    if (version !== PROTOCOL_VERSION) {
      refuse('version_mismatch');
    } else if (!isGreeted) {
      isGreeted = true;
      options.onReady();
    }
  }

  function send(message: PageMessage): void {
    if (channel.readyState !== 'open') return;
    // A pointer that cannot be sent now is worth nothing later.
    if (message.type === 'pointer' && (isSilence(state) || channel.bufferedAmount > MAX_BUFFERED_BYTES)) return;
    for (const frame of splitIntoFrames({ bytes: writePageMessage(message), deflated: false })) channel.send(frame);
  }

  function beat(): void {
    const silence = performance.now() - heardAt;
    options.onHold(silence > HOLD_AFTER_MS);
    let now: LiveState = latency > LATENCY_POOR_MS ? 'poor' : 'good';
    if (silence > LATE_AFTER_MS) now = 'quiet';
    if (silence > DISCONNECTED_AFTER_MS) now = 'lost';
    if (now === state) return;
    const isHeardAgain = isSilence(state) && !isSilence(now);
    state = now;
    if (isHeardAgain) ping();
    options.onState(now);
  }

  function ping(): void {
    clearTimeout(heart);
    if (isGreeted) send({ type: 'ping', sentAt: Math.round(performance.now()) });
    heart = setTimeout(ping, isSilence(state) ? SILENT_HEARTBEAT_EVERY_MS : HEARTBEAT_EVERY_MS);
  }

  let heart = setTimeout(ping, HEARTBEAT_EVERY_MS);
  const watch = setInterval(beat, SILENCE_CHECK_MS);
  const patience = setTimeout(() => isGreeted || refuse('channel_failed'), HELLO_TIMEOUT_MS);
  signal.addEventListener('abort', () => {
    clearTimeout(heart);
    clearInterval(watch);
    clearTimeout(patience);
  });
  send({ type: 'hello', version: PROTOCOL_VERSION });

  return {
    send,
    get dropped() {
      return dropped;
    },
  };
}
