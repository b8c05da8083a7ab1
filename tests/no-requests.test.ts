import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../tools/browser.mjs';
import { DEFAULT_SERVER } from '../extension/server-address.ts';
import { joinSession, mirrorFrame, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';
import { startSite, type Site, type SitePage } from './support/site.ts';

/**
 * A page with every kind of reference there is. The customer has a browser of their own, so that all that the agent's
 * asks the network for is in its own log.
 */
let folder: string;
let product: Product;
let customers: Browser;
let shop: Site;
let elsewhere: Site;
let agent: Page;

const LOG = 'net-log.json';
const png = readFileSync(resolve('extension/icons/icon-128.png'));
const file = (type: string, html: string | Buffer): SitePage => ({ html, headers: { 'content-type': type } });
const image = (): SitePage => file('image/png', png);

const SHEET = `@import "/imported.css" screen; @font-face { font-family: F; src: url(/font.woff2) format("woff2"), url("//fonts.invalid/f.woff") }
  body { background: url(/background.png); font-family: F, sans-serif } h1 { cursor: url(/cursor.png), auto; mask: url(/mask.png) }
  p { list-style-image: url(/list.png); border-image: url(/border.png) 30; content: url(/content.png) }
  h2::before { content: url(/before.png) } h2 { background: image-set("/set.png" 1x, url(/set2.png) 2x); filter: url(/filter.svg#f) }
  svg rect { fill: url(/fill.svg#a); clip-path: url(/clip.svg#c) } @media print { p { background: url(/print.png) } }`;

/** Nothing of it but the circle is of any use. */
const SPRITE = `<svg xmlns="http://www.w3.org/2000/svg" onload="parent.ran = 1"><script>parent.ran = 1</script>
  <style>@import url(/sprite-import.css); circle { fill: url(/sprite-fill.svg#a) }</style>
  <symbol id="icon"><circle r="5" fill="url(/sprite-paint.svg#a)" style="filter:url(/sprite-filter.svg#f)"/><image href="/sprite-image.png"/>
  <use href="/sprite-use.svg#a"/><a href="javascript:parent.ran=1"><rect/></a>
  <foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="/sprite-frame"/><img xmlns="http://www.w3.org/1999/xhtml" src="/sprite-html.png"/></foreignObject></symbol></svg>`;

function everything(snippet: string, other: string): string {
  return `<!doctype html><html manifest="/manifest.appcache"><head><title>Everything</title>
    <script async src="${snippet}" data-site="demo"></script>
    <link rel="icon" href="/favicon.png"><link rel="apple-touch-icon" href="/touch.png"><link rel="manifest" href="/app.webmanifest">
    <link rel="preload" as="image" href="/preload.png"><link rel="prefetch" href="/prefetch.png"><link rel="modulepreload" href="/module.js">
    <link rel="dns-prefetch" href="//dns-prefetch.invalid"><link rel="preconnect" href="${other}"><link rel="prerender" href="/prerender">
    <link rel="stylesheet" href="/style.css"><link rel="stylesheet" href="${other}/other.css"><link rel="alternate stylesheet" title="x" href="/alternate.css">
    <style>@import url("/imported.css"); h3 { background: url("/inline.png") }</style>
    <script type="speculationrules">{"prefetch":[{"urls":["/speculation"]}]}</script></head>
    <body background="/body.png"><canvas id="tainted" width="30" height="20"></canvas><h1>Everything</h1><h2>two</h2><h3>three</h3><p>text</p>
    <img id="plain" src="/plain.png" alt="Plain"><img id="set" srcset="/set-1.png 1x, /set-2.png 2x" src="/fallback.png" sizes="10px" alt="">
    <picture><source srcset="/source.png" type="image/png"><img id="picture" src="/picture.png" alt=""></picture>
    <img id="lazy" loading="lazy" src="/lazy.png" alt="" lowsrc="/low.png" dynsrc="/dyn.png"><img id="foreign" src="${other}/foreign.png" alt="From elsewhere">
    <img id="huge" src="/huge.png" alt="Huge" width="40" height="30"><img id="broken" src="/nowhere.png" alt="Broken">
    <input type="image" src="/button.png" alt="button"><table background="/table.png"><tr><td background="/cell.png">cell</td></tr></table>
    <video id="video" poster="/poster.png" src="/video.mp4" preload="auto"><source src="/video2.mp4"><track src="/track.vtt" default></video>
    <audio src="/audio.mp3" preload="auto"></audio><object id="object" data="/object.png" type="image/png"></object>
    <object id="document" data="/document.html" type="text/html" width="120" height="60"></object><embed id="embed" src="/embed.pdf" width="90" height="70">
    <iframe id="frame" src="/inside"></iframe><iframe src="${other}/foreign"></iframe><iframe srcdoc="<img src='/srcdoc.png'>"></iframe>
    <a href="/link" ping="/ping">link</a><form action="/form"><button formaction="/formaction">go</button></form>
    <svg width="50" height="50"><image href="/svg-image.png" width="10" height="10"/><use id="drawing" href="/sprite.svg#icon"/><rect width="9" height="9" fill="url(/paint.svg#p)"/>
      <filter id="f"><feImage href="/fe-image.png"/></filter><a xlink:href="/svg-link"><text y="9">a</text></a><style>@import url(/svg-import.css); text { fill: url(/svg-style.svg#x) }</style></svg>
    <div id="host"></div>
    <script>
      const shadow = host.attachShadow({ mode: 'open' });
      shadow.innerHTML = '<style>@import "/shadow.css"; b { background: url(/shadow.png) }</style><link rel="stylesheet" href="/shadow-link.css"><b>shadow</b><img src="/shadow-image.png">';
      const adopted = new CSSStyleSheet();
      adopted.replaceSync('h1 { background: url(/adopted.png) }');
      document.adoptedStyleSheets = [adopted];
      foreign.onload = () => tainted.getContext('2d').drawImage(foreign, 0, 0);
      if (foreign.complete) foreign.onload();
    </script></body></html>`;
}

function sitePages(snippet: string, other: string): Record<string, SitePage> {
  const pages: Record<string, SitePage> = {
    '/': { html: everything(snippet, other) },
    '/inside': {
      html: '<!doctype html><link rel="stylesheet" href="/style.css"><p>Inside</p><img src="/in-frame.png">',
    },
    '/style.css': file('text/css', SHEET),
    '/imported.css': file('text/css', 'h1 { color: rgb(9, 8, 7) } p { background: url(/by-import.png) }'),
    '/sprite.svg': file('image/svg+xml', SPRITE),
    '/huge.png': file('image/png', Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)])),
    '/embed.pdf': file('application/pdf', '%PDF-1.4'),
    '/document.html': { html: '<p>A document</p>' },
  };
  const names =
    everything('', '')
      .concat(SHEET)
      .match(/\/[\w-]+\.png/gu) ?? [];
  for (const name of [...names.filter((one) => one !== '/nowhere.png'), '/by-import.png', '/in-frame.png'])
    pages[name] ??= image();
  return pages;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alongside-net-log-'));
  const args = [`--log-net-log=${join(folder, LOG)}`, '--disable-features=WebRtcHideLocalIpsWithMdns'];
  product = await startProduct(resolve('dist/extension'), {}, { args });
  customers = await launchBrowser(['--disable-features=WebRtcHideLocalIpsWithMdns']);
  elsewhere = await startSite({
    '/foreign.png': image(),
    '/foreign': { html: 'Foreign' },
    '/other.css': file('text/css', 'p{}'),
  });
  const other = elsewhere.url.replace('127.0.0.1', 'localhost');
  shop = await startSite(sitePages(`${product.url}/snippet.js`, other));
  agent = await product.agent();
  const customer = await customers.newPage({ viewport: { width: 1280, height: 800 } });
  await customer.goto(shop.url);
  await joinSession(agent, await startSession(customer));
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
});
afterAll(async () => {
  await customers?.close();
  await shop?.close();
  await elsewhere?.close();
  await product?.close();
  rmSync(folder, { recursive: true, force: true });
});

