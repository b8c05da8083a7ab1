import { SAID_PREFIX } from '../../../protocol/shapes.ts';
import { SYSTEM_COLORS } from '../../../protocol/system-colors.ts';
import { documentHas, viewOf } from '../../native.ts';
import type { TellBeside } from '../beside.ts';

/** With colors that the customer's system forces upon pages: which they are. */
export function tellSystemColors(document: Document, tell: TellBeside): void {
  const isForced = viewOf(document)?.matchMedia('(forced-colors: active)').matches === true;
  // One that is in no document has the document's colors all the same.
  const context = isForced ? document.createElement('canvas').getContext('2d') : null;
  const lines = SYSTEM_COLORS.map((name) => {
    if (context) context.fillStyle = name;
    return `${name} ${context?.fillStyle as string}`;
  });
  tell(`${SAID_PREFIX}colors`, documentHas(document, 'documentElement'), context ? lines.join('\n') : null);
}
