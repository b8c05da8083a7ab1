import { MAX_WANTED_ASSETS, writeAgentMessage, type AgentMessage } from '../../protocol/command.ts';
import type { Anchor, PageMessage, SessionMode } from '../../protocol/page-message.ts';
import { WireError } from '../../protocol/wire-error.ts';
import { createDrawingSurface } from './drawing/surface.ts';
import { sendActs, type Acting } from './input/acting.ts';
import { placeOf } from './input/anchor.ts';
import { sendDrawing } from './input/drawing.ts';
import { sendPointing } from './input/pointing.ts';
import { renewDocument } from './mirror/document-mode.ts';
import { makeInert } from './mirror/inert.ts';
import { createMirror } from './mirror/mirror.ts';
import { createNotShown } from './mirror/not-shown.ts';
import { createOwnStyle } from './mirror/own-style.ts';
import { drawPicture } from './mirror/canvas.ts';
import { createPictures } from './mirror/pictures.ts';
import { createSheets } from './mirror/sheets.ts';
import { PORT_GREETING, type DrawnMessage, type FromViewer, type Tool, type ToViewer } from './port.ts';
import { createStates } from './mirror/states.ts';
import { createReceiver } from './receive/receiver.ts';

/** The sandboxed page whose own document is the mirror. It waits for its port, then lives as long as the frame does. */
window.addEventListener('message', function greet({ data, ports, source }) {
  const [port] = ports;
  if (data !== PORT_GREETING || !port || source !== window.parent) return;
  window.removeEventListener('message', greet);
  showPage(port);
});

