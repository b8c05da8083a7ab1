import { hasSameFingerprint } from '../../protocol/fingerprints.ts';
import { parsePathStep, type PathStep } from '../../protocol/path-step.ts';
import type { IceServer } from '../../protocol/signaling.ts';

/**
 * Follows the agent's side when it looks for another way through the network for the same connection.
 * @param call PeerJS's name of the connection
 * @returns takes the agent's offers and candidates
 */
export function followPath(
  rtc: RTCPeerConnection,
  call: string,
  iceServers: () => readonly IceServer[],
  say: (step: PathStep) => void,
): (said: unknown) => void {
  let attempt = 0;
  /** One thing after the other; what does not work is tried again by the agent's side. */
  let doing = Promise.resolve();

  async function answer(offered: PathStep): Promise<void> {
    // Another certificate would be somebody else, after the safety words were compared.
    if (offered.attempt <= attempt || !hasSameFingerprint(offered.text, rtc.remoteDescription?.sdp)) return;
    ({ attempt } = offered);
    // Its relays' passwords may be too old by now.
    const servers = iceServers().map((entry) => ({ ...entry, urls: [...entry.urls] }));
    rtc.setConfiguration({ ...rtc.getConfiguration(), iceServers: servers });
    rtc.onicecandidate = ({ candidate }) => {
      if (candidate) say({ ...offered, kind: 'candidate', text: candidate.candidate });
    };
    await rtc.setRemoteDescription({ type: 'offer', sdp: offered.text });
    await rtc.setLocalDescription();
    say({ ...offered, kind: 'answer', text: rtc.localDescription?.sdp ?? '' });
  }

  async function follow(step: PathStep): Promise<void> {
    if (step.kind === 'ask') say({ ...step, kind: 'here' });
    else if (step.kind === 'offer') await answer(step);
    else if (step.kind === 'candidate' && step.attempt === attempt) {
      await rtc.addIceCandidate({ candidate: step.text, sdpMLineIndex: 0 });
    }
  }

  return (said) => {
    const step = parsePathStep(said);
    if (step?.call !== call) return;
    doing = doing.then(() => (rtc.signalingState === 'closed' ? undefined : follow(step))).catch(() => {});
  };
}
