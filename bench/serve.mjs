import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * The pages to measure, the built demo beside them, and recordings for the viewing side, on a free port of this machine.
 * @param {{ demo: string }} options where the built demo lies
 */
export async function servePages({ demo }) {
  /** @type {Map<string, string>} */
  const texts = new Map();

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const text = texts.get(pathname);
    const file = pathname.startsWith('/demo/') ? join(demo, normalize(pathname.slice('/demo'.length))) : '';
    if (text !== undefined) {
      response.setHeader(
        'content-type',
        TYPES[/** @type {keyof typeof TYPES} */ (extname(pathname))] ?? 'application/json',
      );
      response.end(text);
    } else if (pathname === '/picture.png') {
      response.setHeader('content-type', 'image/png');
      response.end(PIXEL);
    } else if (file !== '' && file.startsWith(demo) && existsSync(file)) {
      const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))];
      // The Shift JIS page says so itself.
      if (type) response.setHeader('content-type', type);
      createReadStream(file)
        .on('error', () => response.destroy())
        .pipe(response);
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await /** @type {Promise<void>} */ (new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');

  return {
    origin: `http://127.0.0.1:${address.port}`,
    /** @param {string} path @param {string} text */
    put: (path, text) => void texts.set(path, text),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
