import type { MaskedText } from '../../protocol/masked-text.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { Shape } from '../../protocol/shapes.ts';
import { createTreeWriter, MARK, markWith, type MarkReason } from '../../protocol/tree-writer.ts';
import { isTyped } from '../../protocol/typed-input.ts';
import { isNamed } from '../control/path.ts';
import { isFileField, isSubmitButton } from '../control/restricted.ts';
import {
  attributeOf,
  byId,
  findAll,
  isElement,
  matches,
  hostOf,
  nameOf,
  parentOf,
  rootOf,
  shadowOf,
  typeOf,
} from '../native.ts';
import { BOX_TAG } from '../record/tree/box.ts';
import { tellsState } from '../record/tree/element-shapes.ts';
import { tagOf } from '../record/tree/places.ts';
import type { RawSink } from '../record/raw-sink.ts';
import {
  CLEAR,
  combine,
  EDITORS,
  FIELDS,
  isSecretByItsWord,
  isVeiled,
  JUDGED_ATTRIBUTES,
  JUDGED_TAGS,
  mayBeJudged,
  TREATED,
  type Judge,
  type Treatment,
} from './judge.ts';
import type { LastLook, Remembering } from './last-look.ts';
import { isStructural, maskedAttribute, maskedProse, maskedValue } from './masked-text.ts';

/** Under a mask these are grey boxes: what they show is a text to whoever looks at it. */
const PICTURES = new Set('img picture video canvas svg object embed iframe'.split(' '));

const OF_LISTS = ['option', 'optgroup'];

/** What they come to may change without a change of theirs: a label is enough. */
const GOES_BY_FIELD = new Set([...JUDGED_TAGS, ...OF_LISTS]);

/** Types of fields that agents may not use. */
const ACTIVE = new Set(['submit', 'image', 'file']);

/** In components, in one batch, after what is done however long it takes; and how many times as long they are then left alone. */
const INSIDE_MS = 2;
const REST_SHARE = 50;
/** So many elements, each field counting for many: a busy machine must not decide what of a usual component is masked. */
const INSIDE_AT_LEAST = 2_000;
const FIELD_COUNTS_FOR = 20;

/** What is found out once for all elements of a shape. */
interface ShapeFacts {
  readonly isBox: boolean;
  /** Place of the attribute in which a custom element may keep a field's value; -1: it is none, or has none. */
  readonly valueAt: number;
}

/**
 * Raw changes in, masked changes out: the only exit. Keeps the treatment of the open elements on a stack, so that a mask
 * reaches everything below it, in a first picture as in a change.
 */
