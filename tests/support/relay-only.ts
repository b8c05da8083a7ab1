import type { BrowserContext } from 'playwright-core';

/** From now on every page offers and takes relayed addresses only, and keeps its connections in `connections`. */
export async function closeDirectPaths(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Original = RTCPeerConnection;
    const connections: RTCPeerConnection[] = [];
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
        connections.push(this);
      }
    };
    Object.assign(window, { connections });
  });
}
