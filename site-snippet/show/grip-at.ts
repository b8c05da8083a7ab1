import type { Place } from '../place-in-page.ts';
import { placeWithin } from '../place-in-page.ts';
import { gripOf, type Grip, type Known } from '../record/grip.ts';

/**
 * What lies at a place of a document's viewport (CSS pixels), as far as the agent has it, through frames; our own widget
 * aside. The grip's box is that of its own document.
 */
export function gripAt(document: Document, at: Place, numbers: Known | undefined, host: Element): Grip | null {
  const under = document.elementsFromPoint(at.x, at.y).find((element) => element !== host);
  if (!under || !numbers) return null;
  const inner = documentIn(under);
  const isKnown = inner !== null && numbers.of(inner) !== 0;
  return (isKnown && gripAt(inner, placeWithin(at, under), numbers, host)) || gripOf(under, numbers, host);
}

function documentIn(element: Element): Document | null {
  return 'contentDocument' in element ? (element as HTMLIFrameElement).contentDocument : null;
}
