import { inflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { createFrameAssembler } from '../../protocol/frames.ts';

/**
 * Everything a page sends to anybody: data channels, WebSockets, fetch, beacons. Put in before any script of the page,
 * so the snippet cannot know of it.
 */
export async function tapWire(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sent: { road: string; channel: number; base64: string }[] = [];
    /** A lost connection comes back with new channels of the same names. */
    const channels: unknown[] = [];
    const numberOf = (channel: unknown): number => {
      if (!channels.includes(channel)) channels.push(channel);
      return channels.indexOf(channel);
    };
    const encoder = new TextEncoder();
    const keep = (road: string, data: unknown, channel = 0): void => {
      let bytes: Uint8Array;
      if (typeof data === 'string') bytes = encoder.encode(data);
      else if (data instanceof ArrayBuffer) bytes = new Uint8Array(data.slice(0));
      else if (ArrayBuffer.isView(data)) bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
      else bytes = encoder.encode(String(data));
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      sent.push({ road, channel, base64: btoa(text) });
    };
    const wrap = (prototype: object, name: string, road: (self: unknown) => string): void => {
      const original = (prototype as Record<string, (...args: unknown[]) => unknown>)[name]!;
      (prototype as Record<string, unknown>)[name] = function tapped(this: unknown, ...args: unknown[]) {
        for (const argument of args) if (argument !== undefined) keep(road(this), argument, numberOf(this));
        return original.apply(this, args);
      };
    };
    wrap(RTCDataChannel.prototype, 'send', (self) => `channel:${(self as RTCDataChannel).label}`);
    wrap(WebSocket.prototype, 'send', () => 'socket');
    wrap(Navigator.prototype, 'sendBeacon', () => 'beacon');
    wrap(XMLHttpRequest.prototype, 'send', () => 'xhr');
    const { fetch } = window;
    window.fetch = (input, init) => {
      const { href } = new URL(input instanceof Request ? input.url : input, document.baseURI);
      keep('fetch', href + (typeof init?.body === 'string' ? init.body : ''));
      return fetch(input, init);
    };
    Object.assign(window, { sentByThisPage: sent });
  });
}

/**
 * All that left the page, inflated, as text; bytes that are no text stand as they are.
 * @param home what the page fetches from its own server, which wrote it, has not left it
 */
export async function readWire(page: Page, home?: string): Promise<string> {
  const sent = await page.evaluate(
    () => (window as unknown as { sentByThisPage: { road: string; channel: number; base64: string }[] }).sentByThisPage,
  );
  const parts: string[] = [];
  const assemblers = new Map<number, ReturnType<typeof createFrameAssembler>>();
  for (const { road, channel, base64 } of sent) {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    if (road === 'fetch' && home !== undefined && Buffer.from(bytes).toString('utf8').startsWith(`${home}/`)) continue;
    parts.push(Buffer.from(bytes).toString('latin1'), Buffer.from(bytes).toString('utf8'));
    // Pulses are no messages; they go where one side has not heard the other for a while.
    if (!road.startsWith('channel:') || road === 'channel:pulse') continue;
    const assembler = assemblers.get(channel) ?? createFrameAssembler();
    assemblers.set(channel, assembler);
    const message = assembler.accept(bytes);
    if (!message) continue;
    const body = message.deflated ? inflateRawSync(message.bytes) : Buffer.from(message.bytes);
    parts.push(body.toString('utf8'), body.toString('utf16le'));
  }
  return parts.join('\n');
}

/** Bytes given to one road since the page was loaded. */
export async function bytesSent(page: Page, wanted: string): Promise<number> {
  return page.evaluate(
    (name) =>
      (window as unknown as { sentByThisPage: { road: string; base64: string }[] }).sentByThisPage
        .filter(({ road }) => road === name)
        .reduce((sum, { base64 }) => sum + (base64.length / 4) * 3, 0),
    wanted,
  );
}
