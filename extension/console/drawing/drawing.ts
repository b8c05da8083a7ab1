import { signal, type ReadonlySignal } from '@preact/signals';
import type { AgentMessage } from '../../../protocol/command.ts';
import { MAX_LABEL_UNITS } from '../../../protocol/limits.ts';
import type { Anchor } from '../../../protocol/page-message.ts';
import { cleanText } from '../../clean-text.ts';
import type { DrawnMessage, Tool, ToViewer } from '../../viewer/port.ts';
import type { Place } from '../virtual-browser/viewer-port.ts';

export interface CommentWanted {
  readonly anchor: Anchor;
  readonly at: Place;
}

/** The agent's tools for drawing over the page, and what the customer draws. */
export interface Drawing {
  readonly tool: ReadonlySignal<Tool>;
  /** Where the agent clicked with the comment tool; the words are still to come. */
  readonly commentWanted: ReadonlySignal<CommentWanted | null>;
  /** Takes the tool in hand, or puts it down when it is there already. */
  toggle(tool: Exclude<Tool, 'point'>): void;
  putDown(): void;
  comment(text: string): void;
  clear(): void;
  onCommentWanted(wanted: CommentWanted): void;
  onCustomer(message: DrawnMessage): void;
  /** A viewer that has just started knows of no tool. */
  tellTool(): void;
}

export function createDrawing(send: (message: AgentMessage) => void, toViewer: (message: ToViewer) => void): Drawing {
  const tool = signal<Tool>('point');
  const commentWanted = signal<CommentWanted | null>(null);

  function take(next: Tool): void {
    tool.value = next;
    commentWanted.value = null;
    tellTool();
  }

  function tellTool(): void {
    toViewer({ kind: 'tool', tool: tool.value });
  }

  function sendAndShow(message: DrawnMessage): void {
    send(message);
    toViewer({ kind: 'drawn', by: 'agent', message });
  }

  return {
    tool,
    commentWanted,
    toggle: (wanted) => take(tool.value === wanted ? 'point' : wanted),
    putDown: () => take('point'),
    comment(typed) {
      const wanted = commentWanted.value;
      const text = typed.trim().slice(0, MAX_LABEL_UNITS);
      commentWanted.value = null;
      if (wanted !== null && text !== '') sendAndShow({ type: 'comment', at: wanted.anchor, text });
    },
    clear: () => sendAndShow({ type: 'clear-drawing' }),
    onCommentWanted(wanted) {
      if (tool.value === 'comment') commentWanted.value = wanted;
    },
    onCustomer(message) {
      const shown =
        message.type === 'comment' ? { ...message, text: cleanText(message.text, MAX_LABEL_UNITS) } : message;
      toViewer({ kind: 'drawn', by: 'customer', message: shown });
    },
    tellTool,
  };
}
