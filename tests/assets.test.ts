import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { anyFont } from './support/any-font.ts';
import {
  joinSession,
  leave,
  mirrorFrame,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { startSite, type Site, type SitePage } from './support/site.ts';
import { bytesSent, tapWire } from './support/wire-tap.ts';

/** Files of a page: once over the wire, and never for another site. */
let product: Product;
let shop: Site;
let other: Site;
const pages: Page[] = [];

const FOR_ALL = { 'cache-control': 'public, max-age=3600' };
const noise = (size: number): Buffer => {
  let state = 42;
  return Buffer.from(
    Uint8Array.from({ length: size }, () => (state = (state * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff) >> 16),
  );
};
const png = readFileSync(resolve('extension/icons/icon-128.png'));
/** A picture of 200 kB: what comes after the end of one is nobody's business. */
const picture = Buffer.concat([png, noise(200_000)]);
const sheet = `body { background: rgb(1, 2, 3) url("/back.png") } h1 { color: rgb(4, 5, 6); transition: color 1000s }\n/*${noise(60_000).toString('hex')}*/`;

const font = readFileSync(anyFont());

const flags = (from: number): string =>
  Array.from(
    { length: 40 },
    (_, index) => `.flag-${from + index} { background: url(/flags/${from + index}.png) }`,
  ).join(' ');

function sitePages(snippet: string): Record<string, SitePage> {
  const page = (title: string): SitePage => ({
    html: `<!doctype html><html><head><title>${title}</title><script async src="${snippet}" data-site="demo"></script>
      <link rel="stylesheet" href="/style.css"></head><body><h1>${title}</h1>
      <img id="public" src="/picture.png" width="64" height="64" alt=""><img id="own" src="/own.png" width="64" height="64" alt="">
      <img id="set" srcset="/own.png 1x" alt=""><picture><source srcset="/own.png"><img id="chosen" alt=""></picture></body></html>`,
  });
  const image = (headers: Record<string, string>): SitePage => ({
    html: picture,
    headers: { 'content-type': 'image/png', ...headers },
  });
  return {
    '/': page('First page'),
    '/second': page('Second page'),
    '/fonts': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script></head>
        <body><h1>Fonts</h1><span id="named" style="font: 40px Signs">ab</span><span style="font: 40px Data">ab</span><script>
          const add = async (name, source) => document.fonts.add(await new FontFace(name, source).load());
          add('Signs', 'url(/signs-v2.ttf)');
          fetch('/data').then((answer) => answer.arrayBuffer()).then((bytes) => add('Data', bytes));
        </script></body></html>`,
    },
    '/faces': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script><style>
          @font-face { font-family: Shown; src: url(/old.eot);
            src: url(/old.eot?#iefix) format("embedded-opentype"), url(/gone.ttf) format("truetype"),
              url('/shown.ttf') format('truetype'), url(/never.ttf) }
          @font-face { font-family: "Shown"; font-weight: 600 800; src: url(/bold.ttf) }
          @font-face { font-family: Shown; src: url(/cyrillic.ttf); unicode-range: u+0400-04ff, U+500 }
          @font-face { font-family: Unused; src: url(/unused.ttf) }</style></head>
        <body><h1>Faces</h1><p id="line" style="font: 40px Shown">ab</p></body></html>`,
    },
    '/flags': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script><style>
          ${flags(0)} .flag-3::before { content: ""; background: url(/flags/103.png) }
          @media (min-width: 10px) { .flag-4:hover { background: url(/flags/104.png) } }</style></head>
        <body><h1>Flags</h1><i class="flag-1">1</i><i class="flag-3">3</i><i id="late">7</i><p id="host"></p><p id="other"></p><script>
          document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML =
            '<style>${flags(40)}</style><i class="flag-41">41</i><i id="later">42</i>';
          document.querySelector('#other').attachShadow({ mode: 'open' }).innerHTML =
            '<style>${flags(60)} .again { background: url(/flags/1.png) }</style><i id="again">1</i>';
        </script>`,
    },
    '/gallery': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script></head>
        <body><h1>Gallery</h1><div id="wide" style="display: flex; overflow: auto; width: 300px">${photos(40, 49)}</div>
        <p><img id="lazy" src="/photos/50.png" alt="" style="display: none"></p>${photos(0, 39)}<p>${tiles(60, 79)}</p>`,
    },
    '/lazy': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script></head><body><h1>Lazy</h1>
        ${numbered(0, 79, (at) => `<p><img id="p${at}" src="/photos/${at}.png" alt="a photo" width="300" height="200" loading="lazy"></p>`)}`,
    },
    '/covered': {
      html: `<!doctype html><html style="height: 100%"><head><script async src="${snippet}" data-site="demo"></script></head>
        <body style="height: 100%; background: url(/photos/1.png)"><h1>Covered</h1>
        <div id="around" style="display: contents; background: url(/photos/2.png)"><p style="background: inherit">in it</p></div>
        <p id="tall" style="height: 9000px">tall</p><script>document.fonts.ready.then(() => scrollTo(0, 8000))</script>`,
    },
    '/marquee': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script><style>
        @keyframes along { to { transform: translateX(-10000px) } }
        #along { display: flex; width: max-content; animation: along 20s linear infinite }</style></head>
        <body><h1>Marquee</h1><div style="overflow: hidden; width: 300px"><div id="along">${photos(0, 79)}</div></div>`,
    },
    '/dense': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script></head>
        <body><h1>Dense</h1><img id="twice" srcset="/picture.png 2x" alt=""><img id="by-width" srcset="/own.png 256w" sizes="64px" alt="">
        <img id="plain" src="/back.png" alt=""><picture><source srcset="/back.png 4x"><img id="chosen" alt=""></picture></body></html>`,
    },
    '/uploads': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script></head>
        <body><h1>Uploads</h1><img id="photo" alt=""><img id="drawing" alt=""><script src="/uploads.js"></script>`,
      headers: { 'content-security-policy': `connect-src 'self' ${product.url} ${product.url.replace('http', 'ws')}` },
    },
    '/uploads.js': {
      html: `const photo = Object.assign(document.createElement('canvas'), { width: 800, height: 700 }).getContext('2d');
        const pixels = photo.createImageData(800, 700);
        for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
        photo.putImageData(pixels, 0, 0);
        document.querySelector('#photo').src = photo.canvas.toDataURL();
        document.querySelector('#drawing').src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(
          '<svg xmlns="http://www.w3.org/2000/svg" width="321" height="20"><!-- é ' + '.'.repeat(20000) + ' --></svg>');`,
      headers: { 'content-type': 'text/javascript' },
    },
    '/preview': {
      html: `<!doctype html><html><head><script async src="${snippet}" data-site="demo"></script></head>
        <body><h1>Preview</h1><img id="preview" alt=""><script>
          const photo = Object.assign(document.createElement('canvas'), { width: 123, height: 45 });
          photo.getContext('2d').fillRect(0, 0, 20, 20);
          const preview = document.querySelector('#preview');
          preview.onload = () => URL.revokeObjectURL(preview.src);
          photo.toBlob((blob) => { preview.src = URL.createObjectURL(blob); });
        </script>`,
    },
    ...Object.fromEntries(
      ['shown', 'never', 'bold', 'cyrillic', 'unused'].map((name) => [
        `/${name}.ttf`,
        { html: Buffer.concat([font, Buffer.from(name)]), headers: { 'content-type': 'font/ttf' } },
      ]),
    ),
    ...Object.fromEntries(Array.from({ length: 110 }, (_, number) => [`/flags/${number}.png`, image({})])),
    ...Object.fromEntries(Array.from({ length: 80 }, (_, number) => [`/photos/${number}.png`, image({})])),
    '/signs-v2.ttf': { html: font, headers: { 'content-type': 'font/ttf' } },
    '/data': { html: font, headers: { 'content-type': 'application/octet-stream' } },
    '/style.css': { html: sheet, headers: { 'content-type': 'text/css', ...FOR_ALL } },
    '/back.png': image(FOR_ALL),
    '/picture.png': image(FOR_ALL),
    '/own.png': {
      html: Buffer.concat([picture, Buffer.from('own')]),
      headers: { 'content-type': 'image/png', 'cache-control': 'private' },
    },
  };
}

