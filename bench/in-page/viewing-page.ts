import { Replayer } from 'rrweb';

/** What the runner calls in the page that shows a recording. Everything is fetched before, then fed. */
type Viewer = 'ours' | 'rrweb' | 'innerHTML';

let messages: Uint8Array[] = [];
let strings: string[] = [];
let frame: HTMLIFrameElement | null = null;
let replayer: Replayer | null = null;
let clock = 0;

const viewing = {
  async load(who: Viewer, part: string): Promise<void> {
    const response = await fetch(`/wire/${part}`);
    const parts = (await response.json()) as string[];
    if (who === 'ours') messages = parts.map((text) => Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0)));
    else strings = parts;
  },
  async prepare(who: Viewer): Promise<void> {
    if (who === 'rrweb') {
      replayer = new Replayer([], { liveMode: true, mouseTail: false, showWarning: false, root: document.body });
      clock = Date.now();
      replayer.startLive(clock);
    } else {
      frame = document.createElement('iframe');
      frame.style.cssText = 'width: 1280px; height: 800px; border: 0';
      frame.src = who === 'ours' ? '/mirror-frame.html' : 'about:blank';
      const loaded = new Promise((resolve) => frame?.addEventListener('load', resolve, { once: true }));
      document.body.append(frame);
      if (who === 'ours') await loaded;
    }
    await frames(3);
  },
  /** Feeds what was loaded, and waits for the frame that shows it. */
  async show(who: Viewer): Promise<void> {
    if (who === 'ours') for (const message of messages) feedOurs(message);
    else if (who === 'rrweb') await feedRrweb(strings);
    else if (frame?.contentDocument) frame.contentDocument.documentElement.innerHTML = strings[0] ?? '';
    await frames(2);
  },
  countNodes(): number {
    const shown = document.querySelector('iframe')?.contentDocument;
    if (!shown) return 0;
    const walker = shown.createTreeWalker(shown);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  },
};

export type Viewing = typeof viewing;

function feedOurs(message: Uint8Array): void {
  const inside = frame?.contentWindow as (Window & { feed(bytes: Uint8Array): void }) | null | undefined;
  inside?.feed(message);
}

/** Live: events happen at the player's next tick. What was recorded over seconds is due at once here. */
async function feedRrweb(texts: readonly string[]): Promise<void> {
  const player = replayer;
  if (!player) throw new Error('Not prepared.');
  let left = texts.length;
  await new Promise<void>((resolve) => {
    const count = (): void => {
      left -= 1;
      if (left > 0) return;
      player.off('event-cast', count);
      resolve();
    };
    player.on('event-cast', count);
    for (const text of texts) {
      const event = JSON.parse(text) as { timestamp: number };
      event.timestamp = clock;
      player.addEvent(event as never);
    }
  });
}

async function frames(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise(requestAnimationFrame);
}

Object.assign(window, { viewing });
