import { describe, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { anyFont } from './support/any-font.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

/** Style sheets however they come: what an element of the mirror looks like in the end. */
eachInLab();

/** @param prepare runs in the page before the session starts */
async function startWith(html: string, prepare: () => void = () => {}): Promise<void> {
  await page.evaluate((markup) => {
    document.body.innerHTML = markup;
  }, html);
  await page.evaluate(prepare);
  await page.evaluate(() => lab.start());
}

const expectColor = (path: string, color: string): Promise<void> =>
  expect.poll(() => page.evaluate((at) => lab.styleOf(at, 'color'), path)).toBe(color);

const RED = 'rgb(255, 0, 0)';
const GREEN = 'rgb(0, 128, 0)';
const BLUE = 'rgb(0, 0, 255)';
const BLACK = 'rgb(0, 0, 0)';

test('by attributes that lead somewhere, which the mirror does not have', async () => {
  await startWith(`<style>a, input, i { color: red } a[href^="http"] { color: green } a[href$='.pdf' i] { color: blue }
      a[target=_blank] { color: green } a:not([href]) { color: blue } input[autocomplete~="name"] { color: green }
      i { --x: "[href] {" } a[ rel ] { color: green } a[href="x;y}"], u { color: green } a[target=x], /* old; */ s { color: blue }
      use[href="#part"] { color: blue }</style><u>u</u><s>s</s><a id=odd href="x;y}">x</a>
    <svg><g id=part></g><use href="#part"></use></svg>
    <a id=out href="http://else.example/a">o</a><a id=file href="/b.PDF">f</a><a id=tab href=/c target=_blank>t</a>
    <a id=none>n</a><a id=plain href=/d>p</a><a id=rel href=/e rel=next>r</a><input autocomplete="given name"><i>i</i>`);
  const wanted = { out: GREEN, file: BLUE, tab: GREEN, none: BLUE, plain: RED, rel: GREEN, odd: GREEN };
  for (const [id, color] of Object.entries(wanted)) await expectColor(`#${id}`, color);
  await expectColor('input', GREEN);
  await expectColor('u', GREEN);
  await expectColor('s', BLUE);
  await expectColor('use', BLUE);
  expect(await page.evaluate(() => lab.styleOf('i', '--x'))).toBe('"[href] {"');
  await page.evaluate(() => {
    document.querySelector('#plain')!.setAttribute('href', 'https://else.example/');
    document.querySelector('#tab')!.removeAttribute('target');
    document.querySelector('#out')!.removeAttribute('href');
  });
  await expectColor('#plain', GREEN);
  await expectColor('#tab', RED);
  await expectColor('#out', BLUE);
});

test('by attributes that say otherwise in the mirror, or nothing', async () => {
  await startWith(`<style>* { color: red } [popover=auto], [popover='hint'], [popover=""], form[name=f], img[name],
      input[name="i"], [command=show-modal], [popovertargetaction=hide], [accesskey], [is] { color: green }
      [popover=manual] { color: blue }</style>
    <p id=auto popover=auto>a</p><p id=hint popover=hint>h</p><p id=empty popover>e</p><p id=manual popover=manual>m</p>
    <form id=form name=f><img id=img name=createElement><input id=input name=i></form>
    <button id=command command=show-modal commandfor=d>c</button><button id=hides popovertargetaction=hide>h</button>
    <button id=key accesskey=k>k</button><b id=is is=b-b>b</b>`);
  for (const id of ['auto', 'hint', 'empty', 'form', 'img', 'input', 'command', 'hides', 'key', 'is'])
    await expectColor(`#${id}`, GREEN);
  await expectColor('#manual', BLUE);
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#auto')!.popover = 'manual';
    document.querySelector<HTMLElement>('#manual')!.popover = 'auto';
    document.querySelector('#form')!.setAttribute('name', 'g');
    document.querySelector('#input')!.removeAttribute('name');
  });
  await expectColor('#auto', BLUE);
  await expectColor('#manual', GREEN);
  await expectColor('#form', RED);
  await expectColor('#input', RED);
});

