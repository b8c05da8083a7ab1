import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CHECK_TIMEOUT_MS, checkConnection, type CheckLine, type GatherEvents } from '../../protocol/check.ts';
import type { IceServer } from '../../protocol/signaling.ts';
import { checkServers } from '../console/api.ts';
import { sessionSocketAddress } from '../server-address.ts';

/** What this network lets through, in words that an agent can pass on to the network's administrator. */
export function ConnectionCheck({ server, token }: { readonly server: string; readonly token: string }): VNode {
  const [lines, setLines] = useState<readonly CheckLine[]>([]);
  const [verdict, setVerdict] = useState<CheckLine | 'checking' | null>(null);
  const run = useRef(0);
  // Another server, another answer.
  useEffect(() => {
    run.current += 1;
    setLines([]);
    setVerdict(null);
  }, [server]);

  async function check(): Promise<void> {
    run.current += 1;
    const current = run.current;
    setLines([]);
    setVerdict('checking');
    const last = await checkConnection(toolsFor(server, token), (line) => {
      if (run.current === current) setLines((before) => [...before, line]);
    });
    if (run.current === current) setVerdict(last);
  }

  return (
    <section class="card connection-check" aria-label="Connection check">
      <button type="button" disabled={verdict === 'checking'} onClick={() => void check()}>
        Check connection
      </button>
      {lines.length > 0 && (
        <ul>
          {lines.map(({ finding, sentence }) => (
            <li key={sentence} data-finding={finding}>
              {sentence}
            </li>
          ))}
        </ul>
      )}
      <p role="status" aria-label="Result">
        {verdict === 'checking' ? 'Checking the connection…' : verdict?.sentence}
      </p>
    </section>
  );
}

function toolsFor(server: string, token: string): Parameters<typeof checkConnection>[0] {
  return {
    async iceServers() {
      const answer = await checkServers(server, token);
      return answer.ok ? answer.value : null;
    },
    opensSocket: () => opensSocket(sessionSocketAddress(server)),
    gather,
    tellsErrors: 'onicecandidateerror' in RTCPeerConnection.prototype,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

function opensSocket(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address);
    const timer = setTimeout(() => socket.close(), CHECK_TIMEOUT_MS);
    socket.addEventListener('open', () => {
      resolve(true);
      socket.close();
    });
    socket.addEventListener('close', () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

function gather({ urls, ...login }: IceServer, { onCandidate, onError }: GatherEvents): () => void {
  const connection = new RTCPeerConnection({ iceServers: [{ urls: [...urls], ...login }] });
  connection.addEventListener('icecandidate', ({ candidate }) => onCandidate(candidate?.candidate ?? null));
  connection.addEventListener('icecandidateerror', ({ errorCode }) => onError(errorCode));
  connection.createDataChannel('check');
  connection.setLocalDescription().catch(() => onCandidate(null));
  return () => connection.close();
}
