import type { MaskedText } from '../../protocol/masked-text.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { Shape } from '../../protocol/shapes.ts';
import { createTreeWriter, MARK } from '../../protocol/tree-writer.ts';
import { isRestricted } from '../control/restricted.ts';
import type { RawSink } from '../record/raw-sink.ts';
import { mayBeJudged, type Judge, type Treatment } from './judge.ts';
import type { LastLook } from './last-look.ts';
import { clear, maskedProse, maskedUrl, maskedValue } from './masked-text.ts';

/** What carries layout and style, and is shown even on masked elements. Any other attribute may hold a value. */
const STRUCTURAL = new Set(
  (
    'id class style type for role dir lang hidden open disabled readonly required multiple checked selected tabindex ' +
    'width height rows cols size wrap colspan rowspan inputmode autocomplete slot part is'
  ).split(' '),
);
const ADDRESSES = new Set(['href', 'xlink:href', 'cite', 'formaction', 'data']);

/**
 * Raw changes in, masked changes out: the only exit. Keeps the treatment of the open elements on a stack, so that a mask
 * reaches everything below it, in a first picture as in a change.
 */
export function createMaskingSink(judge: Judge, lastLook: LastLook, send: (treeBody: Uint8Array) => void): RawSink {
  const writer = createTreeWriter();
  const treatments: Treatment[] = [];
  let under: Treatment = 'clear';
  let current: Treatment = 'clear';
  /** By shape: most elements can have no reason of their own, which is found out once for each shape. */
  const mayHaveReason: boolean[] = [];
  /** By shape: whether it names an attribute of `ADDRESSES`. */
  const hasAddress: boolean[] = [];
  const { look } = lastLook;

  /** The outermost masked element gets the purple box, whatever the agent may not use the green one. */
  function judgeAndMark(id: NodeId, element: Element): void {
    if (under === 'clear') current = judge.own(element);
    const isOutermost = current === 'mask' && under === 'clear';
    const bits = (isOutermost ? MARK.MASKED : 0) | (isRestricted(element) ? MARK.RESTRICTED : 0);
    if (bits !== 0) writer.mark(id, bits);
  }

  /** In place: an array for each element would cost more than what it holds. */
  function maskValues({ index, tag, attributes }: Shape, values: string[], treatment: Treatment): MaskedText[] {
    const isPlain = treatment === 'clear' && lastLook.isEmpty && !hasAddress[index];
    const holdsValue = tag === 'input';
    for (let at = 0; at < attributes.length; at += 1) {
      const raw = values[at] as string;
      values[at] = isPlain ? clear(raw) : attributeText(attributes[at] as string, raw, treatment, holdsValue);
    }
    return values as MaskedText[];
  }

  function prose(raw: string, treatment: Treatment): MaskedText {
    return treatment === 'clear' ? look(clear(raw)) : maskedProse(raw);
  }

  function attributeText(name: string, raw: string, treatment: Treatment, holdsValue: boolean): MaskedText {
    if (treatment === 'clear') return look(ADDRESSES.has(name) ? maskedUrl(raw) : clear(raw));
    if (name === 'value') {
      if (holdsValue) lastLook.remember(raw);
      return maskedValue(raw);
    }
    return STRUCTURAL.has(name) ? look(clear(raw)) : maskedValue(raw);
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
      hasAddress[shape.index] = attributes.some((name) => ADDRESSES.has(name));
      return shape;
    },
    expect(element, raw) {
      if (judge.of(element) === 'mask') lastLook.remember(raw);
    },
    removed: writer.removed,
    openRun(parent, anchor, parentNode) {
      treatments.length = 0;
      under = judge.of(parentNode);
      writer.openRun(parent, anchor);
    },
    openElement(id, element, shape, values, hasChildren) {
      current = under;
      if (mayHaveReason[shape.index]) judgeAndMark(id, element);
      writer.openElement(shape, maskValues(shape, values, current), hasChildren);
      if (hasChildren) {
        treatments.push(under);
        under = current;
      }
    },
    text(shape, raw) {
      writer.text(shape, prose(raw, under));
    },
    openShadow() {
      treatments.push(under);
      writer.openShadow();
    },
    moved: writer.moved,
    close() {
      under = treatments.pop() ?? 'mask';
      writer.close();
    },
    closeRun: writer.closeRun,
    attribute(id, element, name, raw) {
      const treatment = judge.of(element);
      writer.attribute(
        id,
        name,
        raw === null ? null : attributeText(name, raw, treatment, element.localName === 'input'),
      );
    },
    data(id, node, raw) {
      writer.data(id, prose(raw, judge.of(node.parentNode)));
    },
    fieldValue(id, element, raw) {
      const masked = judge.of(element) === 'mask';
      if (masked) lastLook.remember(raw);
      writer.fieldValue(id, masked ? maskedValue(raw) : look(clear(raw)));
    },
    fieldChecked(id, element, checked) {
      if (judge.of(element) === 'clear') writer.fieldChecked(id, checked);
    },
    fieldSelected(id, element, indices) {
      if (judge.of(element) === 'clear') writer.fieldSelected(id, indices);
    },
    scroll: writer.scroll,
    flush() {
      if (!writer.isEmpty) send(writer.finish());
    },
    forget: judge.forget,
  };
}
