import type { Channels, CustomerPeer, PeerOptions } from './peer.ts';

export type { Channels, CustomerPeer };

/** PeerJS is larger than all of ours together; it is loaded when there is somebody to talk to. */
export async function createCustomerPeer(options: PeerOptions): Promise<CustomerPeer> {
  const { createCustomerPeer: create } = await import('./peer.ts');
  options.signal.throwIfAborted();
  return create(options);
}
