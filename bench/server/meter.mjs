/** What a server's process says of itself. CPU in microseconds since its start, memory in bytes. */

export function cpuMicroseconds() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** After collecting garbage, twice: what the first run sets free is collected by the second. */
export async function memory() {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}
