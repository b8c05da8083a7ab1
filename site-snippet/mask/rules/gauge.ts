import { firstOf, isElement, matches, nextOf, outerOf, parentOf } from '../../native.ts';

const GAUGE = '[aria-valuenow],[role=slider],[role=progressbar],[role=meter],[type=range],progress,meter';
/** What is around these is about other things as well. */
const ENDS = 'body,form,fieldset,main,section,article,td,li,[data-alongside]';
/** How far away the part may stand that says so: a slider's bar is no part of its handle. */
const MAX_UP = 3;
const MAX_DOWN = 2;
/** Of what is looked at in one box. A box of many things is no slider. */
const MAX_PARTS = 12;

/** Part of what shows by its place how much or how far: a slider, a bar of progress. */
export function isOfGauge(element: Element): boolean {
  let box: Node | null = element;
  for (let level = 0; level <= MAX_UP && box !== null; level += 1, box = parentOf(box) ?? outerOf(box)) {
    if (holdsGauge(box, level === 0 ? 0 : MAX_DOWN)) return true;
    if (isElement(box) && matches(box, ENDS)) return false;
  }
  return false;
}

function holdsGauge(node: Node, depth: number): boolean {
  if (isElement(node) && matches(node, GAUGE)) return true;
  if (depth === 0) return false;
  let part = firstOf(node);
  for (let count = 0; count < MAX_PARTS && part !== null; count += 1, part = nextOf(part))
    if (holdsGauge(part, depth - 1)) return true;
  return false;
}
