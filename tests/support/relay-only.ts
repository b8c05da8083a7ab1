import type { BrowserContext } from 'playwright-core';

/** From now on every page offers and takes relayed addresses only, and keeps its connections in `connections`, counting how often one failed. */
export async function closeDirectPaths(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Original = RTCPeerConnection;
    const connections: RTCPeerConnection[] = [];
    let failures = 0;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: 'relay' });
        connections.push(this);
        this.addEventListener('connectionstatechange', () => {
          if (this.connectionState === 'failed') Object.assign(window, { failures: (failures += 1) });
        });
      }
    };
    Object.assign(window, { connections });
  });
}
