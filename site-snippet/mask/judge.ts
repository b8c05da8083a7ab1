import { autofillSaid } from '../../protocol/autofill.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import type { Secret } from '../../protocol/secret-words.ts';
import {
  attributeOf,
  contains,
  documentOf,
  findAll,
  isDocument,
  isElement,
  isShown,
  matches,
  nameOf,
  outerOf,
  parentOf,
  rootOf,
  shadowOf,
} from '../native.ts';
import type { LastLook } from './last-look.ts';
import { joinMasked, maskedValue } from './masked-text.ts';

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | Editor;
/** What pages have people type in that is no form's field. */
type Editor = HTMLElement & { readonly type?: undefined };

/**
 * What an agent may see and do, as bits: what holds for an element by itself, or for everything below it. The stricter
 * wins along the way up the tree, and whatever cannot be judged is masked. docs/rules.md has the order.
 */
export type Treatment = number;
export const CLEAR: Treatment = 0;
export const TREATED = {
  /** Asterisks. */
  MASK: 1,
  /** An empty box. */
  HIDE: 2,
  /** `show` does not undo it. */
  FIXED: 4,
  /** An administrator's `show`: what only looks sensitive is shown. */
  SHOWN: 8,
  /** The page's own `show`. */
  PAGE_SHOWN: 16,
  /** The agent may see it, and may not type there. */
  UNEDITABLE: 32,
  /** The agent may not click it, nor anything that would set it off. */
  UNCONTROLLABLE: 64,
  /** It looks like a secret; masked unless an administrator shows it. */
  LIKELY: 128,
} as const;
const { MASK, HIDE, FIXED, SHOWN, PAGE_SHOWN, UNEDITABLE, UNCONTROLLABLE, LIKELY } = TREATED;
/** What reaches from an element to everything below it as recording sees it. */
const INHERITED = MASK | HIDE | FIXED | SHOWN;
const UNJUDGED: Treatment = MASK | FIXED | UNCONTROLLABLE;

/** Nothing of its texts and values may leave. */
export function isVeiled(treatment: Treatment): boolean {
  return (treatment & (MASK | HIDE)) !== 0;
}

/** Why, for the agent: what a box says when the pointer rests on it. */
export type Reason = Secret | 'rule' | 'customer';

/** The site's rules, as far as they match something: mask/rules/. */
export interface RuleMatches {
  /** `TREATED` bits of an element's own. */
  of(element: Element): Treatment;
  /** Nothing of the page matches any. */
  readonly isEmpty: boolean;
  /** What a field looks like, or an element of the page's own kind that may be one; rules aside. */
  likely(field: Element): Secret | null;
  /** Everything that matches now. */
  all(): Iterable<Element>;
  /** A shadow root, or a frame's document, is about to be shown. */
  adopt(root: ParentNode & Node): void;
  /**
   * Looks at what has changed.
   * @param hasChanged whether the page may say something else now than the last time
   * @returns the elements that are treated differently now
   */
  update(hasChanged: boolean): readonly Element[];
  /** What is as secret as a masked field, and stands elsewhere (rules/beside-lists.ts). */
  beside(isMasked: (field: Element) => boolean): readonly Element[];
}

/** How texts are told, once that is known: mask/rules/. */
export interface Clearing {
  /**
   * A whole column of texts that agents may see, without what no eye sees on the page.
   * @returns them with a separator between each two
   */
  column(name: string, raw: readonly string[]): MaskedText;
  /** The text of a style sheet under a mask. */
  sheet(raw: string, lastLook: Pick<LastLook, 'rememberText'>): MaskedText;
}

/** Asked before each batch in which something has changed. @returns whether it is to be asked no more */
export type Follow = (hide: Judge['hide']) => boolean;

