import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What happens to each packet, in both directions. */
interface Weather {
  /** 0 … 1. */
  readonly loss: number;
  readonly delayMs: number;
  readonly isCut: boolean;
}

/** A road over UDP to a server on loopback, as bad as one likes. */
export interface BadLink {
  readonly port: number;
  setWeather(weather: Partial<Weather>): void;
  close(): void;
}

const FAIR: Weather = { loss: 0, delayMs: 0, isCut: false };

/** @param to the server's port */
export async function openBadLink(to: number): Promise<BadLink> {
  let weather = FAIR;
  const front = createSocket('udp4');
  /** One socket towards the server for each address that speaks to us: by it the server's answers find their way. */
  const backs = new Map<string, Socket>();

  function pass(send: () => void): void {
    if (weather.isCut || Math.random() < weather.loss) return;
    setTimeout(send, weather.delayMs);
  }

  /** A browser that has a network speaks from that address, one that has none from loopback. */
  function backOf(address: string, port: number): Socket {
    const name = `${address}:${port}`;
    const known = backs.get(name);
    if (known) return known;
    const back = createSocket('udp4');
    backs.set(name, back);
    back.on('message', (packet) => pass(() => front.send(packet, port, address, ignore)));
    return back;
  }

  front.on('message', (packet, { address, port }) => {
    const back = backOf(address, port);
    pass(() => back.send(packet, to, '127.0.0.1', ignore));
  });
  front.bind(0, '127.0.0.1');
  await once(front, 'listening');
  return {
    port: front.address().port,
    setWeather(change) {
      weather = { ...weather, ...change };
    },
    close() {
      weather = { ...FAIR, isCut: true };
      for (const socket of [front, ...backs.values()]) socket.close();
    },
  };
}

/** A packet that cannot be sent is lost, as on any network. */
function ignore(): void {}
