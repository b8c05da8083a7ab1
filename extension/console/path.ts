import { hasSameFingerprint } from '../../protocol/fingerprints.ts';
import { parsePathStep, type PathStep } from '../../protocol/path-step.ts';
import type { IceServer } from '../../protocol/signaling.ts';

/** The way of one connection through the network. When it is lost, another one is looked for. */
export interface Path {
  /** Offers an ICE restart. Whatever is on its way in the channels stays in order and comes once. */
  restart(iceServers: readonly IceServer[]): void;
  /** The page's answer, or one of its candidates. */
  take(step: unknown): void;
}

/** @param call PeerJS's name of the connection */
export function createPath(rtc: RTCPeerConnection, call: string, say: (step: PathStep) => void): Path {
  let attempt = 0;
  /** One thing after the other; what does not work is tried again by whoever started it. */
  let doing = Promise.resolve();

  function next(work: () => Promise<void>): void {
    doing = doing.then(() => (rtc.signalingState === 'closed' ? undefined : work())).catch(() => {});
  }

  async function offer(iceServers: readonly IceServer[]): Promise<void> {
    attempt += 1;
    const own = attempt;
    // Its relays' passwords may be too old by now.
    const servers = iceServers.map(({ urls, ...login }) => ({ urls: [...urls], ...login }));
    rtc.setConfiguration({ ...rtc.getConfiguration(), iceServers: servers });
    rtc.onicecandidate = ({ candidate }) => {
      if (candidate) say({ call, attempt: own, kind: 'candidate', text: candidate.candidate });
    };
    const { sdp = '' } = await rtc.createOffer({ iceRestart: true });
    await rtc.setLocalDescription({ type: 'offer', sdp });
    say({ call, attempt, kind: 'offer', text: sdp });
  }

  async function follow({ kind, text }: PathStep): Promise<void> {
    if (kind === 'candidate') {
      await rtc.addIceCandidate({ candidate: text, sdpMLineIndex: 0 });
    } else if (kind === 'answer' && hasSameFingerprint(text, rtc.remoteDescription?.sdp)) {
      // Another certificate would be somebody else, after the safety words were compared.
      await rtc.setRemoteDescription({ type: 'answer', sdp: text });
    }
  }

  return {
    restart: (iceServers) => next(() => offer(iceServers)),
    take(said) {
      const step = parsePathStep(said);
      if (step?.call === call) next(async () => (step.attempt === attempt ? follow(step) : undefined));
    },
  };
}
