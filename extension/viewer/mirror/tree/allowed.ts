import { SAID_PREFIX, type Namespace } from '../../../../protocol/shapes.ts';

/**
 * What the mirror may be made of, judged on arrival: what the other side cleaned counts for nothing. Elements and
 * attributes that are not on these lists are replaced or left out.
 */
export const NAMESPACES: Record<Namespace, string> = {
  html: 'http://www.w3.org/1999/xhtml',
  svg: 'http://www.w3.org/2000/svg',
  mathml: 'http://www.w3.org/1998/Math/MathML',
};

/** The HTML standard's index of elements, and the old ones pages still use, without those that load, run or embed. */
const HTML = new Set(
  (
    'html head title body address article aside footer header h1 h2 h3 h4 h5 h6 hgroup main nav section search ' +
    'blockquote dd div dl dt figcaption figure hr li menu ol p pre ul a abbr b bdi bdo br cite code data dfn em i kbd mark ' +
    'q rp rt ruby s samp small span strong sub sup time u var wbr area img map picture source video audio track canvas ' +
    'iframe del ins caption col colgroup table tbody td tfoot th thead tr button datalist fieldset form input label legend ' +
    'meter optgroup option output progress select selectedcontent textarea details dialog summary slot style ' +
    'acronym big center dir font frame frameset marquee nobr strike tt rb rtc basefont xmp listing plaintext noscript'
  ).split(' '),
);
const SVG = new Set(
  (
    'svg g defs desc title symbol use switch path rect circle ellipse line polyline polygon text tspan textPath image ' +
    'linearGradient radialGradient stop pattern clipPath mask marker filter view foreignObject style a metadata ' +
    'feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap ' +
    'feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology ' +
    'feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence'
  ).split(' '),
);
const MATHML = new Set(
  (
    'math mi mn mo ms mspace mtext menclose merror mfenced mfrac mpadded mphantom mroot mrow msqrt mstyle mmultiscripts ' +
    'mover mprescripts msub msubsup msup munder munderover mtable mtd mtr none semantics annotation annotation-xml'
  ).split(' '),
);
const CUSTOM_ELEMENT = /^[a-z][^\s/>\0]*-[^\s/>\0]*$/u;

/** Keeps its place among its siblings and shows nothing, whatever is put into it. */
const INERT = 'template';

/** Stands for a name on no list. */
export const UNKNOWN = 'span';

/** They show a picture, or something in its place, and never what would run. */
const EMBEDDED = new Set(['object', 'embed', 'applet']);

/** The name of the element to build in place of what the page has. A sheet's `<link>` becomes the `<style>` it stands for. */
export function elementToBuild(namespace: Namespace, tag: string): string {
  if (namespace === 'svg') return SVG.has(tag) ? tag : 'g';
  if (namespace === 'mathml') return MATHML.has(tag) ? tag : 'mrow';
  if (tag === 'link') return 'style';
  if (EMBEDDED.has(tag)) return 'img';
  if (HTML.has(tag) || CUSTOM_ELEMENT.test(tag)) return tag;
  return RUNS_OR_LOADS.has(tag) ? INERT : UNKNOWN;
}

const RUNS_OR_LOADS = new Set(['script', 'template', 'base', 'meta', 'param', 'noembed', 'noframes', 'portal']);

export type AttributeFate = 'keep' | 'drop' | 'asked' | 'css' | 'media' | 'picture' | 'link' | 'use' | 'said';

const PICTURES = new Set(['src', 'poster', 'background']);
const WITH_SRC = new Set(['img', 'input', 'embed']);
const LINKS = new Set(['href', 'xlink:href']);
/** They load, send or run: no page's recording tells them. */
const DROPPED = new Set('srcdoc srcset imagesrcset sizes action ping nonce integrity crossorigin xml:base'.split(' '));
/**
 * What styles go by (`a[target=_blank]::after`) and the mirror must not have, for it loads, sends, steals the focus or
 * opens something, is there under this name; sheets are made to ask for it (states-css.ts).
 */
export const ASKED_PREFIX = 'data-alongside-a-';
const ONLY_ASKED = new Set(
  (
    'target rel download loading autocomplete autofocus popovertarget popovertargetaction commandfor command ' +
    'interestfor usemap accesskey is formaction formmethod formtarget http-equiv content codebase classid archive ' +
    'manifest profile cite longdesc ismap autoplay referrerpolicy fetchpriority sandbox allow allowfullscreen csp ' +
    'shadowrootmode dynsrc lowsrc attributionsrc'
  ).split(' '),
);
/** The same, though the mirror has them too: links that lead nowhere, popovers that do not close, what only some have. */
const ALSO_ASKED = new Set(['href', 'popover', 'name', 'controls']);
export const ASKED = [...ONLY_ASKED, ...ALSO_ASKED];
/** `document.NAME` finds these by their `name`, before its own methods. */
const NAMED_ON_DOCUMENT = new Set(['form', 'img', 'iframe', 'embed', 'object', 'frame']);

export function isAsked(fate: AttributeFate, name: string): boolean {
  return fate === 'asked' || ALSO_ASKED.has(name);
}

/** What becomes of an attribute on an element of the page. */
export function attributeFate(namespace: Namespace, tag: string, name: string): AttributeFate {
  if (ONLY_ASKED.has(name)) return 'asked';
  if (name.startsWith(SAID_PREFIX)) return 'said';
  if (name.startsWith('on') || name.startsWith('data-alongside-') || DROPPED.has(name)) return 'drop';
  if (name === 'style') return 'css';
  // Titles make alternative sets of sheets; which one is on is said in `media`.
  if (name === 'title' && (tag === 'style' || tag === 'link')) return 'drop';
  if (name === 'media' && (tag === 'style' || tag === 'link')) return 'media';
  // The browser's own would say that nothing plays.
  if (name === 'controls' && tag === 'video') return 'asked';
  if (name === 'name' && NAMED_ON_DOCUMENT.has(tag)) return 'asked';
  if (name === 'data') return tag === 'object' ? 'picture' : 'drop';
  if (PICTURES.has(name)) return name !== 'src' || WITH_SRC.has(tag) ? 'picture' : 'drop';
  if (LINKS.has(name)) return linkFate(namespace, tag);
  // SVG's presentation attributes may point somewhere: `fill="url(https://…)"`.
  return namespace === 'svg' ? 'css' : 'keep';
}

function linkFate(namespace: Namespace, tag: string): AttributeFate {
  if (namespace === 'svg' && tag === 'use') return 'use';
  if (namespace === 'svg') return tag === 'image' ? 'picture' : 'link';
  if (tag === 'a' || tag === 'area') return 'link';
  return tag === 'link' ? 'drop' : 'asked';
}

const XML_PREFIXES: Record<string, string> = {
  xlink: 'http://www.w3.org/1999/xlink',
  xml: 'http://www.w3.org/XML/1998/namespace',
};

/** The namespace of a prefixed SVG attribute, or `null`. */
export function attributeNamespace(name: string): string | null {
  return XML_PREFIXES[name.split(':', 1)[0] ?? ''] ?? null;
}
