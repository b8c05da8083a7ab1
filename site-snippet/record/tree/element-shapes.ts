import type { Namespace } from '../../../protocol/shapes.ts';
import { MAX_ATTRIBUTES_PER_NODE } from '../../../protocol/limits.ts';
import { isRewritten } from './attributes.ts';
import { mayBeParked } from './parked.ts';
import { namespaceOf } from './namespaces.ts';
import type { RawShape, RawSink } from '../raw-sink.ts';

/** What recording does with an element of one tag and one tuple of attribute names; found out once for each. */
export interface ElementPlan {
  readonly shape: RawShape;
  /** The attributes to read, parallel to `shape.columns`. */
  readonly names: readonly string[];
  /** Attributes that are not sent as they stand, parallel to `names`. */
  readonly rewritten: readonly boolean[];
  /** So are texts in it. */
  readonly rewritesText: boolean;
  /** It has, or may get, state that markup does not show: fields, sheets, dialogs. */
  readonly noted: boolean;
  readonly mayHostShadow: boolean;
  /** It may have to be an empty box, by its own word. */
  readonly mayBeBoxed: boolean;
  /** Its children are not the mirror's business. */
  readonly opaque: boolean;
  /** Nor are they while they only wait in it. */
  readonly mayBeParked: boolean;
  /** The first was one that a script has put where no drawing is around it: each is to be asked for its namespace. */
  readonly mayBeForeign: boolean;
}

export interface ElementPlans {
  /** Before each batch: shapes of an older dictionary must not be used. */
  renew(): void;
  /** @param element one that looks so */
  of(namespace: Namespace, tag: string, names: readonly string[], element: Element): ElementPlan;
}

interface Latest {
  readonly namespace: Namespace;
  readonly names: readonly string[];
  readonly plan: ElementPlan;
}

interface Step {
  plan: ElementPlan | null;
  readonly next: Map<string, Step>;
}

/** A tree of attribute names, walked name by name: no strings are built for an element seen before. */
export function createElementPlans(sink: RawSink): ElementPlans {
  const roots: Record<Namespace, Map<string, Step>> = { html: new Map(), svg: new Map(), mathml: new Map() };
  let dictionaryNumber = sink.dictionaryNumber;
  /** By tag: most elements look like the last one of their tag, and comparing names beats looking them up. */
  let latest = new Map<string, Latest>();

  function find(namespace: Namespace, tag: string, names: readonly string[], element: Element): ElementPlan {
    let step = stepInto(roots[namespace], tag);
    for (const name of names) step = stepInto(step.next, name);
    step.plan ??= makePlan(sink, namespace, tag, names, element);
    return step.plan;
  }

  return {
    renew() {
      if (dictionaryNumber === sink.dictionaryNumber) return;
      dictionaryNumber = sink.dictionaryNumber;
      latest = new Map();
      for (const root of Object.values(roots)) root.clear();
    },
    of(namespace, tag, names, element) {
      const last = latest.get(tag);
      if (last !== undefined && last.namespace === namespace && isSame(last.names, names)) return last.plan;
      const plan = find(namespace, tag, names, element);
      latest.set(tag, { namespace, names, plan });
      return plan;
    },
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}

function stepInto(level: Map<string, Step>, name: string): Step {
  let step = level.get(name);
  if (step === undefined) {
    step = { plan: null, next: new Map() };
    level.set(name, step);
  }
  return step;
}

function makePlan(
  sink: RawSink,
  namespace: Namespace,
  tag: string,
  names: readonly string[],
  element: Element,
): ElementPlan {
  const safeTag = isWritable(tag) ? tag : 'unknown';
  const kept = names.filter((name) => isRecordedAttribute(tag, name)).slice(0, MAX_ATTRIBUTES_PER_NODE);
  return {
    shape: sink.define(namespace, safeTag, kept),
    names: kept,
    rewritten: kept.map((name) => isRewritten(tag, name)),
    rewritesText: tag === 'style',
    // An image without an address shows what `srcset` or `<picture>` says.
    noted:
      NOTED.has(tag) ||
      (tag === 'img' && !names.includes('src')) ||
      tag.includes('-') ||
      names.some((name) => /^(?:popover|is|contenteditable|interestfor)$/u.test(name)),
    mayBeBoxed: names.includes('data-alongside'),
    opaque: isOpaque(tag),
    mayBeParked: mayBeParked(tag, names),
    mayHostShadow: mayHostShadow(tag),
    mayBeForeign: namespaceOf(element) !== namespace,
  };
}

/** Elements whose content never shows as markup: scripts, and what the browser replaces. */
const OPAQUE = new Set(
  // The browser fills `selectedcontent` from the chosen option, in the mirror as well: from what is masked there.
  'script noscript template iframe object embed noembed noframes audio selectedcontent'.split(' '),
);
const BARE = new Set('script noscript template meta base'.split(' '));
/** Never of use to the mirror, and some of them are the page's secrets. */
const NEVER = new Set('nonce integrity crossorigin srcdoc srcset imagesrcset sizes ping action'.split(' '));
const NOT_ON = new Map([
  ['source', new Set(['src', 'srcset'])],
  ['iframe', new Set(['src'])],
  ['frame', new Set(['src'])],
  ['audio', new Set(['src'])],
  ['video', new Set(['src'])],
  ['track', new Set(['src'])],
  ['link', new Set(['href'])],
]);

const NOTED = new Set(
  'input textarea select link style canvas video iframe frame dialog animate animateTransform animateMotion set'.split(
    ' ',
  ),
);
/** Custom elements aside, only these may host a shadow root (DOM standard, "attachShadow"). */
const SHADOW_HOSTS = new Set(
  'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '),
);

/** The mere presence of such an attribute says what was chosen. */
export function tellsState(name: string): boolean {
  return name === 'selected' || name === 'checked';
}

export function mayHostShadow(tag: string): boolean {
  return SHADOW_HOSTS.has(tag) || tag.includes('-');
}

export function isOpaque(tag: string): boolean {
  return OPAQUE.has(tag);
}

/** Whether an attribute is sent at all; the same question for a first picture and a later change. */
export function isRecordedAttribute(tag: string, name: string): boolean {
  if (BARE.has(tag) || NEVER.has(name) || name.startsWith('on') || !isWritable(name)) return false;
  return NOT_ON.get(tag)?.has(name) !== true;
}

const SPACE = 0x20;

/** Names are written with spaces between them and control characters around them. */
function isWritable(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) if (name.charCodeAt(at) <= SPACE) return false;
  return name.length > 0 && name.length <= 200;
}
