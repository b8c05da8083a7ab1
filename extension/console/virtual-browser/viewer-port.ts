/**
 * The console's end of the port to the viewer. The viewer's document is the customer's page, so nothing it says is
 * believed: numbers have limits, texts are cleaned, and only what a viewer may say to the customer is passed on.
 */
import { readAgentMessage, type AgentMessage } from '../../../protocol/command.ts';
import { MAX_FRAME_BYTES, MAX_LABEL_UNITS, MAX_URL_UNITS } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { NOT_SHOWN_REASONS, type Anchor, type NotShownReason, type Sight } from '../../../protocol/page-message.ts';
import { cleanText } from '../../clean-text.ts';
import { isNumber, isRecord, isText } from '../../shape.ts';
import type { ToViewer } from '../../viewer/port.ts';

export interface PageFacts {
  readonly url: string;
  readonly title: string;
}

/** CSS pixels of the customer's viewport. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels of the viewer's viewport. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface NotShownItem {
  readonly name: string;
  readonly reason: NotShownReason;
}

/** What the agent's pointer has come to is hidden from them, or not theirs to use. */
export interface MarkAlert extends Place {
  /** How and why: `markWith`. */
  readonly mark: number;
}

export type ViewerSays =
  | { readonly kind: 'ready' }
  | { readonly kind: 'here' }
  | ({ readonly kind: 'page' } & PageFacts & Size)
  | { readonly kind: 'complete' }
  | ({ readonly kind: 'viewport' } & Size)
  | { readonly kind: 'scheme'; readonly isDark: boolean }
  | ({ readonly kind: 'address' } & PageFacts)
  | { readonly kind: 'sight'; readonly sight: Sight | null }
  | { readonly kind: 'pointer-placed'; readonly at: Place | null }
  | { readonly kind: 'click-placed'; readonly at: Place }
  | { readonly kind: 'alert'; readonly alert: MarkAlert | null }
  | { readonly kind: 'comment-wanted'; readonly anchor: Anchor; readonly at: Place }
  | { readonly kind: 'agent-message'; readonly message: ViewerMessage }
  | { readonly kind: 'not-shown'; readonly items: readonly NotShownItem[] }
  | { readonly kind: 'fault' };

/** Of all an agent may say, what a viewer may. */
export type ViewerMessage = Extract<
  AgentMessage,
  { type: 'pointer' | 'pointer-left' | 'point' | 'want' | 'renew' | 'command' | 'draw' }
>;

export interface ViewerPort {
  post(message: ToViewer): void;
  close(): void;
}

const MAX_VIEWPORT_PIXELS = 16_384;
const MAX_PLACE_PIXELS = 1_000_000;
const MAX_NOT_SHOWN = 500;
/** A mark is one byte. */
const MAX_MARK = 0xff;

/** Speaks over `port` until `close`. What cannot be read is dropped. */
export function openViewerPort(port: MessagePort, onSay: (says: ViewerSays) => void): ViewerPort {
  const hear = ({ data }: MessageEvent<unknown>): void => {
    const says = parseViewerSays(data);
    if (says !== null) onSay(says);
  };
  port.addEventListener('message', hear);
  port.start();
  return {
    post(message) {
      port.postMessage(message, message.kind === 'frame' ? [message.bytes] : []);
    },
    close() {
      port.removeEventListener('message', hear);
      port.close();
    },
  };
}

/** `null`: not something a viewer may say. Never throws. */
export function parseViewerSays(data: unknown): ViewerSays | null {
  if (!isRecord(data)) return null;
  switch (data['kind']) {
    case 'ready':
      return { kind: 'ready' };
    case 'here':
      return { kind: 'here' };
    case 'complete':
      return { kind: 'complete' };
    case 'fault':
      return { kind: 'fault' };
    case 'page': {
      const facts = parseFacts(data);
      const size = parseSize(data);
      return facts && size && { kind: 'page', ...facts, ...size };
    }
    case 'viewport': {
      const size = parseSize(data);
      return size && { kind: 'viewport', ...size };
    }
    case 'sight':
      return parseSight(data['sight']);
    case 'scheme':
      return { kind: 'scheme', isDark: data['isDark'] === true };
    case 'address': {
      const facts = parseFacts(data);
      return facts && { kind: 'address', ...facts };
    }
    case 'placed':
      return parsePlaced(data);
    case 'alert':
      return parseAlert(data);
    case 'comment-wanted': {
      const anchor = parseAnchor(data['anchor']);
      const at = parsePlace(data['at']);
      return anchor && at && { kind: 'comment-wanted', anchor, at };
    }
    case 'agent-message':
      return parseAgentMessage(data['bytes']);
    case 'not-shown':
      return parseNotShown(data['items']);
    default:
      return null;
  }
}