test('by attributes of behavior, which do nothing in the mirror', async () => {
  await startWith(`<style>* { color: red } [onclick], [on], video[controls], audio[controls], x-player[controls], button[formaction*=pay],
      [formmethod=post], video[autoplay], [ping], iframe[srcdoc], iframe[sandbox~=allow-forms],
      iframe[allowfullscreen], q[cite], [content="4.5"], [referrerpolicy], [fetchpriority=high] { color: green }
      [onclick*="open("] { color: blue } i { --x: "[controls] {" }</style>
    <b id=click onclick="0">c</b><b id=open onclick="open('/secret-place')">o</b><x-switch id=on on>s</x-switch>
    <video id=video controls></video><audio id=audio controls></audio><x-player id=player controls></x-player>
    <video id=plays autoplay></video><button id=pays formaction="/pay" formmethod=post>p</button><button id=posts formmethod=post>p</button>
    <a id=ping href="#" ping="/secret-ping">a</a><iframe id=inner srcdoc="<p>inner</p>"></iframe>
    <iframe id=box sandbox="allow-scripts allow-forms"></iframe><iframe id=full allowfullscreen></iframe><q id=cite cite="/c">q</q>
    <s id=content content="4.5">4</s><img id=referrer referrerpolicy=origin><img id=high fetchpriority=high><i>i</i>`);
  const found = 'click on video audio player plays pays posts ping inner box full cite content referrer high'.split(
    ' ',
  );
  for (const id of found) await expectColor(`#${id}`, GREEN);
  await expectColor('#open', BLUE);
  expect(await page.evaluate(() => lab.styleOf('i', '--x'))).toBe('"[controls] {"');
  expect(await page.evaluate(() => lab.matches('[onclick], [on], video[controls], [ping], [formaction]'))).toBe(false);
  expect(await page.evaluate(() => lab.wireText())).not.toContain('secret');
  await page.evaluate(() => {
    document.querySelector('#click')!.removeAttribute('onclick');
    document.querySelector('#video')!.removeAttribute('controls');
    document.querySelector('#audio')!.removeAttribute('controls');
    document.querySelector('#content')!.setAttribute('onclick', 'open()');
  });
  await expectColor('#click', RED);
  await expectColor('#video', RED);
  await expectColor('#audio', RED);
  await expectColor('#content', BLUE);
});

test('by attributes with addresses that the mirror does not have, and nobody is told', async () => {
  await startWith(`<style>img, iframe, input { color: red } img[src$=".SVG" i] { color: green } img:not([srcset]) { background-color: blue }
      img[loading=lazy] { color: blue } iframe[src*="known-name"] { color: green } img[src='/a"b.png'] { color: green }
      i { --x: "[src] {" }</style>
    <img id=drawing src="/x/secret-name.svg"><img id=lazy src=/b.png loading=lazy srcset="/c.png 1x"><img id=odd src='/a"b.png'>
    <iframe src="/known-name.html"></iframe><i></i>`);
  await expectColor('#drawing', GREEN);
  await expectColor('#lazy', BLUE);
  await expectColor('#odd', GREEN);
  await expectColor('iframe', GREEN);
  expect(await page.evaluate(() => lab.styleOf('#drawing', 'background-color'))).toBe(BLUE);
  expect(await page.evaluate(() => lab.styleOf('#lazy', 'background-color'))).not.toBe(BLUE);
  expect(await page.evaluate(() => lab.styleOf('i', '--x'))).toBe('"[src] {"');
  await page.evaluate(() => document.querySelector('#drawing')!.setAttribute('src', '/b.png'));
  await expectColor('#drawing', RED);
  expect(await page.evaluate(() => lab.wireText())).not.toContain('secret-name');
});

