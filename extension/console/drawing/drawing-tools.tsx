import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Drawing } from './drawing.ts';

/** Draws over the customer's page, for both to see. */
export function DrawingTools({ drawing }: { readonly drawing: Drawing }): VNode {
  const tool = drawing.tool.value;

  useEffect(() => {
    if (tool === 'point') return undefined;
    const putDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') drawing.putDown();
    };
    document.addEventListener('keydown', putDown);
    return () => document.removeEventListener('keydown', putDown);
  }, [drawing, tool]);

  return (
    <div class="segments" role="group" aria-label="Drawing">
      <button
        type="button"
        title="Draw over the page; lines fade after a few seconds"
        aria-pressed={tool === 'draw'}
        onClick={() => drawing.toggle('draw')}
      >
        Draw
      </button>
      <button
        type="button"
        title="Pin a few words to something on the page"
        aria-pressed={tool === 'comment'}
        onClick={() => drawing.toggle('comment')}
      >
        Comment
      </button>
      <button type="button" title="Take away all drawings and comments, on both sides" onClick={() => drawing.clear()}>
        Clear
      </button>
    </div>
  );
}
