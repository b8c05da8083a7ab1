import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A company's own web server, for pages that no demo would have: another origin than the co-browse server's. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export interface SitePage {
  readonly html: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly status?: number;
}

export async function startSite(pages: Record<string, SitePage>): Promise<Site> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://site').pathname];
    response.writeHead(page ? (page.status ?? 200) : 404, {
      'content-type': 'text/html; charset=utf-8',
      ...page?.headers,
    });
    response.end(page?.html ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
