import type { MaskedText } from '../../protocol/masked-text.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { Shape } from '../../protocol/shapes.ts';
import { createTreeWriter, MARK, markWith, type MarkReason } from '../../protocol/tree-writer.ts';
import { isNamed } from '../control/path.ts';
import { isFileField, isSubmitButton } from '../control/restricted.ts';
import { attributeNamesOf, attributeOf, isElement, parentOf } from '../native.ts';
import { BOX_TAG } from '../record/box.ts';
import { tellsState } from '../record/element-shapes.ts';
import type { RawSink } from '../record/raw-sink.ts';
import {
  CLEAR,
  combine,
  isVeiled,
  JUDGED_ATTRIBUTES,
  mayBeJudged,
  TREATED,
  type Judge,
  type Treatment,
} from './judge.ts';
import type { LastLook } from './last-look.ts';
import {
  clear,
  clearAttribute,
  isStructural,
  maskedAttribute,
  maskedProse,
  maskedUrl,
  maskedValue,
} from './masked-text.ts';

/** What may hold a text for people; numbers of a drawing are no card numbers. */
const TELLING = /^(?:value|title|alt|label|placeholder|summary|content|cite|href|xlink:href|data|aria-.*|data-.*)$/u;
/** Values of custom properties, quotes aside. */
const CUSTOM_PROPERTY = /--[\w-]+\s*:\s*["']?([^;"']+)/gu;
/** Under a mask these are grey boxes: what they show is a text to whoever looks at it. */
const PICTURES = new Set(['img', 'picture', 'video', 'canvas', 'svg', 'object', 'embed', 'iframe']);
const ADDRESSES = new Set(['href', 'xlink:href', 'cite', 'formaction', 'data']);

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
  const writer = createTreeWriter();
  const treatments: Treatment[] = [];
  let under = CLEAR;
  let current = CLEAR;
  /** By shape: most elements can have no reason of their own, which is found out once for each shape. */
  const mayHaveReason: boolean[] = [];
  /** By shape: whether it names an attribute that is looked at closely. */
  const isTellingShape: boolean[] = [];
  let renewed: Element[] = [];
  let hasLooked = false;
  const { look, lookClosely } = lastLook;
  const telling = new Map<string, boolean>();

  function isTelling(name: string): boolean {
    let answer = telling.get(name);
    if (answer === undefined) {
      answer = TELLING.test(name);
      telling.set(name, answer);
    }
    return answer;
  }

  /** Own reasons of what has been written, where there are any: the other side shows it so. */
  const writtenAs = new WeakMap<Element, Treatment>();
  /** Numbers of what was written inside something masked. */
  const writtenVeiled = new Set<NodeId>();

  /** The outermost masked element gets the purple box, whatever the agent may not use the green one. */
  function judgeAndMark(id: NodeId, element: Element): void {
    const own = judge.own(element);
    if (own !== CLEAR) writtenAs.set(element, own);
    current = combine(under, own);
    const isOutermost = isVeiled(current) && !isVeiled(under);
    const refusal = restriction(element, own);
    const bits = (isOutermost ? MARK.MASKED : 0) | (refusal === null ? 0 : MARK.RESTRICTED);
    if (isOutermost && (element as Partial<HTMLInputElement>).type !== 'hidden') lastLook.countElement(element);
    if (bits !== 0) writer.mark(id, markWith(bits, isOutermost ? judge.reason(element) : (refusal ?? 'rule')));
  }

  function restriction(element: Element, own: Treatment): MarkReason | null {
    if ((own & (TREATED.UNCONTROLLABLE | TREATED.UNEDITABLE)) !== 0) return 'rule';
    if (isSubmitButton(element)) return 'submit';
    return isFileField(element) ? 'file' : null;
  }

  /** In place: an array for each element would cost more than what it holds. */
  function maskValues({ index, tag, attributes }: Shape, values: string[], treatment: Treatment): MaskedText[] {
    const isPlain = !isVeiled(treatment) && lastLook.isEmpty && !isTellingShape[index];
    const holdsValue = tag === 'input';
    for (let at = 0; at < attributes.length; at += 1) {
      const raw = values[at] as string;
      values[at] = isPlain ? clear(raw) : attributeText(attributes[at] as string, raw, treatment, holdsValue);
    }
    return values as MaskedText[];
  }

  function prose(raw: string, treatment: Treatment): MaskedText {
    if (!isVeiled(treatment)) return lookClosely(clear(raw));
    lastLook.rememberText(raw);
    return maskedProse(raw);
  }

  function styleText(raw: string): MaskedText {
    return isVeiled(under) ? maskedProse(raw) : look(clear(raw));
  }

  function attributeText(name: string, raw: string, treatment: Treatment, holdsValue: boolean): MaskedText {
    if (!isVeiled(treatment)) {
      const text = ADDRESSES.has(name) ? maskedUrl(raw) : clearAttribute(name, raw);
      return isTelling(name) ? lookClosely(text) : look(text);
    }
    if (name === 'value') {
      if (holdsValue) lastLook.remember(raw);
      else lastLook.rememberText(raw);
      return maskedValue(raw);
    }
    if (name === 'style') {
      for (const [, value] of raw.matchAll(CUSTOM_PROPERTY)) lastLook.rememberText(value as string);
    } else if (!isStructural(name)) lastLook.rememberText(raw);
    return look(maskedAttribute(name, raw));
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
      mayHaveReason[shape.index] = mayBeJudged(tag, attributes);
      isTellingShape[shape.index] = attributes.some((name) => ADDRESSES.has(name) || isTelling(name));
      return shape;
    },
    expect(element, raw) {
      if (isVeiled(judge.of(element))) lastLook.remember(raw);
    },
    get mayBox() {
      return judge.judgesAll || isVeiled(under);
    },
    isBoxed(element) {
      const treatment = judge.below(element, under);
      const isBox = (treatment & TREATED.HIDE) !== 0 || (isVeiled(treatment) && PICTURES.has(element.localName));
      if (isBox) rememberWithin(element, lastLook);
      return isBox;
    },
    isVeiled: (element) => isVeiled(judge.below(element, under)),
    *renewed(attributes) {
      yield* renewed;
      renewed = [];
      for (const [name, elements] of attributes) {
        if (!JUDGED_ATTRIBUTES.has(name)) continue;
        for (const element of elements) {
          if (judge.own(element) !== (writtenAs.get(element) ?? CLEAR)) yield element;
        }
      }
    },
    mayMove(id, node) {
      const isText = !isElement(node);
      if (isText) return writtenVeiled.size === 0 && !isVeiled(judge.of(node));
      return writtenVeiled.has(id) === isVeiled(judge.of(parentOf(node)));
    },
    removed: writer.removed,
    openRun(parent, anchor, parentNode) {
      treatments.length = 0;
      under = judge.of(parentNode);
      writer.openRun(parent, anchor);
    },
    openElement(id, element, shape, values, hasChildren) {
      current = under;
      if (isVeiled(under)) writtenVeiled.add(id);
      if (mayHaveReason[shape.index] || judge.judgesAll || shape.tag === BOX_TAG) judgeAndMark(id, element);
      // Its layout, which recording has made, is all there is of a box.
      if (shape.tag === BOX_TAG) current = CLEAR;
      writer.openElement(shape, maskValues(shape, values, current), hasChildren);
      if (hasChildren) {
        treatments.push(under);
        under = current;
      }
    },
    text(shape, raw) {
      // A style sheet's numbers are its own.
      writer.text(shape, shape?.tag === 'style' ? styleText(raw) : prose(raw, under));
    },
    openShadow(shadow) {
      judge.adopt(shadow);
      treatments.push(under);
      writer.openShadow();
    },
    moved: writer.moved,
    close() {
      under = treatments.pop() ?? TREATED.MASK;
      writer.close();
    },
    closeRun: writer.closeRun,
    attribute(id, element, name, raw) {
      const treatment = judge.of(element);
      if (isVeiled(treatment) && tellsState(name)) return;
      writer.attribute(
        id,
        name,
        raw === null ? null : attributeText(name, raw, treatment, element.localName === 'input'),
      );
    },
    data(id, parent, raw) {
      writer.data(id, prose(raw, judge.of(parent)));
    },
    fieldValue(id, element, raw) {
      const masked = isVeiled(judge.of(element));
      if (masked) lastLook.remember(raw);
      writer.fieldValue(id, masked ? maskedValue(raw) : lookClosely(clear(raw)));
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
    forget() {
      const changed = judge.forget(document);
      renewed.push(...changed);
      // Before anything is written: what is masked at the end of a page must not turn up at its beginning.
      for (const element of changed) if (isVeiled(judge.of(element))) rememberWithin(element, lastLook);
      if (hasLooked) return;
      hasLooked = true;
      for (const element of document.querySelectorAll('[data-alongside]')) {
        if (isVeiled(judge.of(element))) rememberWithin(element, lastLook);
      }
    },
  };
}

const MAX_REMEMBERED_NODES = 2_000;

/** The values and texts of something masked, so that they are known wherever else they stand. */
function rememberWithin(element: Element, lastLook: LastLook): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let left = MAX_REMEMBERED_NODES, node: Node | null = element; node && left > 0; node = walker.nextNode()) {
    left -= 1;
    if (!isElement(node)) {
      lastLook.rememberText((node as Text).data);
      continue;
    }
    rememberAttributes(node, lastLook);
    if (isNamed(node, 'input') || isNamed(node, 'textarea')) lastLook.remember(node.value);
  }
}

function rememberAttributes(element: Element, lastLook: LastLook): void {
  for (const name of attributeNamesOf(element)) {
    if (!isStructural(name) && name !== 'style') lastLook.rememberText(attributeOf(element, name) ?? '');
  }
}