test('of elements that are old, or nobody’s, and of what comes after one that is left out', async () => {
  await startWith(
    `<style>tooltip { color: red } span:first-of-type { color: green } noscript + b { color: blue } xmp { color: red }</style>
      <tooltip>t</tooltip><span>s</span><noscript>n</noscript><b>b</b><xmp>a <i>
  b</xmp><listing>l</listing>`,
    () => document.body.append(document.createElement('plaintext')),
  );
  await expectColor('tooltip', RED);
  await expectColor('span', GREEN);
  await expectColor('b', BLUE);
  await expectColor('xmp', RED);
  for (const old of ['xmp', 'listing', 'plaintext']) {
    expect(await page.evaluate((tag) => lab.styleOf(tag, 'display'), old)).toBe('block');
    expect(await page.evaluate((tag) => lab.styleOf(tag, 'white-space'), old)).toBe('pre');
  }
  expect(await page.evaluate(() => lab.mirror())).toContain('"a <i>\n  b"');
});

test('a linked sheet longer than any text of a page', async () => {
  const long = `b { color: red }\n${'i { color: blue }\n'.repeat(80_000)}p { color: green }`;
  await page.route('**/long.css', (route) => route.fulfill({ contentType: 'text/css', body: long }));
  await startWith('<link rel=stylesheet href=/long.css><p>p</p>');
  await expectColor('p', GREEN);
});

test('a linked sheet of another origin that lets its text be read, and not its rules', async () => {
  const cors = { 'access-control-allow-origin': '*' };
  await page.route('http://cdn.example/look.css', (route) =>
    route.fulfill({ contentType: 'text/css', headers: cors, body: 'p { color: green }' }),
  );
  await startWith('<link rel=stylesheet href=http://cdn.example/look.css><p>p</p><b>b</b>');
  await expectColor('p', GREEN);
  // The look that compares rules with the text has been there meanwhile, and the page is still recorded.
  await page.waitForTimeout(3_000);
  await page.evaluate(() => (document.querySelector('b')!.style.color = 'blue'));
  await expectColor('b', BLUE);
  await expectColor('p', GREEN);
});

test('imports with semicolons in their address, layers before them, and words that only look like imports', async () => {
  const fonts = '/fonts.css?family=Roboto:wght@400;700&display=swap';
  await page.route('**/fonts.css*', (route) => route.fulfill({ contentType: 'text/css', body: 'i { color: green' }));
  await page.route('**/base.css', (route) => route.fulfill({ contentType: 'text/css', body: 'b { color: red }' }));
  await page.route('**/dark.css', (route) =>
    route.fulfill({ contentType: 'text/css', body: 'p { color: red !important }' }),
  );
  await startWith(`<style>@layer reset, base; @import "${fonts}"; @import "/base.css" layer(base);
    /* do not use @import in here */ p { color: green } /* @import "/dark.css"; */ @import "/dark.css";
    @layer reset { b { color: blue } } u { --note: "\\72 ed url(here)" }</style><p>p</p><i>i</i><b>b</b><u>u</u>`);
  await expectColor('i', GREEN);
  await expectColor('p', GREEN);
  await expectColor('b', RED);
  expect(await page.evaluate(() => lab.styleOf('u', '--note'))).toBe('"red url(here)"');
});

