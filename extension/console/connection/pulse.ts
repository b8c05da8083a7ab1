import {
  PULSE_AFTER_MS,
  PULSE_BURST,
  PULSE_BURST_EVERY_MS,
  PULSE_CHANNEL_ID,
  PULSE_EVERY_MS,
} from '../../../protocol/limits.ts';

const PROBE = 'p';
const ECHO = 'e';

/**
 * A channel without order or repetition, silent as long as the other side is heard. What was lost with the network is
 * sent again every 3 s at best; each pulse that comes through makes the other browser say at once what it misses, and
 * after a few of these reports this one sends it again.
 * @param onSign something came through, or the browser has found a way again, after a silence: the network is back
 */
export function openPulse(rtc: RTCPeerConnection, live: RTCDataChannel, signal: AbortSignal, onSign: () => void): void {
  const channel = rtc.createDataChannel('pulse', {
    negotiated: true,
    id: PULSE_CHANNEL_ID,
    ordered: false,
    maxRetransmits: 0,
  });
  let heardAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let burst = 0;
  let rounds = 0;

  function beat(): void {
    clearTimeout(timer);
    const restMs = silentFrom() - performance.now();
    if (restMs <= 0) {
      say(PROBE);
      if (rtc.connectionState === 'failed') tryKnownAddresses(rtc, (rounds += 1));
    }
    burst = Math.max(0, burst - 1);
    timer = setTimeout(beat, Math.max(restMs, burst > 0 ? PULSE_BURST_EVERY_MS : PULSE_EVERY_MS));
  }

  function silentFrom(): number {
    return heardAt + PULSE_AFTER_MS;
  }

  function sign(): void {
    if (performance.now() < silentFrom()) return;
    onSign();
    if (burst > 0) return;
    burst = PULSE_BURST;
    beat();
  }

  function say(what: string): void {
    if (channel.readyState === 'open') channel.send(what);
  }

  live.addEventListener('message', () => (heardAt = performance.now()), { signal });
  channel.addEventListener(
    'message',
    ({ data }) => {
      sign();
      if (data === PROBE) say(ECHO);
    },
    { signal },
  );
  rtc.addEventListener('connectionstatechange', () => rtc.connectionState === 'connected' && sign(), { signal });
  channel.addEventListener('open', beat, { signal });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    channel.close();
  });
}

/**
 * Some 30 s after the last answer a browser gives up all pairs of addresses and asks none of them any more. Told of an
 * address under a name it does not know (the candidate's foundation, RFC 8445, 5.1.1.3) it begins anew with it, for 15 s,
 * and with the passwords that both sides know: a network that is back is found without the server.
 */
function tryKnownAddresses(rtc: RTCPeerConnection, round: number): void {
  const lines = (rtc.remoteDescription?.sdp ?? '').matchAll(/candidate:\S+( [^\r\n]+)/gu);
  for (const address of new Set(Array.from(lines, ([, rest]) => rest))) {
    rtc.addIceCandidate({ candidate: `candidate:${round}${address}`, sdpMLineIndex: 0 }).catch(() => {});
  }
}
