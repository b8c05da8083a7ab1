import { MAX_STRING_UNITS } from '../../protocol/limits.ts';
import { TEXT_SEPARATOR, type MaskedText } from '../../protocol/masked-text.ts';
import { joinMasked, maskedValue } from './masked-text.ts';

/**
 * What masking let through is looked at once more: masked values that turn up elsewhere (a page that shows a typed
 * password again, or writes it into a label), payment cards, account numbers, national IDs, and what the site itself
 * describes. Values are remembered here, for as long as the session lives, and nowhere else; out goes how many.
 */
export interface LastLook {
  /**
   * @param before what the same field said, as the last call returned it: key by key, one value grows out of another
   * @returns the longest of those that have grown out of each other
   */
  remember(secret: string, before?: string): string;
  /** A masked text: remembered only if it looks like a value, or every "Total" would be taken out. */
  rememberText(text: string, isOfSheet?: boolean): void;
  /** Everything textual in something masked, `top` included. */
  rememberWithin(top: Node): void;
  /** Something masked, if it is a field: what it says now is remembered, and what it will say. */
  watch(field: Element): void;
  /** It is masked no more. */
  forget(field: Element): void;
  /** What masked fields have come to say, before anything is told in which it may turn up. */
  learn(isMasked: (field: Element) => boolean): void;
  /** Components and frames, in which something may be masked that is told before they are read. */
  rootsIn(document: Document): readonly (Document | ShadowRoot)[];
  /**
   * @param walker goes through what is masked
   * @param style gives what of a masked element's style is shown; nothing, until it is here
   * @param fields keeps an eye on masked fields
   * @param parts finds a value in several texts
   */
  setFinder(finder: Finder, walker?: Walker, style?: StyleMask, fields?: MaskedFields, parts?: PartsFinder): void;
  /**
   * Elements around what has changed whose texts say a masked value together, each of them a part of it.
   * @param isSecret whether a masked field is so by its looks: of these, short numbers are known as well
   */
  partsAround(changed: Iterable<Node>, isSecret: (field: Element) => boolean): Iterable<Element>;
  /** Of a masked element's style: its layout, and what else it says is remembered. */
  maskStyle(raw: string, element: Element): MaskedText;
  /** Only masked values: for what holds no text for people, such as classes and style sheets. */
  look(text: MaskedText): MaskedText;
  /** All of it: for texts, values and titles. */
  lookClosely(text: MaskedText): MaskedText;
  /**
   * A whole column of a batch at once, as it is about to leave: what is looked for stands between two separators or not
   * at all, and one look over a long text costs a fraction of many looks over short ones.
   * @param name the column's, as shapes.ts has it
   * @param texts with a separator between each two, as they are returned
   */
  lookThrough(name: string, texts: MaskedText): MaskedText;
  /** An element that agents do not see. */
  countElement(element: Element): void;
  /** How many elements and values have been hidden from the agent. */
  readonly count: number;
}

export interface Finder {
  /**
   * Finds what was masked elsewhere, or is secret by its looks alone.
   * @param text one, or several with a separator between each two, across which only parts of a masked value are found
   * @param hide gives what stands in its place
   * @param known what was masked, in small letters, and how much of its beginning was masked by itself; another map when
   * it is more
   * @param column where it stands, as shapes.ts has it: not everywhere somebody would read a number
   */
  find(text: string, hide: (value: string) => string, known: Known, column: string): string;
  /** Whether texts, with a separator between each two, say a masked value together that none of them says alone. */
  isSplit(texts: string, known: Known): boolean;
}
/** Elements around `changed` of which `isSplit` holds. */
type PartsFinder = (changed: Iterable<Node>, isSplit: (texts: string) => boolean) => Iterable<Element>;

/** Tells a last look of all texts and values in something masked. */
type Walker = (top: Node, lastLook: Remembering) => void;
type StyleMask = (raw: string, lastLook: Pick<LastLook, 'rememberText'>, element: Element) => MaskedText;
export type Remembering = Pick<LastLook, 'remember' | 'rememberText' | 'maskStyle' | 'watch'>;

/** Fields whose values are looked at again and again. */
export interface MaskedFields {
  watch(field: Element, lastLook: Remembering): void;
  forget(field: Element): void;
  learn(isMasked: (field: Element) => boolean, lastLook: Remembering): void;
  rootsIn: LastLook['rootsIn'];
  /** Elements among what has changed that say a number and nothing else which is too short to be looked for in texts. */
  echoes(changed: Iterable<Node>, isSecret: (field: Element) => boolean): Iterable<Element>;
}

export type Known = ReadonlyMap<string, number>;

