/**
 * What the console and the sandboxed viewer say to each other, over one MessagePort that the console hands in with the
 * first `message` event. The viewer's document is the customer's page, so the console believes nothing it says: numbers
 * are checked, texts are shown as text, and of `agent-message` only what a viewer may say is passed on.
 */
import type { Act, AgentMessage } from '../../protocol/command.ts';
import type { Anchor, DrawnBy, NotShownReason, SessionMode, Sight } from '../../protocol/page-message.ts';
import type { WireFault } from '../../protocol/wire-error.ts';

/** Posted to the frame's window as it stands, with one port, once the frame has loaded. */
export const PORT_GREETING = 'alongside-port';

/** What the agent's pointer does in the mirror. */
export type Tool = 'point' | 'draw' | 'comment';

/** The same from either side: only who drew it differs. */
export type DrawnMessage = Extract<AgentMessage, { type: 'draw' | 'comment' | 'clear-drawing' }>;

/** What a viewer in a frame of the mirror says to the window around it, once it runs: it wants a port. */
export interface PortRequest {
  readonly kind: 'alongside-port-wanted';
  readonly frame: number;
}

export type ToViewer =
  /** To the viewer of a frame: what its document says, a whole page message. */
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  /** A file of the page. */
  | { readonly kind: 'asset'; readonly asset: number; readonly mime: string; readonly bytes: Uint8Array }
  /** One that will not come. The size is the picture's own in CSS pixels; 0: not known. */
  | {
      readonly kind: 'asset-missing';
      readonly asset: number;
      readonly reason: NotShownReason;
      readonly width: number;
      readonly height: number;
    }
  /** One frame of the page channel; the buffer is transferred. */
  | { readonly kind: 'frame'; readonly bytes: ArrayBuffer }
  /** Are you there? */
  | { readonly kind: 'ask' }
  /** A new channel begins: what was half received is worthless. */
  | { readonly kind: 'restart' }
  /** Where the customer's pointer is; the viewer that has the node answers with `placed`. `null`: it left the page. */
  | { readonly kind: 'customer-pointer'; readonly at: Anchor | null }
  | { readonly kind: 'customer-click'; readonly at: Anchor }
  | { readonly kind: 'mode'; readonly mode: SessionMode; readonly epoch: number }
  | { readonly kind: 'tool'; readonly tool: Tool }
  /** To be shown; the agent's own strokes the viewer shows by itself. */
  | { readonly kind: 'drawn'; readonly by: DrawnBy; readonly message: DrawnMessage };

export type FromViewer =
  | { readonly kind: 'ready' }
  /** The answer to `ask`. */
  | { readonly kind: 'here' }
  /** A document began: until `complete` it is being built. Sizes in CSS pixels. */
  | {
      readonly kind: 'page';
      readonly url: string;
      readonly title: string;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'complete' }
  | { readonly kind: 'viewport'; readonly width: number; readonly height: number }
  /** What the customer sees of the page, from the viewer's own top left corner; `null`: all that they could. */
  | { readonly kind: 'sight'; readonly sight: Sight | null }
  /** The customer's browser is a dark one: what the page leaves to the browser is drawn so. */
  | { readonly kind: 'scheme'; readonly isDark: boolean }
  | { readonly kind: 'address'; readonly url: string; readonly title: string }
  /** Where something is now, in CSS pixels of the viewer's viewport; `null`: not on the page any more. */
  | {
      readonly kind: 'placed';
      readonly what: 'pointer';
      readonly at: { readonly x: number; readonly y: number } | null;
    }
  | { readonly kind: 'placed'; readonly what: 'click'; readonly at: { readonly x: number; readonly y: number } }
  /** What the agent's pointer or focus has come to is marked, `markWith` says how and why; 0: nothing is. */
  | { readonly kind: 'alert'; readonly mark: number; readonly at: { readonly x: number; readonly y: number } }
  /** With the comment tool the agent clicked there: the console asks for the words. */
  | {
      readonly kind: 'comment-wanted';
      readonly anchor: Anchor;
      readonly at: { readonly x: number; readonly y: number };
    }
  /** Encoded AgentMessage: pointer, pointer-left, point, want, renew, command, draw. */
  | { readonly kind: 'agent-message'; readonly bytes: Uint8Array }
  /** Things of the page that cannot be shown, all of them, when the list changed. */
  | {
      readonly kind: 'not-shown';
      readonly items: readonly { readonly name: string; readonly reason: NotShownReason }[];
    }
  /** From the viewer of a frame: what the agent does there, to become a command of the page's viewer. */
  | { readonly kind: 'act'; readonly act: Act }
  /** From the viewer of a frame: files it needs. */
  | { readonly kind: 'want'; readonly assets: readonly number[] }
  /** A message that could not be read; the console ends the session politely. */
  | { readonly kind: 'fault'; readonly fault: WireFault }
  | { readonly kind: 'dropped'; readonly count: number };