describe('fonts of sheets are the sheets’ own, and guessed at by nobody,', () => {
  const CSS = `@font-face { font-family: 'Two Signs'; font-weight: 300; src: url(two-signs-light.ttf) }
    @font-face { font-family: 'Two Signs'; font-weight: 400; src: url(two-signs-regular.ttf) }`;
  const headers = { 'access-control-allow-origin': '*' };

  test.each([
    ['that are imported', '<style>@import "/fonts/two-signs.css";</style>'],
    ['of a host that keeps its rules to itself', '<link rel=stylesheet href="http://cdn.example/fonts/two-signs.css">'],
  ])('%s', async (_, html) => {
    await page.route('**/fonts/*.css', (route) => route.fulfill({ contentType: 'text/css', body: CSS, headers }));
    await page.route('**/fonts/*.ttf', (route) => route.fulfill({ path: anyFont(), headers }));
    await page.evaluate(async (markup) => {
      document.body.innerHTML = markup;
      await new Promise((done) =>
        document.querySelector('style, link')!.addEventListener('load', done, { once: true }),
      );
      for (const weight of [400, 300]) await document.fonts.load(`${weight} 20px "Two Signs"`);
      // One that a script did make, which tells that the others have been looked at.
      document.fonts.add(await new FontFace('Marks', 'url(/fonts/marks.ttf)').load());
      await lab.start();
    }, html);
    const mirror = page.frames().find((frame) => frame.url().endsWith('/viewer.html'))!;
    const faces = (): Promise<string[]> =>
      mirror.evaluate(() => [...document.fonts].map(({ family, weight }) => `${family} ${weight}`).toSorted());
    await expect.poll(faces).toContain('Marks normal');
    expect(await faces()).toEqual(['Marks normal', 'Two Signs 300', 'Two Signs 400']);
    expect(await page.evaluate(() => lab.notShown())).toEqual([]);
  });
});

test('names with quotes and brackets in them, as utilities have', async () => {
  await startWith(
    String.raw`<style>.content-\[\'\'\]::before { --a: 1 } u { color: red } i:not(:hover) { color: green } .a\"\{:hover + b { color: blue }</style>
    <u class="content-['']">u</u><i>i</i><s class='a"{'>s</s><b>b</b>`.replaceAll('\n', ' '),
  );
  await expectColor('i', GREEN);
  await page.hover('i');
  await expectColor('i', BLACK);
  await page.hover('s');
  await expectColor('b', BLUE);
});

test('layers lose to nothing of the browser’s, which is beneath them', async () => {
  await page.evaluate(() => document.body.removeAttribute('style'));
  await startWith(`<style>@layer base { :root { color-scheme: dark } body { font: 20px serif } :focus-visible { outline: 3px solid red } }
    </style><input>`);
  await page.evaluate(() => lab.keepBeneath());
  await page.focus('input');
  await expect.poll(() => page.evaluate(() => lab.styleOf('input', 'outline-width'))).toBe('3px');
  expect(await page.evaluate(() => lab.styleOf('body', 'font-size'))).toBe('20px');
  expect(await page.evaluate(() => lab.styleOf('html', 'color-scheme'))).toBe('dark');
});

test('a sheet that the browser has refused is not applied', async () => {
  await page.route('**/other.css', (route) => route.fulfill({ contentType: 'text/css', body: 'p { color: red }' }));
  const sum = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
  await startWith(
    `<style>b { color: green }</style><link rel=stylesheet href=/other.css integrity="${sum}"><p>p</p><b>b</b>`,
  );
  await expectColor('b', GREEN);
  await page.evaluate(() => lab.settle());
  await expectColor('p', BLACK);
});

test('a page whose sheet cannot be asked anything is shown on', async () => {
  await startWith('<style id=s>p { color: green }</style><p>p</p><b>b</b>');
  await expectColor('p', GREEN);
  await page.evaluate(() => {
    const refuse = (): never => {
      throw new Error('no');
    };
    Object.defineProperty(document.querySelector('#s'), 'media', { get: refuse });
  });
  await page.evaluate(() => (document.querySelector('b')!.style.color = 'blue'));
  await expectColor('b', BLUE);
  await page.evaluate(() => (document.querySelector('b')!.style.color = 'red'));
  await expectColor('b', RED);
});

test('a sheet in the page longer than any text, and as long when it is written anew', async () => {
  const long = `b { color: red }\n${'i { color: blue }\n'.repeat(80_000)}`;
  await startWith(`<style id=s>${long}p { color: green }</style><p>p</p>`);
  await expectColor('p', GREEN);
  await page.evaluate((css) => (document.querySelector('#s')!.textContent = `${css}p { color: red }`), long);
  await expectColor('p', RED);
});

