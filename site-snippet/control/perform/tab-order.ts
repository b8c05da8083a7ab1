import { isFocusable, isRendered } from '../focusable.ts';
import { documentOf, shadowOf } from '../../native.ts';
import { isNamed, pathOf } from '../path.ts';
import { openModal } from '../top-layer.ts';
import { radioGroup } from './radio-group.ts';

/** Where Tab (or, backwards, Shift+Tab) leads from `element`; `null` when there is nothing to go to. */
export function nextInTabOrder(element: Element, isBackwards: boolean): HTMLElement | null {
  const document = documentOf(element);
  const modal = openModal(document);
  const stops = tabStops(document).filter((stop) => modal === null || pathOf(stop).includes(modal));
  const here = stops.indexOf(element as HTMLElement);
  if (here >= 0) return stops.at(isBackwards ? here - 1 : (here + 1) % stops.length) ?? null;
  const FOLLOWING = 4;
  const after = stops.findIndex((stop) => (element.compareDocumentPosition(stop) & FOLLOWING) !== 0);
  return (isBackwards ? stops.at(after - 1) : stops.at(Math.max(0, after))) ?? null;
}

function tabStops(document: Document): HTMLElement[] {
  const stops: HTMLElement[] = [];
  collect(document, stops);
  const first = stops.filter((stop) => stop.tabIndex > 0).sort((a, b) => a.tabIndex - b.tabIndex);
  return [...first, ...stops.filter((stop) => stop.tabIndex === 0)];
}

function collect(scope: ParentNode, stops: HTMLElement[]): void {
  for (const element of scope.querySelectorAll('*')) {
    if (element.localName === 'alongside-widget') continue;
    if (isFocusable(element) && isStop(element)) stops.push(element);
    const shadow = shadowOf(element);
    if (shadow) collect(shadow, stops);
  }
}

function isStop(element: HTMLElement): boolean {
  if (element.tabIndex < 0 || !isRendered(element)) return false;
  if (getComputedStyle(element).visibility !== 'visible') return false;
  if (pathOf(element).some((passed) => passed.hasAttribute?.('inert'))) return false;
  if (!isNamed(element, 'input') || element.type !== 'radio') return true;
  // A group is one stop: the checked one, or the first.
  const group = radioGroup(element);
  return (group.find((radio) => radio.checked) ?? group[0]) === element;
}