export interface Judge {
  /** Until another is set, nothing of any text is clear. */
  clearing: Clearing;
  /** What holds below `element`, which stands in something treated `under`. `CLEAR`: shown. */
  below(element: Element, under: Treatment): Treatment;
  /** The same of a node where it stands. Parents are judged once until something changes. */
  of(node: Node | null): Treatment;
  /** What holds for the children of `parent`, which is treated `under`: its slots may stand under a mask of the component's. */
  inside(parent: Node | null, under?: Treatment): Treatment;
  /** A slot of `host` is under a mask: whatever is put into its slots goes by that. @returns whether that is new */
  veilSlots(host: Element, treatment: Treatment): boolean;
  /** What `of` would say of a field, for who has gone the whole way down to it. */
  place(field: Element, treatment: Treatment): void;
  /** As `of`, with nothing remembered: for what happens between two looks at the page. */
  fresh(node: Node | null): Treatment;
  /** The element's own reasons alone. */
  own(element: Element): Treatment;
  reason(element: Element): Reason;
  /** Whether an element of the page's own kind holds a secret: it says so as a field would, or a field in it does. */
  holdsSecret(custom: Element): boolean;
  /** The site's rules or the customer name elements of the page, whatever their tags and attributes. */
  readonly hasNames: boolean;
  /** They name this very one. */
  isNamed(element: Element): boolean;
  adopt(root: ParentNode & Node): void;
  /** `null`: none are known yet, and all fields are masked. */
  setRules(rules: RuleMatches | null): void;
  /**
   * The customer does not want the agent to see this, or it says what is masked elsewhere.
   * @param followerOf gives who looks for what has come in its place
   * @param why the customer's wish, if nothing is said
   */
  hide(element: Element, followerOf: (element: Element) => Follow, why?: Reason): void;
  /** What agents do not see, each by itself and not what stands in it. */
  veiled(): readonly Element[];
  /** Something on the page has changed: what was found out does not hold any more. */
  changed(): void;
  /** A batch begins. @returns the elements of that document that are treated differently now */
  begin(document: Document): readonly Element[];
}

/** Attributes a judgement may depend on, the site's rules aside. */
export const JUDGED_ATTRIBUTES =
  /^(?:data-alongside|contenteditable|type|list|autocomplete|name|id|placeholder|title|label|role|aria-(?:label|desc|placeholder|controls|owns).*|data-placeholder|formcontrolname|ng-model|maxlength|inputmode|pattern)$/u;
/** Fields: their values, checks and selections are asked about once more. And what they suggest. */
export const JUDGED_TAGS = new Set(['input', 'textarea', 'select', 'datalist']);
const JUDGED_BY = ['data-alongside', 'contenteditable', 'role'];

/** Whether an element of this tag and these attributes can have a reason of its own to be masked. */
export function mayBeJudged(tag: string, attributes: readonly string[]): boolean {
  return JUDGED_TAGS.has(tag) || JUDGED_BY.some((name) => attributes.includes(name));
}