function numbered(from: number, to: number, write: (number: number) => string): string {
  return Array.from({ length: to - from + 1 }, (_, at) => write(from + at)).join('');
}

/** 128 pixels wide and high, each in a line of its own. */
function photos(from: number, to: number): string {
  return numbered(from, to, (at) => `<img id="p${at}" src="/photos/${at}.png" alt="" style="display: block">`);
}

function tiles(from: number, to: number): string {
  const style = 'display: block; height: 20px; background: url(/photos/';
  return numbered(from, to, (at) => `<i id="p${at}" style="${style}${at}.png)"></i>`);
}

beforeAll(async () => {
  product = await startProduct();
  shop = await startSite(sitePages(`${product.url}/snippet.js`));
  other = await startSite(sitePages(`${product.url}/snippet.js`));
});
afterAll(async () => {
  await shop?.close();
  await other?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function together(url: string): Promise<{ customer: Page; agent: Page }> {
  const agent = await product.agent();
  const customer = await product.context.newPage();
  pages.push(agent, customer);
  await tapWire(customer);
  await customer.goto(url);
  await joinSession(agent, await startSession(customer));
  return { customer, agent };
}

/** Before it comes there is nothing of its size in its place. */
function pictureIn(image: Element): string {
  const { src, naturalWidth } = image as HTMLImageElement;
  return `${src.slice(0, 5)} ${naturalWidth}`;
}

/** The page with all its files: its style and both pictures. */
async function isAllThere(agent: Page, title: string): Promise<void> {
  const mirror = mirrorOf(agent);
  await mirror.locator('h1', { hasText: title }).waitFor();
  await expect.poll(() => mirror.locator('h1').evaluate((one) => getComputedStyle(one).color)).toBe('rgb(4, 5, 6)');
  await expect
    .poll(() => mirror.locator('body').evaluate((one) => getComputedStyle(one).backgroundImage))
    .toMatch(/blob:/u);
  for (const id of ['#public', '#own', '#set', '#chosen']) {
    await expect.poll(() => mirror.locator(id).evaluate(pictureIn)).toBe('blob: 128');
  }
}

describe('files of a page', () => {
  test('that stand in an attribute come whole, however long, under any policy, and behind the text', async () => {
    const { agent, customer } = await together(`${shop.url}/uploads`);
    const refusals: string[] = [];
    customer.on('console', (message) => /policy/iu.test(message.text()) && refusals.push(message.text()));
    const mirror = mirrorOf(agent);
    await mirror.locator('h1').waitFor();
    // A drawing's text stays a text, which is looked through for what is masked elsewhere.
    const wanted = [
      ['#photo', 800, 'blob:'],
      ['#drawing', 321, 'data:'],
    ] as const;
    for (const [id, width, scheme] of wanted) {
      await expect.poll(() => mirror.locator(id).evaluate(pictureIn)).toBe(`${scheme} ${width}`);
    }
    expect(await bytesSent(customer, 'channel:assets')).toBeGreaterThan(1_500_000);
    expect(refusals).toEqual([]);
  });

  test('that the page has let go of are drawn from where it shows them', async () => {
    const { agent } = await together(`${shop.url}/preview`);
    const preview = mirrorOf(agent).locator('#preview');
    await expect.poll(() => preview.evaluate(pictureIn)).toBe('blob: 123');
  });

  test('are sent once in a session, and what is for all once for all sessions', async () => {
    const first = await together(shop.url);
    await isAllThere(first.agent, 'First page');
    const atFirst = await bytesSent(first.customer, 'channel:assets');
    // The picture that is also the background, the customer's own, the style sheet.
    expect(atFirst).toBeGreaterThan(500_000);

    await first.customer.goto(`${shop.url}/second`);
    await isAllThere(first.agent, 'Second page');
    expect(await bytesSent(first.customer, 'channel:assets')).toBeLessThan(2_000);

    await leave(first.agent);
    const later = await together(shop.url);
    await isAllThere(later.agent, 'First page');
    const inNextSession = await bytesSent(later.customer, 'channel:assets');
    expect(inNextSession).toBeGreaterThan(200_000);
    expect(inNextSession).toBeLessThan(210_000);
    console.log(`files: ${atFirst} bytes on the first page, ${inNextSession} in the next session`);
  });

  test('that were erased in the options are sent again', async () => {
    const options = await product.context.newPage();
    pages.push(options);
    await options.goto(`${product.extensionUrl}/options/options.html`);
    const kept = options.getByRole('status', { name: 'Kept files' });
    await kept.filter({ hasText: /\d files?, [\d.]+ MB/u }).waitFor();
    await options.getByRole('button', { name: 'Erase kept files' }).click();
    await kept.filter({ hasText: 'Nothing is kept.' }).waitFor();

    const { customer, agent } = await together(shop.url);
    await isAllThere(agent, 'First page');
    expect(await bytesSent(customer, 'channel:assets')).toBeGreaterThan(500_000);
  });

  test('that are fonts are asked for when a text is shown in them, in the first format that can be had', async () => {
    const asked: string[] = [];
    const onRequest = (request: Request): void => {
      if (/\.(?:ttf|eot)\b/u.test(request.url())) asked.push(request.url());
    };
    product.context.on('request', onRequest);
    const { customer, agent } = await together(`${shop.url}/faces`);
    const mirror = mirrorOf(agent);
    const shown = (): Promise<string[]> =>
      mirror
        .locator('html')
        .evaluate(() =>
          [...document.fonts]
            .filter(({ status }) => status === 'loaded')
            .map(({ weight, unicodeRange }) => `${weight} ${unicodeRange}`),
        );
    await expect.poll(shown).toEqual(['normal U+0-10FFFF']);
    const widths = async (): Promise<number[]> => {
      const widthOf = (one: Element): number => {
        const range = document.createRange();
        range.selectNodeContents(one);
        return range.getBoundingClientRect().width;
      };
      return [await customer.locator('#line').evaluate(widthOf), await mirror.locator('#line').evaluate(widthOf)];
    };
    const [wide, mirrored] = await widths();
    expect(mirrored).toBe(wide);
    const names = (): string[] => [...new Set(asked.map((url) => new URL(url).pathname))].toSorted();
    expect(names()).toEqual(['/gone.ttf', '/shown.ttf']);

    await customer.locator('#line').evaluate((one) => (one.style.fontWeight = 'bold'));
    await expect.poll(shown).toContain('600 800 U+0-10FFFF');
    await customer.locator('#line').evaluate((one) => {
      one.style.fontWeight = '';
      one.append('\u0416');
    });
    await expect.poll(shown).toContain('normal U+400-4FF, U+500');
    expect(names()).toEqual(['/bold.ttf', '/cyrillic.ttf', '/gone.ttf', '/shown.ttf']);
    product.context.off('request', onRequest);
  });

  test('that a sheet of many names are asked for when there is something that its rule is for', async () => {
    const { customer, agent } = await together(`${shop.url}/flags`);
    const asked: string[] = [];
    customer.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const mirror = mirrorOf(agent);
    const background = (selector: string, pseudo?: string): Promise<string> =>
      mirror
        .locator(selector)
        .evaluate((one, before) => getComputedStyle(one, before).backgroundImage.slice(0, 10), pseudo);
    await expect.poll(() => background('.flag-1')).toBe('url("blob:');
    await expect.poll(() => background('.flag-3')).toBe('url("blob:');
    await expect.poll(() => background('.flag-3', '::before')).toBe('url("blob:');
    await expect.poll(() => background('.flag-41')).toBe('url("blob:');
    await customer.locator('#late').evaluate((one) => one.setAttribute('class', 'flag-7'));
    await expect.poll(() => background('.flag-7')).toBe('url("blob:');
    await customer.locator('#later').evaluate((one) => one.setAttribute('class', 'flag-42'));
    await expect.poll(() => background('.flag-42')).toBe('url("blob:');
    // It has come for another sheet.
    await customer.locator('#again').evaluate((one) => one.setAttribute('class', 'again'));
    await expect.poll(() => background('.again')).toBe('url("blob:');
    const shown = ['1', '103', '3', '41', '42', '7'].map((number) => `/flags/${number}.png`);
    expect([...new Set(asked)].filter((path) => path.startsWith('/flags/')).toSorted()).toEqual(shown);
  });

  test('that are pictures of elements are asked for when those come near to what is shown', async () => {
    const { customer, agent } = await together(`${shop.url}/gallery`);
    const mirror = mirrorOf(agent);
    const here = (): Promise<string[]> =>
      mirror.locator('body').evaluate((body) => {
        const isHere = (one: HTMLElement): boolean =>
          `${one.getAttribute('src')} ${one.style.background}`.includes('blob:');
        return [...body.querySelectorAll<HTMLElement>('[id]')].filter(isHere).map((one) => one.id);
      });
    const first = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => `p${from + at}`);
    // A view of 720 px, and one more below it; in the row its own width more.
    const view = await customer.evaluate(() => {
      const below = [...document.querySelectorAll('body > img, i')].filter(
        (one) => one.getBoundingClientRect().top < 2 * innerHeight,
      );
      return below.map((one) => one.id);
    });
    expect(view.length).toBeLessThan(20);
    await expect.poll(here).toEqual([...first(40, 5), ...view]);
    const heightOf = (body: Element): number => body.scrollHeight;
    expect(await mirror.locator('body').evaluate(heightOf)).toBe(await customer.locator('body').evaluate(heightOf));

    await customer.locator('#lazy').evaluate((one) => (one.style.display = ''));
    await customer.locator('#wide').evaluate((one) => one.scrollTo(1_000, 0));
    await expect.poll(here).toEqual([...first(40, 10), 'lazy', ...view]);
    await customer.evaluate(() => scrollTo(0, 1e6));
    await expect.poll(here).toEqual(expect.arrayContaining(['p39', ...first(60, 20)]));
    expect(await here()).not.toContain('p20');
  });

  test('that the customer’s browser has not loaded for they are far away are not asked for', async () => {
    const { customer, agent } = await together(`${shop.url}/lazy`);
    const loaded = () => customer.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    const mirror = mirrorOf(agent);
    await expect.poll(() => mirror.locator('#p0').getAttribute('src')).toContain('blob:');
    const heightOf = (body: Element): number => body.scrollHeight;
    expect(await mirror.locator('body').evaluate(heightOf)).toBe(await customer.locator('body').evaluate(heightOf));
    await customer.evaluate(() => scrollTo(0, 1e6));
    await expect.poll(() => mirror.locator('#p79').getAttribute('src')).toContain('blob:');
    expect((await loaded()).filter((name) => /photos\/[34]\d\./u.test(name))).toEqual([]);
  });

  test('that are behind a page are there wherever it is scrolled to, and where only what is in an element shows them', async () => {
    const { agent } = await together(`${shop.url}/covered`);
    const mirror = mirrorOf(agent);
    for (const id of ['body', '#around'])
      await expect.poll(() => mirror.locator(id).getAttribute('style')).toContain('blob:');
  });

  test('come near by a sheet’s animation, too', async () => {
    const { agent } = await together(`${shop.url}/marquee`);
    const mirror = mirrorOf(agent);
    await expect.poll(() => mirror.locator('#p0').getAttribute('src')).toContain('blob:');
    // Nothing else is done to the frame meanwhile: whoever asks it something gives it a frame.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const come = await mirror.locator('#along').evaluate((row) => row.querySelectorAll('[src^="blob:"]').length);
    expect(come).toBeGreaterThan(15);
    expect(come).toBeLessThan(60);
  });

  test('far away are not asked for in a tab that nobody looks at either', async () => {
    const { customer, agent } = await together(`${shop.url}/dense`);
    await mirrorOf(agent).locator('#plain').waitFor();
    await mirrorFrame(agent).evaluate(() =>
      Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'hidden' }),
    );
    await customer.goto(`${shop.url}/gallery`);
    const mirror = mirrorOf(agent);
    await expect.poll(() => mirror.locator('#p0').getAttribute('src')).toContain('blob:');
    // All files are small and would be here by now.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await mirror.locator('#p30').getAttribute('src')).not.toContain('blob:');
  });

  test('that are pictures for finer screens have the size that they have on the page', async () => {
    const { customer, agent } = await together(`${shop.url}/dense`);
    const mirror = mirrorOf(agent);
    const widthOf = (one: Element): number => one.getBoundingClientRect().width;
    for (const [id, width] of [
      ['#twice', 64],
      ['#by-width', 32],
      ['#plain', 128],
      ['#chosen', 32],
    ] as const) {
      expect(await customer.locator(id).evaluate(widthOf)).toBe(width);
      await expect
        .poll(() => mirror.locator(id).evaluate((one: HTMLImageElement) => one.src.slice(0, 5)))
        .toBe('blob:');
      await expect.poll(() => mirror.locator(id).evaluate(widthOf)).toBe(width);
    }
    // The next one is for any screen.
    await customer.locator('#twice').evaluate((one: HTMLImageElement) => (one.srcset = '/own.png 1x'));
    await expect.poll(() => mirror.locator('#twice').evaluate(widthOf)).toBe(128);
  });

  test('that scripts made fonts of are shown where they can be found, and listed where they cannot', async () => {
    const { customer, agent } = await together(`${shop.url}/fonts`);
    const loaded = (): Promise<string[]> =>
      mirrorOf(agent)
        .locator('html')
        .evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family));
    await expect.poll(loaded).toEqual(['Signs']);
    const widthOf = (one: Element): number => one.getBoundingClientRect().width;
    await expect
      .poll(async () => mirrorOf(agent).locator('#named').evaluate(widthOf))
      .toBe(await customer.locator('#named').evaluate(widthOf));
    await agent.getByRole('button', { name: 'Not shown' }).click();
    await agent.getByRole('listitem').filter({ hasText: 'has fonts that a script made' }).waitFor();
  });
});