function parseFacts({ url, title }: Record<string, unknown>): PageFacts | null {
  if (typeof url !== 'string' || typeof title !== 'string') return null;
  return { url: cleanText(url, MAX_URL_UNITS), title: cleanText(title, MAX_LABEL_UNITS) };
}

function parseSize({ width, height }: Record<string, unknown>): Size | null {
  if (!isNumber(width, 0, Infinity) || !isNumber(height, 0, Infinity)) return null;
  return { width: clampPixels(width), height: clampPixels(height) };
}

function parseSight(sight: unknown): ViewerSays | null {
  if (sight === null) return { kind: 'sight', sight };
  const place = parsePlace(sight);
  const size = isRecord(sight) ? parseSize(sight) : null;
  return place && size && { kind: 'sight', sight: { ...place, ...size } };
}

function clampPixels(pixels: number): number {
  return Math.min(MAX_VIEWPORT_PIXELS, Math.max(1, Math.round(pixels)));
}

function parsePlaced({ what, at }: Record<string, unknown>): ViewerSays | null {
  const place = parsePlace(at);
  if (what === 'pointer' && (place !== null || at === null)) return { kind: 'pointer-placed', at: place };
  return what === 'click' && place !== null ? { kind: 'click-placed', at: place } : null;
}

function parseAlert({ mark, at }: Record<string, unknown>): ViewerSays | null {
  const place = parsePlace(at);
  if (place === null || !isNumber(mark, 0, MAX_MARK) || !Number.isInteger(mark)) return null;
  return { kind: 'alert', alert: mark === 0 ? null : { mark, ...place } };
}

function parsePlace(at: unknown): Place | null {
  if (!isRecord(at)) return null;
  const { x, y } = at;
  if (!isNumber(x, -MAX_PLACE_PIXELS, MAX_PLACE_PIXELS) || !isNumber(y, -MAX_PLACE_PIXELS, MAX_PLACE_PIXELS))
    return null;
  return { x, y };
}

function parseAnchor(anchor: unknown): Anchor | null {
  if (!isRecord(anchor)) return null;
  const { node, x, y } = anchor;
  if (!isNumber(node, 1, Number.MAX_SAFE_INTEGER) || !isNumber(x, 0, 1) || !isNumber(y, 0, 1)) return null;
  return { node: node as NodeId, x, y };
}

function parseAgentMessage(bytes: unknown): ViewerSays | null {
  if (!(bytes instanceof Uint8Array) || bytes.length > MAX_FRAME_BYTES * 4) return null;
  let message: AgentMessage | null;
  try {
    message = readAgentMessage(bytes);
  } catch {
    return null;
  }
  switch (message?.type) {
    case 'pointer':
    case 'pointer-left':
    case 'point':
    case 'want':
    case 'renew':
    case 'command':
    case 'draw':
      return { kind: 'agent-message', message };
    default:
      // `hello`, `ask-write` and the like are the console's own to say.
      return null;
  }
}

function parseNotShown(items: unknown): ViewerSays | null {
  if (!Array.isArray(items)) return null;
  return {
    kind: 'not-shown',
    items: items
      .slice(0, MAX_NOT_SHOWN)
      .map(parseNotShownItem)
      .filter((item) => item !== null),
  };
}

function parseNotShownItem(raw: unknown): NotShownItem | null {
  if (!isRecord(raw) || !isText(raw['name'])) return null;
  const reason = NOT_SHOWN_REASONS.find((known) => known === raw['reason']);
  return reason === undefined ? null : { name: cleanText(raw['name'], MAX_LABEL_UNITS), reason };
}