/** @param rules the site's; `null` while they are not known */
export function createJudge(rules: RuleMatches | null): Judge {
  /** A password stays one when the page flips its type to text. */
  const oncePasswords = new WeakSet<Element>();
  /** By the customer, or for what it stands beside. It stays so should it come back, and nobody keeps it for that. */
  const hidden = new WeakMap<Element, Reason>();
  /** The same, with who looks for what comes in its place. There is always one that still looks, once there was any. */
  const following = new Map<WeakRef<Element>, Follow | null>();
  /** What has been found out about parents while the tree stands still. */
  const judged = new Map<Node, Treatment>();
  /** What fields come to by themselves, which takes longest of all to find out. */
  const fields = new Map<Element, Treatment>();
  /** What they come to where they stand. */
  const placed = new Map<Element, Treatment>();
  /** By their hosts. Only ever for the stricter: a mask that goes may come back. */
  const slots = new WeakMap<Node, Treatment>();
  let hasSlots = false;
  let hasChanged = false;
  let known = rules;
  /** Shadow roots and frames' documents, for rules that come later. */
  const roots = new Set<ParentNode & Node>();
  let renewed: Element[] = [];

  function changed(): void {
    hasChanged = true;
    judged.clear();
    fields.clear();
    placed.clear();
  }

  function own(element: Element): Treatment {
    if (!isField(element)) return ownNow(element);
    let treatment = fields.get(element);
    if (treatment === undefined) {
      treatment = ownNow(element);
      fields.set(element, treatment);
    }
    return treatment;
  }

  function ownNow(element: Element): Treatment {
    try {
      const attribute = attributeOf(element, 'data-alongside');
      let treatment = attribute === null ? CLEAR : wordsOf(attribute);
      if (following.size > 0 && hidden.has(element)) treatment |= MASK | FIXED;
      if (known !== null) treatment |= known.of(element);
      const kind = `${nameOf(element)} ${attributeOf(element, 'role')}`;
      if (LIST.test(kind) && isOfVeiledField(element)) treatment |= MASK;
      if (!isField(element)) return treatment;
      if (isCertain(element) || known === null) return treatment | MASK | FIXED;
      const isSettled = (treatment & (MASK | HIDE | SHOWN)) !== 0;
      return isSettled || known.likely(element) === null ? treatment : treatment | LIKELY;
    } catch {
      return UNJUDGED;
    }
  }

  function renewAll(): void {
    renewed.push(...(known?.all() ?? allFields()));
  }

  function allFields(): Element[] {
    const all = [document, ...roots].flatMap((root) => [...findAll(root, `${FIELDS},[value]`)]);
    return all.filter((element) => matches(element, FIELDS) || nameOf(element).includes('-'));
  }

  /** What a field suggests is as secret as what is typed there. Components show their lists at the end of the page. */
  function isOfVeiledField(list: Element): boolean {
    const id = CSS.escape(attributeOf(list, 'id') ?? '');
    const fields = findAll(
      rootOf(list),
      `input[list="${id}"],[role=combobox]:is([aria-controls~="${id}"],[aria-owns~="${id}"])`,
    );
    // A field in the list itself goes by the list.
    return [...fields].some((field) => !contains(list, field) && isVeiled(of(field)));
  }

  function isCertain(field: Field): boolean {
    const { type } = field;
    if (type === 'password') oncePasswords.add(field);
    return type === 'hidden' || oncePasswords.has(field) || certainSecret(field) !== null;
  }

  function below(element: Element, under: Treatment): Treatment {
    return combine(under, own(element));
  }

  function inside(parent: Node | null, under = of(parent)): Treatment {
    return hasSlots && parent !== null ? combine(under, slots.get(parent) ?? CLEAR) : under;
  }

  function of(node: Node | null): Treatment {
    if (node === null) return CLEAR;
    const element = isElement(node) ? node : null;
    const field = element !== null && isField(element) ? element : null;
    const before = field === null ? undefined : placed.get(field);
    if (before !== undefined) return before;
    const parent = parentOf(node) ?? outerOf(node);
    let under = parent === null ? outermost(node) : judged.get(parent);
    if (under === undefined) {
      under = of(parent);
      // Leaves are asked about once; their parents again and again.
      judged.set(parent as Node, under);
    }
    // What is in a shadow root is not in the host's slots: its parent is the root.
    if (hasSlots) under = inside(parentOf(node), under);
    if (element === null) return under;
    const treatment = below(element, under);
    if (field !== null) placed.set(field, treatment);
    return treatment;
  }

  function isNamed(element: Element): boolean {
    return hidden.has(element) || (known !== null && known.of(element) !== CLEAR);
  }

  function fresh(node: Node | null): Treatment {
    if (node === null) return CLEAR;
    const parent = parentOf(node) ?? outerOf(node);
    const under = inside(parentOf(node), parent === null ? outermost(node) : fresh(parent));
    return isElement(node) ? combine(under, ownNow(node)) : under;
  }

  function hide(element: Element, followerOf: (element: Element) => Follow, why: Reason = 'customer'): void {
    if (hidden.has(element)) return;
    changed();
    hidden.set(element, why);
    following.set(new WeakRef(element), followerOf(element));
    renewed.push(element);
  }

  function follow(): void {
    for (const [element, look] of following) {
      if (look?.(hide)) following.set(element, null);
      else if (look === null && !element.deref()) following.delete(element);
    }
  }

  function reason(element: Element): Reason {
    const why = hidden.get(element);
    if (why) return why;
    if (!isField(element)) return 'rule';
    if (oncePasswords.has(element)) return 'password';
    return certainSecret(element) ?? ((own(element) & LIKELY) === 0 ? null : known?.likely(element)) ?? 'rule';
  }

  function holdsSecret(custom: Element): boolean {
    try {
      if (known === null || isSecretByItsWord(custom)) return true;
      if ((of(custom) & SHOWN) !== 0) return false;
      if (known.likely(custom) !== null) return true;
      const inner = findAll(shadowOf(custom) ?? custom, 'input,textarea,select');
      return [...inner].some((field) => isVeiled(combine(CLEAR, own(field))));
    } catch {
      return true;
    }
  }

  return {
    clearing: { column: (_name, raw) => joinMasked(raw.map(maskedValue)), sheet: () => maskedValue('') },
    own,
    holdsSecret,
    below,
    of,
    inside,
    veilSlots(host, treatment) {
      const before = slots.get(host) ?? CLEAR;
      const now = before | (treatment & (MASK | HIDE | FIXED));
      if (now === before) return false;
      hasSlots = true;
      slots.set(host, now);
      changed();
      return true;
    },
    place: (field, treatment) => void placed.set(field, treatment),
    fresh,
    reason,
    get hasNames() {
      return following.size > 0 || known?.isEmpty === false;
    },
    isNamed,
    adopt(root) {
      if (root === document) return;
      roots.add(root);
      known?.adopt(root);
    },
    setRules(next) {
      changed();
      // Whatever was treated by the old ones may be treated differently now.
      renewAll();
      for (const root of roots) {
        if (isShown(root)) next?.adopt(root);
        else roots.delete(root);
      }
      known = next;
      // So may what the new ones have just found in components and frames, which they do not tell of again.
      renewAll();
    },
    hide,
    veiled() {
      const marked = [document, ...roots].flatMap((root) => [...findAll(root, `[data-alongside],${FIELDS}`)]);
      const byCustomer = [...following.keys()].flatMap((element) => element.deref() ?? []);
      const all = new Set([...byCustomer, ...(known?.all() ?? []), ...marked]);
      return [...all].filter(
        (element) =>
          isShown(element) && isVeiled(fresh(element)) && !isVeiled(fresh(parentOf(element) ?? outerOf(element))),
      );
    },
    changed,
    begin(document) {
      if (hasChanged) follow();
      const updated = known?.update(hasChanged) ?? [];
      if (updated.length > 0) changed();
      for (const around of known?.beside((field) => isVeiled(of(field))) ?? []) hide(around, () => () => true, 'rule');
      hasChanged = false;
      renewed.push(...updated);
      const ofIt = renewed.filter((element) => documentOf(element) === document);
      renewed = renewed.filter((element) => documentOf(element) !== document && isShown(element));
      return ofIt;
    },
  };
}

