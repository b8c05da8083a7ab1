import type { Namespace } from '../../../protocol/shapes.ts';
import { namespaceOf as namespaceUriOf, typeOf } from '../../native.ts';

const SVG = 'http://www.w3.org/2000/svg';
const MATHML = 'http://www.w3.org/1998/Math/MathML';
const { ELEMENT_NODE } = Node;

export function namespaceOf(node: Node): Namespace {
  if (typeOf(node) !== ELEMENT_NODE) return 'html';
  return namespaceNamed(namespaceUriOf(node as Element));
}

export function namespaceNamed(uri: string | null): Namespace {
  if (uri === SVG) return 'svg';
  return uri === MATHML ? 'mathml' : 'html';
}