function showPage(port: MessagePort): void {
  const say = (message: FromViewer): void => port.postMessage(message);
  const send = (message: AgentMessage): void => say({ kind: 'agent-message', bytes: writeAgentMessage(message) });
  const pictures = createPictures((assets) => {
    for (let at = 0; at < assets.length; at += MAX_WANTED_ASSETS) {
      send({ type: 'want', assets: assets.slice(at, at + MAX_WANTED_ASSETS) });
    }
  });
  const mirror = createMirror(document, pictures);
  const ownStyle = createOwnStyle(document);
  const drawing = createDrawingSurface(document);
  const sheets = createSheets(pictures, () => ownStyle.onTop);
  const states = createStates();
  const notShown = createNotShown(mirror, (items) => say({ kind: 'not-shown', items }));
  let mode: SessionMode = 'pointer';
  let epoch = 0;
  let sequence = 0;
  let tool: Tool = 'point';
  let strokes = 0;
  let acting: Acting | null = null;
  let customerPointer: Anchor | null = null;
  let dropped = 0;
  /** Lost step: what comes until the next `begin` belongs to a tree that is not there. */
  let isLost = true;
  let listening = new AbortController();

  const receiver = createReceiver({
    onMessage: accept,
    onFault: (fault) => say({ kind: 'fault', fault }),
    onDropped() {
      dropped += 1;
      say({ kind: 'dropped', count: dropped });
    },
  });

  function accept(message: PageMessage): void {
    if (message.type === 'begin') begin(message);
    else if (!isLost) show(message);
  }

  function begin(page: Extract<PageMessage, { type: 'begin' }>): void {
    isLost = false;
    customerPointer = null;
    mirror.clear();
    drawing.clear();
    notShown.clear();
    renewDocument(document, page.compatMode);
    mirror.clear();
    sheets.clear();
    states.clear();
    sheets.adopt(document, []);
    listen();
    const { url, title, width, height } = page;
    say({ kind: 'page', url, title, width, height });
  }

  /** Renewing the document took every listener with it. */
  function listen(): void {
    listening.abort();
    listening = new AbortController();
    const { signal } = listening;
    acting = sendActs({
      window,
      idOf: mirror.idOf,
      node: mirror.node,
      isWriting: () => mode === 'write' && tool === 'point',
      act(act) {
        sequence += 1;
        send({ type: 'command', epoch, sequence, act });
      },
      signal,
    });
    makeInert(window, signal);
    sendPointing(window, mirror.idOf, send, () => mode === 'pointer' && tool === 'point', signal);
    sendDrawing({
      window,
      idOf: mirror.idOf,
      node: mirror.node,
      tool: () => tool,
      nextStroke: () => (strokes += 1),
      onPart(part, anchor) {
        drawing.extend('agent', part.stroke, anchor, part.points);
        send({ type: 'draw', ...part });
      },
      onCommentWanted: (anchor, x, y) => say({ kind: 'comment-wanted', anchor, at: { x, y } }),
      signal,
    });
    window.addEventListener('scroll', reportPointer, { signal, capture: true, passive: true });
    window.addEventListener('resize', reportPointer, { signal, passive: true });
  }

  function show(message: PageMessage): void {
    switch (message.type) {
      case 'tree':
        grow(message.body);
        break;
      case 'complete':
        mirror.restoreScroll();
        say({ kind: 'complete' });
        break;
      case 'sheet':
        sheets.set(mirror.node(message.node), message.text);
        mirror.restoreScroll();
        break;
      case 'sheet-more':
        sheets.add(mirror.node(message.node), message.text);
        break;
      case 'sheet-media':
        sheets.media(mirror.node(message.node), message.text);
        break;
      case 'constructed':
        sheets.construct(message.sheet, message.text);
        break;
      case 'adopted':
        sheets.adopt(mirror.node(message.node), message.sheets);
        mirror.restoreScroll();
        break;
      case 'picture':
        void drawPicture(mirror.node(message.node), message.mime, message.bytes);
        break;
      case 'asset':
        pictures.arrive(message.asset, message.mime, message.bytes);
        break;
      case 'not-shown':
        notShown.add(message.node, message.reason);
        break;
      case 'viewport':
        say({ kind: 'viewport', width: message.width, height: message.height });
        break;
      case 'address':
        say({ kind: 'address', url: message.url, title: message.title });
        break;
      case 'state':
        states.set(message.state, message.nodes.map(mirror.node));
        break;
      case 'focus':
        states.focus(mirror.node(message.node));
        acting?.focused(message.node);
        break;
      default:
        break; // The live channel's messages are the console's.
    }
  }

  function grow(body: Uint8Array): void {
    try {
      mirror.apply(body);
      ownStyle.keepBeneath();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      // Bytes that were no batch end the session; a batch that does not fit the tree is asked for again.
      if (error.fault !== 'bad_reference') throw error;
      isLost = true;
      send({ type: 'renew' });
    }
    reportPointer();
  }

  function reportPointer(): void {
    states.hover(customerPointer === null ? undefined : mirror.node(customerPointer.node));
    if (customerPointer === null) return;
    say({ kind: 'placed', what: 'pointer', at: placeOf(customerPointer, mirror.node(customerPointer.node)) });
  }

  function showDrawn(by: 'agent' | 'customer', message: DrawnMessage): void {
    if (message.type === 'clear-drawing') {
      drawing.clear();
      return;
    }
    const anchor = mirror.node(message.type === 'draw' ? message.node : message.at.node);
    if (!(anchor instanceof Element)) return;
    if (message.type === 'draw') drawing.extend(by, message.stroke, anchor, message.points);
    else drawing.pin(by, anchor, message.at, message.text);
  }

  port.addEventListener('message', ({ data }: MessageEvent<ToViewer>) => {
    switch (data.kind) {
      case 'frame':
        receiver.accept(data.bytes);
        break;
      case 'restart':
        receiver.restart();
        isLost = true;
        break;
      case 'customer-pointer':
        customerPointer = data.at;
        if (data.at === null) say({ kind: 'placed', what: 'pointer', at: null });
        reportPointer();
        break;
      case 'customer-click': {
        const at = placeOf(data.at, mirror.node(data.at.node));
        if (at) say({ kind: 'placed', what: 'click', at });
        break;
      }
      case 'mode':
        mode = data.mode;
        epoch = data.epoch;
        break;
      case 'tool':
        ({ tool } = data);
        break;
      case 'drawn':
        showDrawn(data.by, data.message);
        break;
      default:
        break;
    }
  });
  port.start();
  say({ kind: 'ready' });
}