const widthOf = (id: string): Promise<number> =>
  mirrorOf(agent)
    .locator(id)
    .evaluate((one: HTMLImageElement) => one.naturalWidth);

describe('a page with every kind of reference', () => {
  test('shows the agent its pictures, and says of the others why they are not shown', async () => {
    for (const id of ['#plain', '#set', '#picture', '#lazy', '#object']) {
      await expect.poll(() => mirrorOf(agent).locator(id).getAttribute('src')).toMatch(/^blob:/u);
      await expect.poll(() => widthOf(id)).toBe(128);
    }
    // A drawing of another file's.
    await expect
      .poll(() =>
        mirrorOf(agent)
          .locator('#drawing')
          .evaluate((one) => one.getBoundingClientRect().width),
      )
      .toBe(10);
    const foreign = mirrorOf(agent)
      .locator('svg svg')
      .locator('script, style, image[href], iframe, img, [onload], [href^="java"]');
    expect(await foreign.count()).toBe(0);
    // In its own size, though it cannot be read.
    await expect.poll(() => widthOf('#foreign')).toBe(128);
    const sizeOf = (id: string) =>
      mirrorOf(agent)
        .locator(id)
        .evaluate((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]);
    expect(await sizeOf('#huge')).toEqual([40, 30]);
    expect(await sizeOf('#document')).toEqual([120, 60]);
    expect(await sizeOf('#embed')).toEqual([90, 70]);

    await agent.getByRole('button', { name: 'Not shown' }).click();
    const list = agent.getByRole('list', { name: 'Not shown' });
    for (const [name, reason] of [
      ['picture From elsewhere', 'from another site'],
      ['picture Huge', 'too large'],
      ['picture Broken', 'could not be read'],
      ['canvas', 'from another site'],
      ['frame', 'from another site'],
      ['object', 'cannot be mirrored'],
      ['embed', 'cannot be mirrored'],
      ['style sheet', 'from another site'],
    ] as const) {
      await list.getByRole('listitem').filter({ hasText: name }).filter({ hasText: reason }).first().waitFor();
    }
  });

  test('makes the agent’s browser ask nobody but the extension and the co-browse server', async () => {
    // Nothing new is being asked for any more.
    await expect
      .poll(() => mirrorFrame(agent).evaluate(() => document.querySelectorAll('img[src^="blob:"]').length))
      .toBeGreaterThan(4);
    await agent.getByRole('button', { name: 'Exit Session' }).click();
    await agent.getByRole('textbox', { name: 'Session ID' }).waitFor();
    // The log is complete when the browser has gone.
    await product.context.close();
    const { requests, names } = readNetLog(join(folder, LOG));
    // Chrome asks its maker for this and that, for no page: such requests have no initiator.
    const byPages = requests.filter(({ initiator }) => initiator !== '' && initiator !== 'not an origin');
    const allowed = [product.url, product.url.replace('http', 'ws'), DEFAULT_SERVER, 'chrome-extension://'];
    expect(byPages.some(({ url }) => url.startsWith(product.url))).toBe(true);
    expect(byPages.filter(({ url }) => !allowed.some((start) => url.startsWith(start)))).toEqual([]);
    const sites = [shop.url, elsewhere.url].map((url) => `:${new URL(url).port}`);
    expect(requests.filter(({ url }) => sites.some((port) => url.includes(port)))).toEqual([]);
    expect(names.filter((name) => /invalid|localhost/u.test(name))).toEqual([]);
  });
});

interface NetLogParams {
  readonly url?: string;
  readonly initiator?: string;
  readonly host?: string;
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Record<string, number> };
  readonly events: readonly { readonly type: number; readonly params?: NetLogParams }[];
}

/** What was asked of the network and by whom, and the names that were looked up. */
function readNetLog(path: string): {
  readonly requests: { url: string; initiator: string }[];
  readonly names: string[];
} {
  const { constants, events } = JSON.parse(readFileSync(path, 'utf8')) as NetLog;
  const of = (type: string) => events.filter((event) => event.type === constants.logEventTypes[type]);
  return {
    requests: [...of('URL_REQUEST_START_JOB'), ...of('CORS_REQUEST')].map(({ params }) => ({
      url: params?.url ?? '',
      initiator: params?.initiator ?? '',
    })),
    names: of('HOST_RESOLVER_MANAGER_REQUEST').map(({ params }) => params?.host ?? ''),
  };
}
