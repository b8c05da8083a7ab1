import * as fc from 'fast-check';
import { NAMESPACES } from '../../extension/viewer/mirror/tree/allowed.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { Namespace } from '../../protocol/shapes.ts';
import { asItIs } from '../../protocol/test-random.ts';
import { createTreeWriter, type TreeWriter } from '../../protocol/tree-writer.ts';

/** What an enemy would put into a tree, and trees made of it, by chance: for a mirror that must do nothing of it. */

/** Would be noticed if it ran anywhere. */
const RUN = 'window.ran=1;alert(1)';

/** @param url of whom nobody may ask anything */
export function anyHostileValues(url: string) {
  const host = new URL(url).host;
  const address = fc.constantFrom(
    `${url}/a`,
    `//${host}/b`,
    `\\\\${host}/c`,
    `javascript:${RUN}`,
    ` java\nscript:${RUN}`,
    `data:text/html,<script>${RUN}</script>`,
    `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><image href="${url}/d"/></svg>`,
    `data:text/css,@import url(${url}/e)`,
    `blob:${url}/f`,
    `view-source:${url}/g`,
    `${url}/h 1x, ${url}/i 2x`,
    'asset:1',
    'asset:2',
    '#asset:3/x',
    '#asset:4/',
    '#id',
    '',
  );
  const cssPart = fc.oneof(
    fc.constantFrom(
      `@import "${url}/j";`,
      `@\\69mport url(${url}/k);`,
      `@import url(asset:2) layer(a);`,
      `@font-face{font-family:f;src:url(${url}/l),url("${url}/m") format("woff2")}`,
      `*{background:url(${url}/n);font-family:f}`,
      `*{background:\\75 rl(${url}/o)}`,
      `*{background:u\\72l("${url}/p")}`,
      `*{background:image-set("${url}/q" 1x)}`,
      `*{background:-webkit-image-set(url(${url}/r) 1x)}`,
      `*{background:cross-fade(url(${url}/s),url(${url}/t),50%)}`,
      `*{content:url('${url}/u');cursor:url(${url}/v),auto;mask:url(//${host}/w)}`,
      `*{filter:url(${url}/x#f);clip-path:url("${url}/y#c");list-style:url(${url}/z)}`,
      `*{background:url(/**/${url}/aa)}`,
      `*{background:url("${url}/ab\\\n")}`,
      `@property --p{syntax:"<url>";inherits:true;initial-value:url(${url}/ac)}*{background:var(--p)}`,
      `:root{--u:url(${url}/ad)}*{background:var(--u)}`,
      `@namespace svg url(${url}/ae);`,
      `@container style(--x:1){*{background:url(${url}/af)}}`,
      `@counter-style c{system:cyclic;symbols:url(${url}/ag)}*{list-style:c}`,
      `@document url(${url}/ah){*{color:red}}`,
      `*{behavior:url(${url}/ai);-moz-binding:url(${url}/aj);width:expression(${RUN})}`,
      `*{src:url(${url}/ak)}@font-palette-values --q{base-palette:url(${url}/al)}`,
      '</style><script>window.ran=1</script>',
      '<!-- { */ } -->',
      ':host{all:unset}html,body{display:none!important}',
      '*{animation:a 1ms infinite}@keyframes a{to{background:url(asset:1)}}',
      '@media all{@supports (a:b){@layer x{:hover{color:red}',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  const css = fc.array(cssPart, { maxLength: 4 }).map((parts) => parts.join(''));
  const name = fc.constantFrom(
    ...'body head documentElement createElement querySelector firstChild parentNode childNodes attributes nodeType getAttribute setAttribute defaultView location cookie submit action elements __proto__ constructor toString then'.split(
      ' ',
    ),
  );
  const value = fc.oneof(
    { arbitrary: address, weight: 4 },
    { arbitrary: css, weight: 2 },
    { arbitrary: name, weight: 1 },
    {
      arbitrary: fc.constantFrom(
        RUN,
        '0;url=' + url,
        '1',
        '-1',
        '1e9',
        '100%',
        'open',
        'auto',
        '{"a":1}',
        '\u202e\u2066',
      ),
      weight: 2,
    },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 20 }), weight: 1 },
  );
  return { value: value.map(writable), css: css.map(writable) };
}

const HTML_TAGS =
  'html head body base meta link style script noscript template title iframe frame frameset object embed applet portal fencedframe img picture source video audio track canvas map area a form input button select option optgroup selectedcontent textarea label fieldset details summary dialog table tbody tr td col colgroup slot marquee bgsound isindex keygen plaintext xmp listing nobr image menu p div span font-face x-evil';
const SVG_TAGS =
  'svg g defs symbol use a image script style foreignObject animate set animateMotion animateTransform mpath feImage filter linearGradient pattern mask marker text textPath title desc view cursor handler listener iframe metadata switch path rect';
const MATHML_TAGS =
  'math mi mn mo ms mtext maction semantics annotation annotation-xml mglyph malignmark mrow mtable msup';
const ATTRIBUTES =
  'href xlink:href src srcset imagesrcset srcdoc data poster background style action formaction ping http-equiv content charset code codebase archive manifest profile cite longdesc usemap onclick onload onerror onfocus onbegin ontoggle onbeforetoggle onanimationstart onpointerover onscrollend oncontentvisibilityautostatechange id name class is slot part exportparts type value list form target rel as media sizes autofocus autoplay contenteditable tabindex accesskey popover popovertarget command commandfor interestfor open hidden inert draggable translate lang dir title xmlns xmlns:xlink xml:base xml:lang attributeName attributeType to from by values begin dur repeatCount fill stroke filter mask clip-path marker-start cursor d points width height viewBox x y rotate transform actiontype encoding definitionurl shadowrootmode shadowrootserializable data-x data-alongside-mark data-alongside-hover data-alongside-focus aria-label role nonce integrity crossorigin sandbox allow allowfullscreen csp loading fetchpriority blocking itemtype ref';

