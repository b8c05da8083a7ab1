import type { MaskedText } from '../../protocol/masked-text.ts';
import { elementName } from '../element-name.ts';
import { hostOf, parentOf } from '../native.ts';
import type { Judge } from './judge.ts';
import type { LastLook } from './last-look.ts';
import { clear } from './masked-text.ts';

/** What an element is called, as far as agents may see it: empty when it, or what it stands in, is hidden from them. */
export function maskedName(element: Element, judge: Judge, lastLook: LastLook): MaskedText {
  const isHidden = (one: Element): boolean => isWithinMasked(one, judge);
  if (isHidden(element)) return clear('');
  return lastLook.look(clear(elementName(element, isHidden)));
}

function isWithinMasked(element: Element, judge: Judge): boolean {
  for (let node: Node | null = element; node !== null; node = above(node)) {
    if (node instanceof Element && judge.own(node) === 'mask') return true;
  }
  return false;
}

function above(node: Node): Node | null {
  return parentOf(node) ?? (node instanceof ShadowRoot ? hostOf(node) : null);
}
