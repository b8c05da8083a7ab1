import { isFocusable } from '../focusable.ts';
import { documentOf } from '../../native.ts';
import { focusHtml } from '../native-acts.ts';
import { focusedIn } from '../../record/states/focus.ts';
import { pathOf } from '../path.ts';
import type { Stage } from './stage.ts';

/** Gives the focus to what a click on `element` would, unless the customer is typing somewhere else. */
export function moveFocus(element: Element, stage: Stage): void {
  const target = pathOf(element).find(isFocusable) ?? null;
  stage.tabFrom = target ? null : element;
  const active = focusedIn(documentOf(element));
  if (target === active) return;
  stage.commits.commit(target);
  const busy = stage.customerField();
  if (busy !== null && busy !== target) return;
  if (target) focusHtml(target, { preventScroll: true });
  else if (active && active !== documentOf(element).body) (active as HTMLElement).blur();
}
