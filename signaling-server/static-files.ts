import { existsSync } from 'node:fs';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const FIVE_MINUTES_MS = 5 * 60_000;
const ONE_YEAR_MS = 365 * 24 * 60 * 60_000;

/**
 * The snippet, for any site. `snippet.js` has a fixed name and is asked for again after five minutes (by its ETag);
 * what it loads carries a hash in its name and never changes.
 */
export async function addSnippet(app: FastifyInstance, root: string): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
  });
  await app.register(serveStatic, { root, serve: false });
  app.get('/snippet.js', { schema: { hide: true } }, (_request, reply) =>
    reply.sendFile('snippet.js', { maxAge: FIVE_MINUTES_MS }),
  );
  app.get<{ Params: { '*': string } }>('/snippet/*', { schema: { hide: true } }, (request, reply) =>
    reply.sendFile(join('snippet', request.params['*']), { maxAge: ONE_YEAR_MS, immutable: true }),
  );
}

/** `/check`: a page on which a customer sees what their network lets through. It runs its own script and nothing else. */
export async function addCheckPage(app: FastifyInstance, root: string): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });
  await app.register(serveStatic, { root, serve: false });
  app.get('/check', { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html', { maxAge: 0 }));
  app.get<{ Params: { '*': string } }>('/check/assets/*', { schema: { hide: true } }, (request, reply) =>
    reply.sendFile(join('assets', request.params['*']), { maxAge: ONE_YEAR_MS, immutable: true }),
  );
}

/** The demo company's pages: an ordinary web site, without the API's strict headers, which its scripts could not bear. */
export async function addDemoPages(app: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(root)) app.log.warn('the demo pages are not built: npm run build');
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    // The pages say their own encoding, and one of them is Shift JIS.
    if (String(reply.getHeader('content-type')).startsWith('text/html')) reply.header('content-type', 'text/html');
  });
  await app.register(serveStatic, {
    root,
    prefix: '/demo/',
    redirect: true,
    schemaHide: true,
  });
  app.get('/demo', { schema: { hide: true } }, (_request, reply) => reply.redirect('/demo/'));
}
