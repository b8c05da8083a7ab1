import { CHECK_TIMEOUT_MS, checkConnection, type CheckLine, type GatherEvents } from '../../protocol/check.ts';
import { parseIceServers, type IceServer } from '../../protocol/signaling.ts';

/** The page at `/check`, for customers: the server is the one that served it. */
const list = find('ul');
const result = find('[role="status"]');
const button = find('button') as HTMLButtonElement;

button.addEventListener('click', () => void check());
void check();

async function check(): Promise<void> {
  button.disabled = true;
  list.replaceChildren();
  result.textContent = 'Checking the connection…';
  delete result.dataset['finding'];
  const { finding, sentence } = await checkConnection(
    { iceServers, opensSocket, gather, wait, tellsErrors: 'onicecandidateerror' in RTCPeerConnection.prototype },
    add,
  );
  result.textContent = sentence;
  result.dataset['finding'] = finding;
  button.disabled = false;
}

function add({ finding, sentence }: CheckLine): void {
  const item = document.createElement('li');
  item.dataset['finding'] = finding;
  item.textContent = sentence;
  list.append(item);
}

async function iceServers(): Promise<IceServer[] | null> {
  try {
    const response = await fetch('/api/check', { cache: 'no-store', signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) });
    if (!response.ok) return null;
    const body = (await response.json()) as { readonly iceServers?: unknown };
    return parseIceServers(body.iceServers);
  } catch {
    return null;
  }
}

function opensSocket(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/u, 'ws')}/session`);
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

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
}