describe('rules that scripts edit', () => {
  test('in an empty sheet, as CSS-in-JS does in production', async () => {
    await startWith('<style id=s></style><p>p</p><b>b</b>', () => {
      document.querySelector<HTMLStyleElement>('#s')!.sheet!.insertRule('p { color: red }');
    });
    await expectColor('p', RED);
    await page.evaluate(() =>
      document.querySelector<HTMLStyleElement>('#s')!.sheet!.insertRule('b { color: blue }', 1),
    );
    await expectColor('b', BLUE);
    await expectColor('p', RED);
    await page.evaluate(() =>
      document.querySelector<HTMLStyleElement>('#s')!.sheet!.insertRule('p { color: green }', 1),
    );
    await expectColor('p', GREEN);
    await page.evaluate(() => document.querySelector<HTMLStyleElement>('#s')!.sheet!.deleteRule(1));
    await expectColor('p', RED);
  });

  test('in a sheet with a text, before and during the session', async () => {
    await startWith('<style id=s>p { color: red }</style><p>p</p><b>b</b>', () => {
      document.querySelector<HTMLStyleElement>('#s')!.sheet!.insertRule('b { color: blue }');
    });
    await expectColor('b', BLUE);
    await expectColor('p', RED);
    await page.evaluate(() => {
      const rule = document.querySelector<HTMLStyleElement>('#s')!.sheet!.cssRules[1] as CSSStyleRule;
      rule.style.color = 'green';
    });
    await expectColor('p', GREEN);
    // The page writes the text anew: what was edited is gone.
    await page.evaluate(() => (document.querySelector('#s')!.textContent = 'p { color: blue }'));
    await expectColor('p', BLUE);
    await expectColor('b', BLACK);
  });

  test('of which one is given another declaration before the session', async () => {
    await startWith('<style>p { color: red } b { color: blue }</style><p>p</p><b>b</b>', () => {
      (document.querySelector('style')!.sheet!.cssRules[0] as CSSStyleRule).style.color = 'green';
    });
    await expectColor('p', GREEN);
    await expectColor('b', BLUE);
  });

  test('that are switched off, and for other media', async () => {
    await startWith(
      '<style id=s>p { color: red }</style><style id=t media=print>b { color: red }</style><p>p</p><b>b</b>',
    );
    await expectColor('p', RED);
    await page.evaluate(() => {
      document.querySelector<HTMLStyleElement>('#s')!.disabled = true;
      document.querySelector<HTMLStyleElement>('#t')!.sheet!.media.mediaText = 'screen';
    });
    await expectColor('p', BLACK);
    await expectColor('b', RED);
    await page.evaluate(() => (document.querySelector<HTMLStyleElement>('#s')!.disabled = false));
    await expectColor('p', RED);
  });

  test('in alternative sets', async () => {
    await startWith('<p>p</p>', () => {
      document.head.insertAdjacentHTML(
        'beforeend',
        `<style title=one>p { color: red }</style>
         <link rel="alternate stylesheet" title=two href="data:text/css,p{color:green}">`,
      );
    });
    await expectColor('p', RED);
    await page.evaluate(() => {
      const [one, two] = document.querySelectorAll<HTMLStyleElement | HTMLLinkElement>('[title]');
      two!.disabled = true;
      two!.disabled = false;
      one!.disabled = true;
    });
    await expectColor('p', GREEN);
  });
});

test('a sheet that another one imports is there', async () => {
  await startWith('<style>@import url("data:text/css,p{color:red}"); b { color: blue }</style><p>p</p><b>b</b>');
  await expectColor('p', RED);
  await expectColor('b', BLUE);
});

test('a sheet that was preloaded becomes one', async () => {
  await startWith('<p>p</p>');
  await page.evaluate(() => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'preload', as: 'style', href: 'data:text/css,p{color:green}' });
    link.addEventListener('load', () => (link.rel = 'stylesheet'), { once: true });
    document.head.append(link);
  });
  await expectColor('p', GREEN);
});