/** What a sheet says in its rules is remembered as they are told (rules/masked-sheet.ts). */
const RULES = /[{@]/u;
/** Shorter ones would be found in every second word. */
const MIN_SECRET_UNITS = 4;
const MAX_SECRETS = 500;
/** Apart, so that a table of masked numbers does not push out a password. */
const MAX_TEXTS = 2_000;
const MAX_TEXT_UNITS = 60;
/** What long texts were before they were changed somewhere: the last ones, for each is as good as the next. */
const MAX_DRAFTS = 50;
const MAX_COUNTED = 10_000;

export function createLastLook(): LastLook {
  const secrets = new Map<string, number>();
  const texts = new Map<string, number>();
  const drafts = new Map<string, number>();
  let known: Known | null = null;
  const found = new Set<string>();
  const elements = new WeakSet<Element>();
  let elementCount = 0;
  let finder: Finder = { find: (text) => text, isSplit: () => false };
  let findParts: PartsFinder = () => [];
  let walk: Walker = () => {};
  let layoutOf: StyleMask = maskedValue;
  let masked: MaskedFields | null = null;

  /** @param units of its beginning that are masked by themselves */
  function keep(secret: string, units: number, among: Map<string, number>, max: number): void {
    if (units < MIN_SECRET_UNITS) return;
    const before = among.get(secret) ?? Infinity;
    if (units < before) known = null;
    among.delete(secret);
    // The newest matter most: they are on the page now.
    if (among.size >= max) among.delete(among.keys().next().value as string);
    among.set(secret, Math.min(units, before));
  }

  function remember(secret: string, before = ''): string {
    const now = asInText(secret);
    if (before.startsWith(now)) {
      keep(before, now.length, secrets, MAX_SECRETS);
      return before;
    }
    const units = secrets.get(before);
    const hasGrown = units !== undefined && now.startsWith(before);
    if (hasGrown || before.length > MAX_TEXT_UNITS) secrets.delete(before);
    if (!hasGrown && units !== undefined && before.length > MAX_TEXT_UNITS) keep(before, units, drafts, MAX_DRAFTS);
    keep(now, hasGrown ? units : now.length, secrets, MAX_SECRETS);
    return now;
  }

  function hide(value: string): string {
    if (found.size < MAX_COUNTED) found.add(value);
    return maskedValue(value);
  }

  function allKnown(): Known {
    return (known ??= new Map([...texts, ...drafts, ...secrets]));
  }

  function search(text: string, column: string): string {
    return finder.find(text, hide, allKnown(), column);
  }

  const lastLook: LastLook = {
    remember,
    rememberText(text, isOfSheet = false) {
      if (isOfSheet && RULES.test(text)) return;
      if (text.length > MAX_TEXT_UNITS || !/[\d@]/u.test(text)) return;
      const plain = asInText(text);
      keep(plain, plain.length, texts, MAX_TEXTS);
    },
    rememberWithin: (top) => walk(top, lastLook),
    watch: (field) => masked?.watch(field, lastLook),
    forget: (field) => masked?.forget(field),
    learn: (isMasked) => masked?.learn(isMasked, lastLook),
    rootsIn: (document) => masked?.rootsIn(document) ?? [],
    setFinder(another, walker = walk, style = layoutOf, fields = masked as MaskedFields, parts = findParts) {
      finder = another;
      walk = walker;
      layoutOf = style;
      masked = fields;
      findParts = parts;
    },
    partsAround: (changed, isSecret) => [
      ...(masked?.echoes(changed, isSecret) ?? []),
      ...(allKnown().size === 0 ? [] : findParts(changed, (joined) => finder.isSplit(joined, allKnown()))),
    ],
    maskStyle: (raw, element) => layoutOf(raw, lastLook, element),
    look: (text) => within(search(text, '#style'), Math.max(text.length, MAX_STRING_UNITS)),
    lookClosely: (text) => within(search(text, '#p')),
    lookThrough(name, texts) {
      const looked = search(texts, name);
      return looked === texts ? texts : joinMasked(looked.split(TEXT_SEPARATOR).map((text) => within(text)));
    },
    countElement(element) {
      if (elements.has(element)) return;
      elements.add(element);
      elementCount += 1;
    },
    get count() {
      return elementCount + found.size;
    },
  };
  return lastLook;
}

/** As it would stand in a text that has been cleared, in small letters. */
function asInText(secret: string): string {
  return secret.replaceAll(TEXT_SEPARATOR, '').trim().toLowerCase();
}

/** Asterisks may be longer than what they stand for. */
function within(text: string, maxUnits = MAX_STRING_UNITS): MaskedText {
  return (text.length > maxUnits ? text.slice(0, maxUnits) : text) as MaskedText;
}