/** What a field suggests, by its tag or by its role: what a combobox opens. */
const LIST = /datalist|listbox|tree\b|grid\b|dialog/u;
/** What people type or choose in, and what is suggested to them. */
export const EDITORS = '[contenteditable],[role~=textbox i]';
export const FIELDS = [...JUDGED_TAGS, EDITORS].join();

/** What a field is for, in the standard's own words (HTML, "autofill"). These are certain; everything else is a guess. */
const AUTOFILL: readonly (readonly [Secret, RegExp])[] = [
  ['password', /\b(?:current|new)-password\b/iu],
  ['code', /\bone-time-code\b/iu],
  ['card', /\bcc-(?:number|csc|exp(?:-month|-year)?)\b/iu],
];

/** The same of an element that is a field by its own class. */
export function isSecretByItsWord(element: Element): boolean {
  return element.getAttribute('type')?.toLowerCase() === 'password' || certainSecret(element) !== null;
}

/** What the field says by its autofill name, or the component that it is in; no rule undoes it. */
function certainSecret(element: Element | null): Secret | null {
  if (element === null) return null;
  const autofill = autofillSaid(attributeOf(element, 'autocomplete'), attributeOf(element, 'role'));
  const secret = autofill === null ? undefined : AUTOFILL.find(([, words]) => words.test(autofill))?.[0];
  return secret ?? certainSecret(outerOf(rootOf(element)));
}

function isField(element: Element): element is Field {
  return matches(element, FIELDS);
}

/** `data-alongside`: one word or several. A word nobody knows was meant to hide something. */
function wordsOf(attribute: string): Treatment {
  let treatment = CLEAR;
  for (const word of attribute.toLowerCase().split(/[\s,;]+/u)) treatment |= WORDS[word] ?? MASK | FIXED;
  return treatment;
}

const WORDS: Readonly<Record<string, Treatment | undefined>> = Object.freeze({
  __proto__: null as never,
  '': CLEAR,
  mask: MASK | FIXED,
  hide: MASK | HIDE | FIXED | UNCONTROLLABLE,
  restrict: UNEDITABLE | UNCONTROLLABLE,
  show: PAGE_SHOWN,
} as Readonly<Record<string, Treatment>>);

/** Of what nothing is around: the page's document, or one whose frame is gone, and nobody knows what that stood in. */
function outermost(node: Node): Treatment {
  return isDocument(node) && node !== document ? UNJUDGED : CLEAR;
}

/** What an element's own reasons come to where it stands. */
export function combine(around: Treatment, own: Treatment): Treatment {
  let under = around;
  let mine = own & INHERITED;
  if ((own & (SHOWN | PAGE_SHOWN)) !== 0) {
    if ((under & FIXED) === 0) under &= ~(MASK | HIDE);
    if ((mine & FIXED) === 0) mine &= ~(MASK | HIDE);
  }
  const treatment = under | mine;
  return (own & LIKELY) !== 0 && (treatment & SHOWN) === 0 ? treatment | MASK : treatment;
}