describe('constructed sheets', () => {
  test('say all of a shorthand with variables of which a part is overridden', async () => {
    await startWith('<div id=h style="--w: 3px"></div>', () => {
      const host = document.querySelector('#h')!;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'p { border: solid var(--w) red; border-left-color: blue } :host { margin: var(--w) 1px 2px; margin-top: 5px }',
      );
      const root = host.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.innerHTML = '<p>p</p>';
    });
    const styleOf = (path: string, property: string): Promise<string> =>
      page.evaluate(([at, name]) => lab.styleOf(at!, name!), [path, property]);
    await expect.poll(() => styleOf('#h >>> p', 'border-right-width')).toBe('3px');
    expect(await styleOf('#h >>> p', 'border-left-color')).toBe(BLUE);
    expect(await styleOf('#h >>> p', 'border-right-color')).toBe(RED);
    expect(await styleOf('#h', 'margin-bottom')).toBe('2px');
  });

  test('say what such a shorthand comes to when its variables are others, and when it is first needed', async () => {
    await startWith('<div id=h style="--w: 3px"></div>', () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'p { border: solid var(--w) red; border-left-color: blue } b { margin: var(--w); margin-top: 0 }',
      );
      const root = document.querySelector('#h')!.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.innerHTML = '<p>p</p>';
    });
    const styleOf = (path: string, property: string): Promise<string> =>
      page.evaluate(([at, name]) => lab.styleOf(at!, name!), [path, property]);
    await expect.poll(() => styleOf('#h >>> p', 'border-right-width')).toBe('3px');
    await page.evaluate(() => document.querySelector<HTMLElement>('#h')!.style.setProperty('--w', '6px'));
    await expect.poll(() => styleOf('#h >>> p', 'border-right-width')).toBe('6px');
    await page.evaluate(() => (document.querySelector('#h')!.shadowRoot!.innerHTML = '<b>b</b>'));
    await expect.poll(() => styleOf('#h >>> b', 'margin-bottom')).toBe('6px');
    await page.evaluate(() => (document.querySelector('#h')!.shadowRoot!.innerHTML = '<p>p</p>'));
    await expect.poll(() => styleOf('#h >>> p', 'border-right-width')).toBe('6px');
  });

  test('are adopted by the document, edited and left', async () => {
    await startWith('<p>p</p>', () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('p { color: red }');
      document.adoptedStyleSheets = [sheet];
    });
    await expectColor('p', RED);
    await page.evaluate(() => document.adoptedStyleSheets[0]!.replaceSync('p { color: green }'));
    await expectColor('p', GREEN);
    await page.evaluate(() => document.adoptedStyleSheets[0]!.insertRule('p { color: blue }', 1));
    await expectColor('p', BLUE);
    await page.evaluate(() => (document.adoptedStyleSheets[0]!.disabled = true));
    await expectColor('p', BLACK);
    await page.evaluate(() => (document.adoptedStyleSheets = []));
    await expectColor('p', BLACK);
  });

  test('of which one of many is given another declaration as soon as it has been sent', async () => {
    await startWith('<p>p</p><b>b</b>', () => {
      document.adoptedStyleSheets = Array.from({ length: 20 }, (_, index) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(index === 19 ? 'p { color: red }' : `b { color: rgb(${index}, 0, 0) }`);
        return sheet;
      });
    });
    await expectColor('p', RED);
    await page.evaluate(() => {
      (document.adoptedStyleSheets[19]!.cssRules[0] as CSSStyleRule).style.color = 'green';
    });
    await expect.poll(() => page.evaluate(() => lab.styleOf('p', 'color')), { timeout: 15_000 }).toBe(GREEN);
  });

  test('are shared by shadow roots, those that come later too, and are sent once', async () => {
    await startWith('<x-one></x-one><x-two></x-two>', () => {
      const shared = new CSSStyleSheet();
      shared.replaceSync('p { color: red } /* */ .only-once { color: red }');
      Object.assign(window, { shared });
      for (const host of document.querySelectorAll('x-one, x-two')) {
        const root = host.attachShadow({ mode: 'open' });
        root.innerHTML = '<p>p</p>';
        root.adoptedStyleSheets = [shared];
      }
    });
    await expectColor('x-two >>> p', RED);
    await page.evaluate(() => {
      const host = document.createElement('x-three');
      host.attachShadow({ mode: 'open' }).innerHTML = '<p>p</p>';
      host.shadowRoot!.adoptedStyleSheets.push((window as unknown as { shared: CSSStyleSheet }).shared);
      document.body.append(host);
    });
    await expectColor('x-three >>> p', RED);
    expect((await page.evaluate(() => lab.wireText())).split('.only-once')).toHaveLength(2);
  });

  test('are changed while nobody has them, and are whole for who has them next', async () => {
    const show = (): void => {
      const host = document.createElement('x-one');
      host.attachShadow({ mode: 'open' }).innerHTML = '<p title=outlined>p</p>';
      host.shadowRoot!.adoptedStyleSheets = [(window as unknown as { shared: CSSStyleSheet }).shared];
      document.body.replaceChildren(host);
    };
    await startWith('', () => void Object.assign(window, { shared: new CSSStyleSheet() }));
    await page.evaluate(() => (window as unknown as { shared: CSSStyleSheet }).shared.replaceSync('p { color: red }'));
    await page.evaluate(show);
    await expectColor('x-one >>> p', RED);
    await page.evaluate(async () => {
      document.body.replaceChildren();
      (window as unknown as { shared: CSSStyleSheet }).shared.insertRule('[title="outlined"] { color: green }', 1);
      await lab.settle();
    });
    await page.evaluate(show);
    await expectColor('x-one >>> p', GREEN);
  });
});

