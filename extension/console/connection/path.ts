import { hasSameFingerprint } from '../../../protocol/fingerprints.ts';
import { parsePathStep, type PathStep } from '../../../protocol/path-step.ts';
import type { IceServer } from '../../../protocol/signaling.ts';

/** The way of one connection through the network. When it is lost, another one is looked for. */
export interface Path {
  /**
   * Offers an ICE restart, if the page can be asked. Whatever is on its way in the channels stays in order and comes once.
   * An offer that nobody answers would only take away the names by which the two browsers may still find each other.
   */
  restart(iceServers: readonly IceServer[]): void;
  /** That the page is here, its answer, or one of its candidates. */
  take(step: unknown): void;
}

/** @param call PeerJS's name of the connection */
export function createPath(rtc: RTCPeerConnection, call: string, say: (step: PathStep) => void): Path {
  let attempt = 0;
  let offered = 0;
  let servers: readonly IceServer[] = [];
  /** One thing after the other; what does not work is tried again by whoever started it. */
  let doing = Promise.resolve();

  function next(work: () => Promise<void>): void {
    doing = doing.then(() => (rtc.signalingState === 'closed' ? undefined : work())).catch(() => {});
  }

  async function offer(own: number): Promise<void> {
    if (own !== attempt || own === offered) return;
    offered = own;
    // Its relays' passwords may be too old by now.
    const iceServers = servers.map(({ urls, ...login }) => ({ urls: [...urls], ...login }));
    rtc.setConfiguration({ ...rtc.getConfiguration(), iceServers });
    rtc.onicecandidate = ({ candidate }) => {
      if (candidate) say({ call, attempt: own, kind: 'candidate', text: candidate.candidate });
    };
    const { sdp = '' } = await rtc.createOffer({ iceRestart: true });
    await rtc.setLocalDescription({ type: 'offer', sdp });
    say({ call, attempt: own, kind: 'offer', text: sdp });
  }

  async function follow({ kind, text }: PathStep): Promise<void> {
    if (kind === 'here') {
      await offer(attempt);
    } else if (kind === 'candidate') {
      await rtc.addIceCandidate({ candidate: text, sdpMLineIndex: 0 });
    } else if (kind === 'answer' && hasSameFingerprint(text, rtc.remoteDescription?.sdp)) {
      // Another certificate would be somebody else, after the safety words were compared.
      await rtc.setRemoteDescription({ type: 'answer', sdp: text });
    }
  }

  return {
    restart(iceServers) {
      attempt += 1;
      servers = iceServers;
      say({ call, attempt, kind: 'ask', text: '' });
    },
    take(said) {
      const step = parsePathStep(said);
      if (step?.call === call) next(async () => (step.attempt === attempt ? follow(step) : undefined));
    },
  };
}
