import type { MaskedText } from '../../protocol/masked-text.ts';
import { elementName } from '../element-name.ts';
import { isVeiled, type Judge } from './judge.ts';
import type { LastLook } from './last-look.ts';
import { clear } from './masked-text.ts';

/** What an element is called, as far as agents may see it: empty when it, or what it stands in, is hidden from them. */
export function maskedName(element: Element, judge: Judge, lastLook: LastLook): MaskedText {
  const isHidden = (one: Element): boolean => isVeiled(judge.fresh(one));
  if (isHidden(element)) return clear('');
  return clear(elementName(element, isHidden, (name) => lastLook.lookClosely(clear(name))));
}