describe('what scripts do to sheets while the page changes', () => {
  const link = (css: string): string => `data:text/css,${encodeURIComponent(css)}`;
  const look = (): Promise<void> => page.evaluate(() => lab.settle());

  test('a text is put before the text of a style whose rules a script has changed', async () => {
    await startWith('<style>p { color: red }</style><p>p</p>');
    await page.evaluate(() => document.querySelector('style')!.sheet!.insertRule('p { color: blue !important }'));
    await expectColor('p', BLUE);
    await page.evaluate(() => document.querySelector('style')!.prepend('b { color: red } '));
    await expectColor('p', RED);
    expect(await page.evaluate(() => lab.difference())).toBe('');
  });

  test('a style that imported something does so no more', async () => {
    await startWith(`<style>@import '${link('p { color: red !important }')}'; p { color: blue }</style><p>p</p>`);
    await expectColor('p', RED);
    await page.evaluate(() => (document.querySelector('style')!.textContent = 'p { color: green }'));
    await expectColor('p', GREEN);
  });

  test('a rule is edited and another one added, in one task', async () => {
    await startWith('<style>p { color: red }</style><p>p</p><b>b</b>');
    await page.evaluate(() => document.querySelector('style')!.sheet!.insertRule('b { color: red }', 1));
    await expectColor('b', RED);
    await page.evaluate(() => {
      const { sheet } = document.querySelector('style')!;
      (sheet!.cssRules[0] as CSSStyleRule).style.color = 'green';
      sheet!.insertRule('b { color: blue }', 2);
    });
    await expectColor('b', BLUE);
    await expectColor('p', GREEN);
  });

  test('rules of a style that imports others are edited, before the session and after', async () => {
    const imported = link('p { color: red; outline-color: red } b { color: green }');
    await startWith(`<style>@import '${imported}' layer(one) screen; p { color: blue }</style><p>p</p><b>b</b>`, () =>
      document.querySelector('style')!.sheet!.insertRule('p { --x: 1 }', 1),
    );
    await expectColor('b', GREEN);
    await expect.poll(() => page.evaluate(() => lab.styleOf('p', '--x'))).toBe('1');
    await expectColor('b', GREEN);
    await expectColor('p', BLUE);
    await page.evaluate(() => document.querySelector('style')!.sheet!.insertRule('p { --x: 2; color: green }', 3));
    await expectColor('p', GREEN);
    await expectColor('b', GREEN);
    await page.evaluate((url) => {
      const style = document.querySelector('style')!;
      style.textContent = `@import '${url}'; b { --y: 1 }`;
      style.sheet!.insertRule('p { color: blue }', 1);
    }, imported);
    await expectColor('p', BLUE);
    await expectColor('b', GREEN);
    expect(await page.evaluate(() => lab.styleOf('b', '--y'))).toBe('1');
  });

  test('a style is emptied, and filled by its rules, in one task', async () => {
    await startWith('<style>p { color: red }</style><p>p</p>');
    await look();
    await page.evaluate(() => {
      const style = document.querySelector('style')!;
      style.textContent = '';
      style.sheet!.insertRule('p { color: blue }');
    });
    await expectColor('p', BLUE);
  });

  test('the sheet of a link is switched off and on, and the link is none to a sheet any more', async () => {
    await startWith(`<link rel=stylesheet href="${link('p { color: red }')}"><p>p</p>`);
    await expectColor('p', RED);
    await page.evaluate(() => (document.querySelector('link')!.sheet!.disabled = true));
    await expectColor('p', BLACK);
    await page.evaluate(() => (document.querySelector('link')!.sheet!.disabled = false));
    await expectColor('p', RED);
    await page.evaluate(() => (document.querySelector('link')!.rel = 'preload'));
    await expectColor('p', BLACK);
    await page.evaluate(() => (document.querySelector('link')!.rel = 'stylesheet'));
    await expectColor('p', RED);
  });

  test('a style that is switched off is given other media and its own again', async () => {
    await startWith('<style>p { color: red }</style><p>p</p>');
    await page.evaluate(() => (document.querySelector('style')!.disabled = true));
    await expectColor('p', BLACK);
    await page.evaluate(() => {
      document.querySelector('style')!.media = 'print';
      document.querySelector('style')!.media = '';
    });
    await look();
    await expectColor('p', BLACK);
    await page.evaluate(() => (document.querySelector('style')!.disabled = false));
    await expectColor('p', RED);
  });

  test('a style becomes something else and a style again', async () => {
    await startWith('<style>p { color: red }</style><p>p</p>');
    // Its rules have been compared with its text by then.
    await page.evaluate(() => document.querySelector('style')!.sheet!.insertRule('p { --x: 1 }'));
    await expect.poll(() => page.evaluate(() => lab.styleOf('p', '--x'))).toBe('1');
    await page.evaluate(() => document.querySelector('style')!.setAttribute('type', 'text/plain'));
    await expectColor('p', BLACK);
    await page.evaluate(() => document.querySelector('style')!.removeAttribute('type'));
    await expectColor('p', RED);
  });

  test('a style is in a masked part, comes to one and leaves it, and tells its layout and no word', async () => {
    await startWith(`<section data-alongside=mask><style>/* of Ada 1 */ p { color: red; --x: "Ada 2" }</style></section>
      <aside><style type="text/css" media="screen">p { background: blue }</style></aside><p>p</p>`);
    const background = (): Promise<string> => page.evaluate(() => lab.styleOf('p', 'background-color'));
    await expectColor('p', RED);
    expect(await background()).toBe(BLUE);
    await page.evaluate(() => document.querySelector('aside')!.setAttribute('data-alongside', 'mask'));
    await look();
    await expect.poll(background).toBe(BLUE);
    await page.evaluate(() => {
      document.querySelector('section')!.removeAttribute('data-alongside');
      document.querySelector('aside')!.removeAttribute('data-alongside');
      document.querySelector('style')!.append(' p { outline-color: green }');
    });
    await expect.poll(() => page.evaluate(() => lab.styleOf('p', 'outline-color'))).toBe(GREEN);
    await expectColor('p', RED);
    expect(await background()).toBe(BLUE);
    expect(await page.evaluate(() => lab.wireText())).not.toContain('Ada 2');
  });
});
