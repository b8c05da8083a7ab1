import { PULSE_AFTER_MS, PULSE_CHANNEL_ID, PULSE_EVERY_MS } from '../../protocol/limits.ts';

const PROBE = 'p';
const ECHO = 'e';

/**
 * A channel without order or repetition, silent as long as the other side is heard. What was lost with the network is
 * sent again every 3 s at best; each pulse that comes through makes the other browser say at once what it misses.
 */
export function openPulse(rtc: RTCPeerConnection, live: RTCDataChannel, signal: AbortSignal): void {
  const channel = rtc.createDataChannel('pulse', {
    negotiated: true,
    id: PULSE_CHANNEL_ID,
    ordered: false,
    maxRetransmits: 0,
  });
  let heardAt = performance.now();
  let timer = 0;

  function beat(): void {
    const restMs = heardAt + PULSE_AFTER_MS - performance.now();
    if (restMs <= 0) say(PROBE);
    timer = setTimeout(beat, Math.max(restMs, PULSE_EVERY_MS));
  }

  function say(what: string): void {
    if (channel.readyState === 'open') channel.send(what);
  }

  live.addEventListener('message', () => (heardAt = performance.now()), { signal });
  channel.addEventListener('message', ({ data }) => data === PROBE && say(ECHO), { signal });
  channel.addEventListener('open', beat, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    channel.close();
  });
}