export function createMaskingSink(
  document: Document,
  judge: Judge,
  lastLook: LastLook,
  send: (treeBody: Uint8Array) => void,
): RawSink {
  judge.adopt(document);
  // Clearing and the last look, over whole columns: nothing is sent that has not come through here.
  const writer = createTreeWriter((column, texts) =>
    lastLook.lookThrough(column, judge.clearing.column(column, texts)),
  );
  const treatments: Treatment[] = [];
  let under = CLEAR;
  let current = CLEAR;
  /** The run's parent is one. */
  let isInSheet = false;
  /** By shape. */
  const facts: ShapeFacts[] = [];
  /** Asked anew with each batch. */
  let hasNames = judge.hasNames;
  let renewed = new Set<Element>();
  const editors: Element[] = [];
  /** What is in one goes by it. */
  let hasEditors = false;
  let hasLooked = false;
  let hasSought = false;
  let judgedNow = new WeakSet<Element>();

  /** Own reasons of what has been written, where there are any: the other side shows it so. */
  const writtenAs = new WeakMap<Element, Treatment>();
  /** What was written inside something masked, with its number then. */
  const writtenVeiled = new WeakMap<Node, NodeId>();
  let hasVeiled = false;
  /** Its rules and masks are all seen by one observer; what holds around a frame changes in another document. */
  const isPage = document === globalThis.document;
  /** What was last said of masked fields, with their number then: how often one changes tells how long its value is. */
  const saidMasked = new WeakMap<Element, string>();
  /** Large components that are not gone through again before their time. */
  const rests = new WeakMap<Node, number>();
  /** What is gone through in this batch without regard to the time. */
  let sureInside = 0;

  /** The outermost masked element gets the purple box, whatever the agent may not use the green one. */
  function judgeAndMark(id: NodeId, element: Element, tag: string): void {
    const own = judge.own(element);
    if (own !== CLEAR) writtenAs.set(element, own);
    current = combine(under, own);
    if (JUDGED_TAGS.has(tag)) {
      judge.place(element, current);
      judgedNow.add(element);
      if (!isVeiled(current)) lastLook.forget(element);
      else if (tag !== 'select') lastLook.watch(element);
      else if (isMeant(element)) lastLook.rememberWithin(element);
    } else if (noteEditor(element) && isVeiled(current)) lastLook.watch(element);
    const isOutermost = isVeiled(current) && !isVeiled(under);
    const refusal = restriction(element, own, tag);
    const bits = (isOutermost ? MARK.MASKED : 0) | (refusal === null ? 0 : MARK.RESTRICTED);
    if (isOutermost && (element as Partial<HTMLInputElement>).type !== 'hidden') lastLook.countElement(element);
    if (bits !== 0) writer.mark(id, markWith(bits, isOutermost ? judge.reason(element) : (refusal ?? 'rule')));
  }

  function noteEditor(element: Element): boolean {
    const isEditor = matches(element, EDITORS);
    hasEditors ||= isEditor;
    if (isEditor) editors.push(element);
    return isEditor;
  }

  /** It is masked by somebody's word, and not for its looks or for want of rules: those lists are of months and years. */
  function isMeant(element: Element): boolean {
    return isVeiled(under) || attributeOf(element, 'data-alongside') !== null;
  }

  /** What was masked is not told in clear when its mask goes: also what came into a box nobody looks into. */
  function rememberUnveiled(element: Element): void {
    // What a field says now may be new; what it said before was remembered when it was written.
    if (isNamed(element, 'input') || isNamed(element, 'textarea')) return;
    const was = writtenAs.get(element) ?? CLEAR;
    // So was all of a list, but for one in a box.
    if (isNamed(element, 'select') && (was & TREATED.HIDE) === 0) return;
    if (isVeiled(was)) lastLook.rememberWithin(element);
  }

  function rememberIfVeiled(element: Element): void {
    if (isVeiled(judge.of(element))) lastLook.rememberWithin(element);
  }

  /**
   * How a known element is treated: as it was written, for whatever changes how it is treated has sent it anew before
   * any change of it is written. Where that is not all there is to it, the whole way up is asked.
   */
  function stillTreatedAs(element: Element, tag: string): Treatment {
    const isSure = isPage && !hasEditors && !writtenVeiled.has(element) && !GOES_BY_FIELD.has(tag);
    return isSure ? (writtenAs.get(element) ?? CLEAR) : judge.of(element);
  }

  /** What stands in a slot under a mask stands somewhere else in the tree, and may have been written already. */
  function veilSlots(element: Element, treatment: Treatment): void {
    const root = rootOf(element);
    // Of a document, `host` may be a form of that name.
    if (typeOf(root) !== Node.DOCUMENT_FRAGMENT_NODE) return;
    if (nameOf(element) !== 'slot' && findAll(element, 'slot').length === 0) return;
    const host = hostOf(root as ShadowRoot);
    if (judge.veilSlots(host, treatment)) renewed.add(host);
  }

  /** It shows a masked value, digit by digit, and will do so again. */
  function hideParts(around: Element): void {
    if (isVeiled(judge.of(around))) return;
    judge.hide(around, () => () => true, 'rule');
    hasNames = judge.hasNames;
    renewed.add(around);
  }

  /** The element, and what it suggests, which stands elsewhere. */
  function recheck(element: Element): void {
    // Pages' own elements may have a `list` of any kind.
    const list = isNamed(element, 'input') ? element.list : null;
    const opened = byId(rootOf(element), attributeOf(element, 'aria-controls') ?? '');
    for (const one of [element, list, opened]) {
      // Only ever for the stricter: what was masked for its label's sake is not told because the label has gone.
      const isOpen = one && !isVeiled(combine(CLEAR, writtenAs.get(one) ?? CLEAR));
      if (isOpen && isVeiled(judge.below(one, CLEAR))) renewed.add(one);
    }
  }

  /**
   * What is in a component may go by what the component is called. Of a large one that changes often this is much: what is
   * left is found when all fields are looked at in turn, and no value is told without having been judged anew.
   */
  function recheckInside(element: Element, until: number): void {
    const inside = shadowOf(element);
    if (inside === null) return;
    const began = performance.now();
    if (began < (rests.get(inside) ?? 0)) return;
    for (const selector of [FIELDS, '*'])
      for (const one of findAll(inside, selector)) {
        sureInside -= selector === '*' ? 1 : FIELD_COUNTS_FOR;
        if (sureInside < 0 && performance.now() >= until) break;
        if (selector === '*') recheckInside(one, until);
        else recheck(one);
      }
    if (sureInside >= 0) return;
    const now = performance.now();
    rests.set(inside, now + (now - began) * REST_SHARE);
  }

  function markSubmit(id: NodeId, element: Element): void {
    if (isSubmitButton(element)) writer.mark(id, markWith(MARK.RESTRICTED, 'submit'));
  }

  function restriction(element: Element, own: Treatment, tag: string): MarkReason | null {
    if ((own & (TREATED.UNCONTROLLABLE | TREATED.UNEDITABLE)) !== 0) return 'rule';
    if (tag === 'input' ? !ACTIVE.has((element as HTMLInputElement).type) : tag !== 'button' && !tag.includes('-'))
      return null;
    if (isSubmitButton(element)) return 'submit';
    return isFileField(element) ? 'file' : null;
  }

  function maskValues(element: Element, { attributes }: Shape, values: string[]): void {
    attributes.forEach((name, at) => (values[at] = veiledAttribute(element, name, values[at] as string)));
  }

  /** The value of a field that is a custom element, which is shown before its class is there. */
  function customText(element: Element, value: string): string {
    if (!judge.holdsSecret(element)) return value;
    // What is only guessed to be one may be a name that the page goes by.
    if (isSecretByItsWord(element)) lastLook.remember(value);
    else rememberValue(element, value, lastLook);
    return maskedValue(value);
  }

  function veiledText(raw: string, isOfSheet: boolean, treatment: Treatment): MaskedText {
    lastLook.rememberText(raw, isOfSheet);
    // Of what is hidden only options have their texts here: no length of a word is told.
    return (treatment & TREATED.HIDE) === 0 ? maskedProse(raw) : maskedValue(raw.trim());
  }

  function veiledAttribute(element: Element, name: string, raw: string): MaskedText {
    if (name === 'value') {
      rememberValue(element, raw, lastLook);
      return maskedValue(raw);
    }
    if (name === 'style') return lastLook.maskStyle(raw, element);
    rememberAttribute(element, name, raw, lastLook);
    // Scripts make a field as wide as what stands in it.
    return name === 'size' && isNamed(element, 'input') ? maskedValue('') : maskedAttribute(name, raw);
  }

  return {
    get dictionaryNumber() {
      return writer.dictionaryNumber;
    },
    get roughSize() {
      return writer.roughSize;
    },
    define(namespace, tag, attributes) {
      const shape = writer.define(namespace, tag, attributes);
      const isBox = tag === BOX_TAG;
      const valueAt = tag.includes('-') ? attributes.indexOf('value') : -1;
      const isJudged = isBox || valueAt >= 0 || mayBeJudged(tag, attributes);
      const maySubmit = tag === 'button' || (tag.includes('-') && attributes.includes('type'));
      facts[shape.index] = { isBox, valueAt };
      return { ...shape, isJudged, maySubmit };
    },
    markSubmit,
    tokens: writer.tokens,
    wrote: writer.wrote,
    get isPlain() {
      return under === CLEAR;
    },
    get hasNames() {
      return hasNames;
    },
    isNamed: judge.isNamed,
    expect(field) {
      if (isVeiled(judge.of(field))) lastLook.watch(field);
    },
    get mayBox() {
      return isVeiled(under);
    },
    isBoxed(element) {
      const treatment = judge.below(element, under);
      const tag = nameOf(element);
      // Lists count their options: in place of one stand its asterisks.
      const isHidden = (treatment & TREATED.HIDE) !== 0 && !OF_LISTS.includes(tag);
      const isBox = isHidden || (isVeiled(treatment) && PICTURES.has(tag));
      if (isBox) {
        lastLook.rememberWithin(element);
        veilSlots(element, treatment);
      }
      return isBox;
    },
    isVeiled: (element) => isVeiled(judge.below(element, under)),
    mayName: (node) => !isVeiled(judge.of(node)),
    recheck,
    editors,
    renewed(attributes, nodes) {
      const until = performance.now() + INSIDE_MS;
      sureInside = INSIDE_AT_LEAST;
      for (const [name, elements] of attributes) {
        if (!JUDGED_ATTRIBUTES.test(name)) continue;
        for (const element of elements) {
          recheck(element);
          recheckInside(element, until);
          noteEditor(element);
          if (judge.own(element) === (writtenAs.get(element) ?? CLEAR)) continue;
          rememberUnveiled(element);
          renewed.add(element);
        }
      }
      for (const changed of hasSought ? nodes : [[document]])
        for (const around of lastLook.partsAround(changed, (field) => judge.reason(field) !== 'rule'))
          hideParts(around);
      hasSought = true;
      for (const element of renewed) recheck(element);
      const anew = renewed;
      renewed = new Set();
      for (const element of anew) writtenAs.delete(element);
      return anew;
    },
    mayMove(id, node) {
      const isText = !isElement(node);
      if (isText) return !hasVeiled && !isVeiled(judge.of(node));
      const wasVeiled = writtenVeiled.get(node) === id;
      if (wasVeiled === isVeiled(judge.inside(parentOf(node)))) return true;
      if (wasVeiled) lastLook.rememberWithin(node);
      return false;
    },
    removed: writer.removed,
    openRun(parent, anchor, parentNode) {
      treatments.length = 0;
      under = judge.inside(parentNode);
      isInSheet = tagOf(parentNode) === 'style';
      writer.openRun(parent, anchor);
    },
    openElement(id, element, shape, values, hasChildren) {
      const { isBox, valueAt } = facts[shape.index] as ShapeFacts;
      current = under;
      if (under !== CLEAR && isVeiled(under)) {
        writtenVeiled.set(element, id);
        hasVeiled = true;
      }
      // Most elements can have no reason of their own to be masked.
      if (shape.isJudged || (hasNames && judge.isNamed(element))) judgeAndMark(id, element, shape.tag);
      else if (shape.maySubmit) markSubmit(id, element);
      if (shape.tag === 'slot' && isVeiled(current)) veilSlots(element, current);
      // Its layout, which recording has made, is all there is of a box.
      if (isBox) current = CLEAR;
      if (current !== CLEAR && isVeiled(current)) maskValues(element, shape, values);
      else if (valueAt >= 0) values[valueAt] = customText(element, values[valueAt] as string);
      writer.openElement(shape, values, hasChildren);
      if (hasChildren) {
        treatments.push(under);
        under = current;
      }
    },
    text(shape, raw) {
      const isOfSheet = shape === null ? isInSheet : shape.tag === 'style';
      writer.text(shape, under !== CLEAR && isVeiled(under) ? veiledText(raw, isOfSheet, under) : raw);
    },
    openShadow(shadow) {
      judge.adopt(shadow);
      hasNames = judge.hasNames;
      treatments.push(under);
      writer.openShadow();
    },
    closeShadow(host) {
      under = judge.inside(host, treatments.pop() ?? TREATED.MASK);
      writer.close();
    },
    closePlain: () => void (under = CLEAR),
    moved: writer.moved,
    close() {
      under = treatments.pop() ?? TREATED.MASK;
      writer.close();
    },
    closeRun: writer.closeRun,
    box: (id, style) => writer.attribute(id, 'style', style),
    attribute(id, element, tag, name, raw) {
      const veiled = isVeiled(stillTreatedAs(element, tag));
      if (veiled && tellsState(name)) return;
      if (raw === null) writer.attribute(id, name, null);
      else if (veiled) writer.attribute(id, name, veiledAttribute(element, name, raw));
      else {
        const isCustom = name === 'value' && tag.includes('-');
        writer.attribute(id, name, isCustom ? customText(element, raw) : raw);
      }
    },
    data(id, parent, tag, raw) {
      const around = tag === '' ? judge.of(parent) : stillTreatedAs(parent as Element, tag);
      const treatment = judge.inside(parent, around);
      writer.data(id, isVeiled(treatment) ? veiledText(raw, tag === 'style', treatment) : raw);
    },
    fieldValue(id, element, raw) {
      // Dots of a style sheet come without a change of the page. What was judged in this batch was so a moment ago.
      if (!judgedNow.has(element) && !isVeiled(judge.of(element)) && isVeiled(judge.fresh(element))) {
        judge.changed();
        renewed.add(element);
      }
      const masked = isVeiled(judge.of(element));
      if (masked) {
        lastLook.watch(element);
        const said = id + maskedValue(raw);
        if (saidMasked.get(element) === said) return;
        saidMasked.set(element, said);
      }
      writer.fieldValue(id, masked ? maskedValue(raw) : raw);
    },
    fieldChecked(id, element, checked) {
      if (!isVeiled(judge.of(element))) writer.fieldChecked(id, checked);
    },
    fieldSelected(id, element, indices) {
      if (!isVeiled(judge.of(element))) writer.fieldSelected(id, indices);
    },
    scroll(id, node, x, y) {
      // How far a field is scrolled tells how long its value is.
      if (!isVeiled(judge.of(node))) writer.scroll(id, x, y);
    },
    flush() {
      if (!writer.isEmpty) send(writer.finish());
    },
    changed: judge.changed,
    begin() {
      const inner = isPage && !hasLooked ? lastLook.rootsIn(document) : [];
      for (const root of inner) judge.adopt(root);
      const changed = judge.begin(document);
      judgedNow = new WeakSet();
      hasNames = judge.hasNames;
      lastLook.learn((field) => isVeiled(judge.of(field)));
      // Before anything is written: what is masked at the end of a page must not turn up at its beginning.
      for (const element of changed) {
        renewed.add(element);
        if (!isVeiled(judge.of(element))) rememberUnveiled(element);
        // What only looks like a secret is remembered as it is written.
        else if ((judge.own(element) & TREATED.LIKELY) === 0) lastLook.rememberWithin(element);
      }
      if (hasLooked) return;
      hasLooked = true;
      for (const element of findAll(document, '[data-alongside]')) rememberIfVeiled(element);
      for (const root of inner) {
        for (const element of findAll(root, '[data-alongside],input,textarea')) rememberIfVeiled(element);
        if (!hasNames) continue;
        for (const element of findAll(root, '*')) if (judge.isNamed(element)) rememberIfVeiled(element);
      }
    },
  };
}

/** Longer than any word. */
const TOKEN_UNITS = 40;

/** @param before and what is returned: as `LastLook.remember` has it */
export function rememberValue(element: Element, raw: string, lastLook: Remembering, before = ''): string {
  const { type } = element as HTMLInputElement;
  if (type === 'file') {
    for (const name of raw.split('/')) lastLook.remember(name);
    return '';
  }
  // Colors and degrees are in every style sheet.
  if (type === 'color' || type === 'range') return '';
  // Values that nobody types are mostly words of the page's own, and would be taken out wherever they stand.
  const isEntered = JUDGED_TAGS.has(nameOf(element)) && isTyped(type);
  if (isEntered || raw.length > TOKEN_UNITS) return lastLook.remember(raw, before);
  lastLook.rememberText(raw);
  return '';
}

/** What a masked attribute says, so that it is known wherever else it stands. */
export function rememberAttribute(element: Element, name: string, raw: string, lastLook: Remembering): void {
  if (name === 'style') lastLook.maskStyle(raw, element);
  else if (!isStructural(name)) lastLook.rememberText(raw);
}
