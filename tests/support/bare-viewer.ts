import type { Frame, Page } from 'playwright-core';
import type { Product } from './product.ts';

/**
 * The real viewer page of the real extension, its port in our hands instead of the console's: thousands of pictures can
 * be shown to it in seconds. It lives in an extension page, as always, under the manifest's policies.
 */
export interface BareViewer {
  readonly page: Page;
  readonly frame: Frame;
  /**
   * Each case's messages in their order; after each, everything in the mirror is clicked, focused and submitted.
   * @returns what became of each: `shown`, or the word of a fault; `renew` when the mirror has lost step; `silent` when
   *   nothing is heard of it any more
   */
  show(cases: readonly (readonly Uint8Array[])[]): Promise<string[]>;
  close(): Promise<void>;
}

/** What a file is that the mirror wants, by its number, from 0 on and then again. */
export interface WantedFile {
  readonly mime: string;
  readonly text: string;
}

interface Desk {
  show(cases: readonly (readonly string[])[]): Promise<string[]>;
}

export async function openViewer(product: Product, files: readonly WantedFile[]): Promise<BareViewer> {
  const page = await product.context.newPage();
  await page.goto(`${product.extensionUrl}/options/options.html`);
  await page.evaluate(installDesk, files);
  await page.evaluate(() => (window as unknown as { greeted: Promise<void> }).greeted);
  const frame = page.frames().find((one) => one.url().includes('/viewer/viewer.html'));
  if (!frame) throw new Error('There is no viewer.');
  await frame.evaluate(useWhenAsked);
  await page.evaluate(() => (window as unknown as { armed(): void }).armed());
  return {
    page,
    frame,
    show(cases) {
      const encoded = cases.map((messages) => messages.map((bytes) => Buffer.from(bytes).toString('base64')));
      return page.evaluate((all) => (window as unknown as { desk: Desk }).desk.show(all), encoded);
    },
    close: () => page.close(),
  };
}

/** In the viewer's frame: a port of the test's own, because a new document takes every listener of the window with it. */
function useWhenAsked(): void {
  const submit = HTMLFormElement.prototype.requestSubmit;
  const all = (): Element[] => {
    const found: Element[] = [];
    const look = (root: Document | ShadowRoot): void => {
      const { prototype } = root instanceof Document ? Document : DocumentFragment;
      for (const element of prototype.querySelectorAll.call(root, '*')) {
        found.push(element);
        const { shadowRoot } = element;
        if (shadowRoot instanceof ShadowRoot) look(shadowRoot);
      }
    };
    look(document);
    return found;
  };
  const use = (): void => {
    // Twice, because a click may open what holds the next one.
    for (let round = 0; round < 2; round += 1) {
      for (const element of all()) {
        for (const type of ['mouseover', 'click', 'focus', 'load', 'error', 'begin', 'toggle']) {
          EventTarget.prototype.dispatchEvent.call(
            element,
            new MouseEvent(type, { bubbles: true, cancelable: true, composed: true }),
          );
        }
        if (element instanceof HTMLElement) {
          HTMLElement.prototype.click.call(element);
          HTMLElement.prototype.focus.call(element);
        }
        if (element instanceof HTMLFormElement) submit.call(element);
      }
    }
  };
  Object.assign(window, { stays: true });
  window.addEventListener('message', ({ data, ports: [port] }) => {
    if (data !== 'test-port' || !port) return;
    port.addEventListener('message', () => {
      use();
      port.postMessage('used');
    });
    port.start();
  });
}

/** In the extension's page: what the console would be. Knows nothing of this file. */
function installDesk(files: readonly WantedFile[]): void {
  const UNKNOWN_KIND = 200;
  const WANT = 38;
  const RENEW = 39;
  const SILENCE_MS = 60_000;
  const frame = document.createElement('iframe');
  frame.src = '../viewer/viewer.html';
  frame.style.cssText = 'width:800px;height:600px';
  const { port1: port, port2 } = new MessageChannel();
  const { port1: use, port2: useInside } = new MessageChannel();
  let heard: (word: string) => void = () => {};
  let hasLost = false;

  const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

  /** The numbers of a `want`: a count, then each. */
  function numbersIn(bytes: Uint8Array): number[] {
    const numbers: number[] = [];
    let value = 0;
    let scale = 1;
    for (const byte of bytes.subarray(1)) {
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte >= 0x80) continue;
      numbers.push(value);
      [value, scale] = [0, 1];
    }
    return numbers.slice(1);
  }

  port.addEventListener('message', ({ data }) => {
    if (data.kind === 'fault') heard(data.fault);
    if (data.kind === 'dropped') heard(hasLost ? 'renew' : 'shown');
    if (data.kind !== 'agent-message') return;
    const [kind] = data.bytes as Uint8Array;
    if (kind === RENEW) hasLost = true;
    if (kind !== WANT) return;
    for (const asset of numbersIn(data.bytes as Uint8Array)) {
      const file = files[asset % files.length] as WantedFile;
      port.postMessage({ kind: 'asset', asset, mime: file.mime, bytes: new TextEncoder().encode(file.text) });
    }
  });

  async function one(messages: readonly string[]): Promise<string> {
    hasLost = false;
    port.postMessage({ kind: 'restart' });
    // After a fault nothing more is heard; else the unknown message at the end is.
    const answer = new Promise<string>((resolve) => {
      heard = resolve;
      setTimeout(() => resolve('silent'), SILENCE_MS);
    });
    for (const message of messages) port.postMessage({ kind: 'message', bytes: bytesOf(message) });
    port.postMessage({ kind: 'message', bytes: Uint8Array.of(UNKNOWN_KIND) });
    const word = await answer;
    await new Promise((resolve) => {
      use.addEventListener('message', resolve, { once: true });
      use.postMessage('use');
    });
    return word;
  }

  Object.assign(window, {
    greeted: new Promise<void>((resolve) => {
      frame.addEventListener(
        'load',
        () => {
          frame.contentWindow?.postMessage('alongside-port', '*', [port2]);
          port.start();
          use.start();
          resolve();
        },
        { once: true },
      );
    }),
    armed: () => frame.contentWindow?.postMessage('test-port', '*', [useInside]),
    desk: {
      async show(cases) {
        const words: string[] = [];
        for (const messages of cases) words.push(await one(messages));
        return words;
      },
    } satisfies Desk,
  });
  document.body.replaceChildren(frame);
}
