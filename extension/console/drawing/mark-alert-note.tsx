import type { VNode } from 'preact';
import { MARK } from '../../../protocol/tree-writer.ts';
import { markWords } from '../../mark-words.ts';
import { AlertIcon } from '../icons.tsx';
import type { Session } from '../session.ts';

interface MarkAlertNoteProps {
  readonly session: Session;
  readonly scale: number;
}

/** Why something has a purple or a green box: beside the agent's pointer, and out of the page's reach. */
export function MarkAlertNote({ session, scale }: MarkAlertNoteProps): VNode {
  const alert = session.screen.alert.value;
  const look = alert !== null && (alert.mark & MARK.MASKED) === 0 ? 'restricted' : 'masked';
  const place = alert === null ? {} : { '--x': `${alert.x * scale}px`, '--y': `${alert.y * scale}px` };
  return (
    <p class="mark-alert" role="status" aria-label="Why" data-look={look} data-empty={alert === null} style={place}>
      {alert !== null && <AlertIcon />}
      {alert !== null && markWords(alert.mark)}
    </p>
  );
}
