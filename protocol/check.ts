import { assertNever } from './assert-never.ts';
import type { IceServer } from './signaling.ts';

/**
 * The check before a session: which roads does this network leave open? The same questions and the same sentences for
 * agents and customers. What talks to the network is handed in, so that both sides bring their own browser's.
 */
export interface CheckTools {
  /** The server's STUN and TURN servers; `null`: it does not answer. Never rejects. */
  readonly iceServers: () => Promise<readonly IceServer[] | null>;
  /** Whether a WebSocket to the server opens. Never rejects. */
  readonly opensSocket: () => Promise<boolean>;
  /**
   * Lets a connection look for addresses with this server and nothing else.
   * @returns what closes it
   * @throws when the browser does not take the server
   */
  readonly gather: (server: IceServer, events: GatherEvents) => () => void;
  /** Whether the browser has `icecandidateerror`; Firefox has not. */
  readonly tellsErrors: boolean;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
}

export interface GatherEvents {
  /** An ICE candidate as its line of text; `null` or empty: that was all. */
  onCandidate(candidate: string | null): void;
  /** The `errorCode` of `icecandidateerror`. */
  onError(code: number): void;
}

type Finding = 'open' | 'blocked' | 'refused' | 'unknown';

export interface CheckLine {
  readonly finding: Finding;
  /** One sentence; when something is blocked, with what a network's administrator has to allow. */
  readonly sentence: string;
}

type Road = 'stun' | 'udp' | 'tcp' | 'tls';

/** The server's own answer and a road of each kind come sooner; who is silent for longer is behind a firewall. */
export const CHECK_TIMEOUT_MS = 10_000;
/** Roads looked at, whatever the server names. */
const MAX_CHECKED_ROADS = 8;

const ROAD_WORDS: Readonly<Record<Road, string>> = {
  stun: 'the STUN server over UDP',
  udp: 'the relay over UDP',
  tcp: 'the relay over TCP',
  tls: 'the relay over TLS',
};

/**
 * Checks everything at once and tells each finding as it comes.
 * @returns the verdict, as the last line
 */
export async function checkConnection(tools: CheckTools, tell: (line: CheckLine) => void): Promise<CheckLine> {
  const servers = await Promise.race([tools.iceServers(), tools.wait(CHECK_TIMEOUT_MS).then(() => null)]);
  if (servers === null) {
    tell({ finding: 'blocked', sentence: 'The co-browse server does not answer.' });
    return {
      finding: 'blocked',
      sentence: 'Co-browsing cannot work here: ask your network administrator to allow the address of the server.',
    };
  }
  tell({ finding: 'open', sentence: 'The co-browse server answers.' });
  const roads = roadsOf(servers);
  const [socket, ...findings] = await Promise.all([
    checkSocket(tools, tell),
    ...roads.map((road) => checkRoad(tools, road, tell)),
  ]);
  return verdict(
    socket,
    roads.map(({ road }, index) => ({ road, finding: findings[index] ?? 'unknown' })),
  );
}

async function checkSocket(tools: CheckTools, tell: (line: CheckLine) => void): Promise<Finding> {
  const opens = await Promise.race([tools.opensSocket(), tools.wait(CHECK_TIMEOUT_MS).then(() => false)]);
  tell(
    opens
      ? { finding: 'open', sentence: 'The live connection to the server (WebSocket) opens.' }
      : {
          finding: 'blocked',
          sentence:
            'The live connection to the server is blocked. Ask your network administrator to allow WebSockets to it.',
        },
  );
  return opens ? 'open' : 'blocked';
}

interface RoadToCheck {
  readonly road: Road;
  readonly url: string;
  readonly server: IceServer;
}

function roadsOf(servers: readonly IceServer[]): RoadToCheck[] {
  return servers
    .flatMap((server) => server.urls.map((url) => ({ road: roadOf(url), url, server: { ...server, urls: [url] } })))
    .slice(0, MAX_CHECKED_ROADS);
}

