import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { MAX_LABEL_UNITS } from '../../protocol/limits.ts';
import type { CommentWanted, Drawing } from './drawing/drawing.ts';

interface CommentFormProps {
  readonly drawing: Drawing;
  readonly wanted: CommentWanted;
  readonly scale: number;
}

/** Asks for the words of a comment where the agent clicked. It is ours, over the mirror: the page does not see it. */
export function CommentForm({ drawing, wanted, scale }: CommentFormProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), [wanted]);
  return (
    <form
      class="comment-form"
      style={{ left: `min(${wanted.at.x * scale}px, 100% - 310px)`, top: `${wanted.at.y * scale}px` }}
      onSubmit={(event) => {
        event.preventDefault();
        drawing.comment(field.current?.value ?? '');
      }}
    >
      <input ref={field} aria-label="Comment" placeholder="Comment" maxLength={MAX_LABEL_UNITS} autocomplete="off" />
      <button type="submit">Add</button>
    </form>
  );
}