type Names = fc.Arbitrary<string>;
const oneOf = (names: string): Names => fc.constantFrom(...names.split(' '));
/** Names that no parser would make: whatever the wire can carry. */
const anyName: Names = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8 })
  .map((text) => text.replaceAll(/[\p{Cc} ]/gu, '') || 'x');
const TAGS: Readonly<Record<Namespace, Names>> = {
  html: oneOf(HTML_TAGS),
  svg: oneOf(SVG_TAGS),
  mathml: oneOf(MATHML_TAGS),
};

/** U+0001 stands between texts on the wire: with it the message would only be malformed. */
function writable(text: string): MaskedText {
  return text.replaceAll('\u0001', '') as MaskedText;
}

export interface HostileElement {
  readonly namespace: Namespace;
  readonly tag: string;
  readonly attributes: Readonly<Record<string, MaskedText>>;
  readonly shadow: readonly HostilePart[] | null;
  readonly children: readonly HostilePart[];
}
export type HostilePart = HostileElement | MaskedText;

/** A whole picture and what is changed in it afterwards. */
export interface HostileTree {
  readonly parts: readonly HostilePart[];
  readonly changes: readonly (readonly [node: NodeId, name: string, value: MaskedText | null])[];
  readonly texts: readonly (readonly [node: NodeId, value: MaskedText])[];
  readonly fields: readonly (readonly [node: NodeId, value: MaskedText])[];
}

export function anyHostileTree(url: string): fc.Arbitrary<HostileTree> {
  const { value, css } = anyHostileValues(url);
  const namespaces = Object.keys(NAMESPACES) as Namespace[];
  const attributeName = fc.oneof({ arbitrary: oneOf(ATTRIBUTES), weight: 12 }, { arbitrary: anyName, weight: 1 });
  const attributes = fc.dictionary(attributeName, value, { maxKeys: 5, noNullPrototype: true });
  // Mostly where it belongs; sometimes the tag of another namespace.
  const named = fc.constantFrom(...namespaces).chain((namespace) =>
    fc.record({
      namespace: fc.constant(namespace),
      tag: fc.oneof(
        { arbitrary: TAGS[namespace], weight: 8 },
        { arbitrary: fc.oneof(TAGS.html, TAGS.svg, TAGS.mathml), weight: 3 },
        { arbitrary: anyName, weight: 1 },
      ),
    }),
  );
  const text = fc.oneof(css, value);
  const { part } = fc.letrec<{ part: HostilePart; parts: readonly HostilePart[] }>((tie) => ({
    parts: fc.array(tie('part'), { maxLength: 4 }),
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      fc
        .tuple(named, attributes, fc.option(tie('parts'), { freq: 8 }), tie('parts'))
        .map(([name, given, shadow, children]) => ({ ...name, attributes: given, shadow, children })),
    ),
  }));
  const node = fc.integer({ min: 2, max: 7 }).map((number) => number as NodeId);
  return fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 6 }),
    changes: fc.array(fc.tuple(node, attributeName, fc.option(value, { nil: null })), { maxLength: 3 }),
    texts: fc.array(fc.tuple(node, text), { maxLength: 1 }),
    fields: fc.array(fc.tuple(node, value), { maxLength: 1 }),
  });
}

/** Bodies of `tree` messages: the picture in a page's body, then each change by itself, because any may not fit. */
export function hostileBodies({ parts, changes, texts, fields }: HostileTree): Uint8Array[] {
  const picture = createTreeWriter(asItIs);
  picture.openRun(1 as NodeId, 0 as NodeId);
  const body: HostileElement = { ...PLAIN, tag: 'body', children: parts };
  put(picture, { ...PLAIN, tag: 'html', children: [{ ...PLAIN, tag: 'head' }, body] }, null);
  picture.closeRun();
  return [
    picture.finish(),
    ...changes.map(([node, name, value]) => batch((writer) => writer.attribute(node, name, value))),
    ...texts.map(([node, value]) => batch((writer) => writer.data(node, value))),
    ...fields.map(([node, value]) => batch((writer) => writer.fieldValue(node, value))),
  ];
}

const PLAIN: HostileElement = { namespace: 'html', tag: 'p', attributes: {}, shadow: null, children: [] };
/** Of which an element may have a shadow root at all: elsewhere the picture would only be refused. */
const HOSTS = /^(?:article|div|p|section|span|x-evil)$/u;

function batch(write: (writer: TreeWriter) => void): Uint8Array {
  const writer = createTreeWriter(asItIs);
  write(writer);
  return writer.finish();
}

function put(writer: TreeWriter, part: HostilePart, under: Parameters<TreeWriter['text']>[0]): void {
  if (typeof part === 'string') {
    writer.text(under, part);
    return;
  }
  const { namespace, tag, attributes, children } = part;
  const shadow = namespace === 'html' && HOSTS.test(tag) ? part.shadow : null;
  const shape = writer.define(namespace, tag, Object.keys(attributes));
  const hasContent = children.length > 0 || shadow !== null;
  writer.openElement(shape, Object.values(attributes), hasContent);
  if (shadow !== null) {
    writer.openShadow();
    for (const child of shadow) put(writer, child, null);
    writer.close();
  }
  for (const child of children) put(writer, child, shape);
  if (hasContent) writer.close();
}