function roadOf(url: string): Road {
  if (/^stun/iu.test(url)) return 'stun';
  if (/^turns:/iu.test(url)) return 'tls';
  return /[?&]transport=tcp/iu.test(url) ? 'tcp' : 'udp';
}

async function checkRoad(
  tools: CheckTools,
  { road, url, server }: RoadToCheck,
  tell: (line: CheckLine) => void,
): Promise<Finding> {
  const finding = await gather(tools, road, server);
  tell({ finding, sentence: sentenceOf(finding, road, url) });
  return finding;
}

function sentenceOf(finding: Finding, road: Road, url: string): string {
  const words = ROAD_WORDS[road];
  switch (finding) {
    case 'open':
      return `${capital(words)} answers.`;
    case 'blocked': {
      const protocol = road === 'tcp' || road === 'tls' ? 'TCP' : 'UDP';
      return `${capital(words)} cannot be reached. Ask your network administrator to allow ${protocol} to ${placeOf(url, road)}.`;
    }
    case 'refused':
      return `${capital(words)} answers, but does not accept this server’s users. Tell whoever runs the co-browse server.`;
    case 'unknown':
      return `Whether ${words} answers cannot be told in this browser.`;
    default:
      return assertNever(finding);
  }
}

/** `turn:turn.example.com:3478?transport=tcp` → `turn.example.com, port 3478`. */
function placeOf(url: string, road: Road): string {
  const [, host = url, port = road === 'tls' ? '5349' : '3478'] =
    /^[a-z]+:(\[[^\]]+\]|[^:?]+)(?::(\d+))?/iu.exec(url) ?? [];
  return `${host}, port ${port}`;
}

/**
 * Looks for an address by way of this server alone. Without credentials a relay answers "unauthorized", and that is an
 * answer: nobody needs to be given any for a look.
 */
async function gather(tools: CheckTools, road: Road, server: IceServer): Promise<Finding> {
  const isAnonymous = server.credential === undefined;
  const login = road === 'stun' || !isAnonymous ? {} : { username: 'check', credential: 'check' };
  let close = (): void => {};
  const finding = new Promise<Finding>((resolve) => {
    const wanted = road === 'stun' ? ' typ srflx' : ' typ relay';
    let error = 0;
    close = tools.gather(
      { ...server, ...login },
      {
        onCandidate(candidate) {
          if (candidate === null || candidate === '') {
            // A STUN server that only says what is known already leaves no trace.
            const isAnswered = road === 'stun' && tools.tellsErrors;
            resolve(error >= NOT_REACHED ? 'blocked' : isAnswered ? 'open' : 'unknown');
          } else if (candidate.includes(wanted)) resolve('open');
        },
        onError(code) {
          error = code;
          if (code < NOT_REACHED) resolve(isAnonymous ? 'open' : 'refused');
        },
      },
    );
  });
  try {
    return await Promise.race([finding, tools.wait(CHECK_TIMEOUT_MS).then((): Finding => 'blocked')]);
  } catch {
    return 'unknown';
  } finally {
    close();
  }
}

/** The browsers' own code for a server that did not answer; smaller ones are the server's. */
const NOT_REACHED = 700;

function verdict(socket: Finding, roads: readonly { readonly road: Road; readonly finding: Finding }[]): CheckLine {
  if (socket !== 'open') return { finding: 'blocked', sentence: 'Co-browsing cannot work on this network.' };
  const relays = roads.filter(({ road }) => road !== 'stun');
  if (relays.some(({ finding }) => finding === 'open')) {
    return { finding: 'open', sentence: 'Co-browsing works on this network.' };
  }
  if (relays.length === 0) {
    return {
      finding: 'unknown',
      sentence: 'The server has no relay, so co-browsing works only where both networks allow a direct connection.',
    };
  }
  return relays.every(({ finding }) => finding === 'unknown')
    ? { finding: 'unknown', sentence: 'Whether co-browsing works on this network cannot be told in this browser.' }
    : {
        finding: 'blocked',
        sentence:
          'No relay can be used from this network: co-browsing works only where a direct connection is allowed.',
      };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
