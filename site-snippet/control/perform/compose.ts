import type { Outcome } from '../../../protocol/errors.ts';
import { windowOf } from '../../native.ts';
import { dispatch } from '../native-acts.ts';
import type { Allowed } from '../guard.ts';
import { edit } from './edit.ts';
import { moveFocus } from './move-focus.ts';
import type { Stage } from './stage.ts';

/** What an input method has put together on the agent's side, as one composition. */
export function compose({ field, text }: Allowed<'compose'>, stage: Stage): Outcome {
  moveFocus(field, stage);
  const refused = stage.judgeEdit(field, 'text');
  if (refused) return refused;
  compositionEvent('compositionstart', field, '');
  compositionEvent('compositionupdate', field, text);
  const isTaken = edit(field, 'insertCompositionText', text, stage);
  compositionEvent('compositionend', field, text);
  return isTaken ? 'done' : 'prevented';
}

function compositionEvent(type: string, field: Element, data: string): void {
  const view = windowOf(field);
  dispatch(field, new view.CompositionEvent(type, { bubbles: true, cancelable: true, composed: true, view, data }));
}
