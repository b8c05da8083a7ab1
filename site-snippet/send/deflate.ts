/**
 * Deflating a big page takes 36 to 55 ms, so a worker does it. A site's policy may forbid the worker (`worker-src blob:`):
 * then the browser's own stream does it in the page, piece by piece.
 */
export interface Deflater {
  /** `deflate-raw`, RFC 1951. */
  deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

const WORKER_SOURCE = `onmessage = async ({ data }) => {
  const stream = new Blob([data]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  postMessage(bytes, [bytes.buffer]);
};`;
const WORKER_TIMEOUT_MS = 5_000;

export function createDeflater(signal: AbortSignal): Deflater {
  let worker = startWorker();
  /** The worker answers in the order it was asked. */
  let waiting: Job[] = [];
  let patience = 0;

  worker?.addEventListener('message', ({ data }) => {
    waiting.shift()?.resolve(data as Uint8Array<ArrayBuffer>);
    waitOn();
  });
  worker?.addEventListener('error', giveUp);
  signal.addEventListener('abort', giveUp);

  function waitOn(): void {
    clearTimeout(patience);
    if (waiting.length > 0) patience = setTimeout(giveUp, WORKER_TIMEOUT_MS);
  }

  /** Forbidden or broken: what waits, and all that comes, goes without it. */
  function giveUp(): void {
    clearTimeout(patience);
    worker?.terminate();
    worker = null;
    const jobs = waiting;
    waiting = [];
    for (const { bytes, resolve, reject } of jobs) deflateHere(bytes).then(resolve, reject);
  }

  return {
    deflate(bytes) {
      if (worker === null) return deflateHere(bytes);
      const target = worker;
      return new Promise((resolve, reject) => {
        waiting.push({ bytes, resolve, reject });
        target.postMessage(bytes);
        if (waiting.length === 1) waitOn();
      });
    },
  };
}

interface Job {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly resolve: (deflated: Uint8Array<ArrayBuffer>) => void;
  readonly reject: (reason: unknown) => void;
}

function startWorker(): Worker | null {
  try {
    const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
    // Of a window that is gone; the empty address would be the page itself.
    if (url === '') return null;
    try {
      return new Worker(url);
    } finally {
      URL.revokeObjectURL(url);
    }
  } catch {
    return null;
  }
}

async function deflateHere(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
