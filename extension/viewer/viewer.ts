import { MAX_WANTED_ASSETS, writeAgentMessage, type Act, type AgentMessage } from '../../protocol/command.ts';
import { MAX_FRAME_DOCUMENTS, MAX_FRAME_NODES, MAX_LABEL_UNITS, MAX_TREE_NODES } from '../../protocol/limits.ts';
import { frameOf, nodeInFrame, ownNumberOf, type NodeId } from '../../protocol/node-id.ts';
import type { Anchor, DrawnBy, PageMessage, Preferences, SessionMode, Sight } from '../../protocol/page-message.ts';
import { WireError } from '../../protocol/wire-error.ts';
import { cleanText } from '../clean-text.ts';
import { createAssets } from './assets.ts';
import { createDrawingSurface } from './drawing/surface.ts';
import { createMirroredFrames, type FrameViewer } from './frames.ts';
import { sendActs, type Acting } from './input/acting.ts';
import { sendAlerts } from './input/alerting.ts';
import { placeAround, placeOf } from './input/anchor.ts';
import { sendDrawing } from './input/drawing.ts';
import { sendPointing } from './input/pointing.ts';
import { seeRoot } from './mirror/styles/browser-look.ts';
import { measureBrowser } from './mirror/styles/browser-sizes.ts';
import { renewDocument } from './mirror/tree/document-mode.ts';
import { makeInert } from './mirror/inert.ts';
import { createMirror } from './mirror/mirror.ts';
import { createNotShown } from './mirror/not-shown.ts';
import { createOwnStyle } from './mirror/styles/own-style.ts';
import { drawPicture } from './mirror/pictures/canvas.ts';
import { createCaret } from './mirror/states/caret.ts';
import { createPictures } from './mirror/pictures/pictures.ts';
import { createMirroredPreferences } from './mirror/styles/preferences.ts';
import { clearSelection, showSelection } from './mirror/states/selection.ts';
import { createSheetFiles } from './mirror/styles/sheet-files.ts';
import { createSheets } from './mirror/styles/sheets.ts';
import {
  PORT_GREETING,
  type DrawnMessage,
  type FromViewer,
  type PortRequest,
  type Tool,
  type ToViewer,
} from './port.ts';
import { createStates } from './mirror/states/states.ts';
import { createTransitions } from './mirror/animations/transitions.ts';
import { createWanted } from './mirror/files/wanted.ts';
import { createReceiver } from './receive/receiver.ts';

/**
 * The sandboxed page whose own document is the mirror. It waits for its port, then lives as long as the frame does.
 * In a frame of the mirror another instance shows the document that the page has there, under the number it has.
 */
const frame = Number(new URLSearchParams(location.search).get('frame') ?? 0);

window.addEventListener('message', function greet({ data, ports, source }) {
  const [port] = ports;
  if (data !== PORT_GREETING || !port || source !== window.parent) return;
  window.removeEventListener('message', greet);
  showPage(port);
});
// What is around it is the console, which knows when the page is there, or a mirror, which does not.
if (frame !== 0) window.parent.postMessage({ kind: 'alongside-port-wanted', frame } satisfies PortRequest, '*');

type Pinned = Pick<Extract<PageMessage, { type: 'pinned' }>, 'at'> & { readonly text: string };

function showPage(port: MessagePort): void {
  const say = (message: FromViewer): void => port.postMessage(message);
  const send = (message: AgentMessage): void => say({ kind: 'agent-message', bytes: writeAgentMessage(message) });
  const assets = createAssets(ask);
  const pictures = createPictures({
    want: assets.want,
    onMissing({ asset, reason }, element) {
      if (element === null) notShown.addFile(asset, reason);
      else notShown.add(mirror.idOf(element), reason);
    },
    wanted: createWanted,
  });
  const preferences = createMirroredPreferences(
    window,
    () => measureBrowser(document),
    (rules) => ownStyle.force(rules),
  );
  const mirror = createMirror(document, pictures, preferences, frame === 0 ? MAX_TREE_NODES : MAX_FRAME_NODES);
  const frames = createMirroredFrames(mirror, {
    onSay: hear,
    greeting: () => [
      { kind: 'mode', mode, epoch },
      { kind: 'tool', tool },
    ],
    onLost: (lost) => send({ type: 'renew-frame', frame: lost }),
  });
  const ownStyle = createOwnStyle(document);
  const drawing = createDrawingSurface(document);
  const sheets = createSheets(pictures, preferences, () => ownStyle.onTop);
  const sheetFiles = createSheetFiles({
    sheets,
    want: (asset, deliver) => assets.want([asset], deliver),
    onMissing: (element, { reason }) => element && notShown.add(mirror.idOf(element), reason),
  });
  const states = createStates();
  const transitions = createTransitions(document, mirror);
  const caret = createCaret(document);
  const notShown = createNotShown(mirror, (items) => say({ kind: 'not-shown', items }));
  const idOf = (node: Node): NodeId => nodeInFrame(frame, mirror.idOf(node));
  const nodeOf = (id: NodeId): Node | undefined => (frameOf(id) === frame ? mirror.node(ownNumberOf(id)) : undefined);
  let mode: SessionMode = 'pointer';
  let epoch = 0;
  let sequence = 0;
  let tool: Tool = 'point';
  let strokes = 0;
  let acting: Acting | null = null;
  let customerPointer: Anchor | null = null;
  /** Until then it may rest where it was when recording began, which is told as a state. */
  let hasPointed = false;
  let sight: Sight | null = null;
  let dropped = 0;
  let told: Preferences | null = null;
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

  function ask(wanted: number[]): void {
    if (frame !== 0) say({ kind: 'want', assets: wanted });
    else {
      for (let at = 0; at < wanted.length; at += MAX_WANTED_ASSETS) {
        send({ type: 'want', assets: wanted.slice(at, at + MAX_WANTED_ASSETS) });
      }
    }
  }

  function act(wanted: Act): void {
    if (frame !== 0) say({ kind: 'act', act: wanted });
    else {
      sequence += 1;
      send({ type: 'command', epoch, sequence, act: wanted });
    }
  }

  /** What the viewer of a frame says. It runs our code, but it is told what to show by the page: the console judges. */
  function hear(message: FromViewer, from: FrameViewer): void {
    switch (message.kind) {
      case 'agent-message':
      case 'fault':
        say(message);
        break;
      case 'act':
        act(message.act);
        break;
      case 'want':
        assets.want(message.assets, (file) => from.tell(file));
        break;
      case 'placed':
        if (message.what === 'click') say({ ...message, at: placeAround(message.at, from.element) });
        else say({ ...message, at: message.at && placeAround(message.at, from.element) });
        break;
      case 'alert':
      case 'comment-wanted':
        say({ ...message, at: placeAround(message.at, from.element) });
        break;
      case 'not-shown':
        notShown.setInside(from.frame, message.items);
        break;
      default:
        break;
    }
  }

  function accept(message: PageMessage): void {
    if (message.type === 'begin') begin(message);
    else if (!isLost) show(message);
    pictures.wanted.pictures.changed();
  }

  function begin(page: Extract<PageMessage, { type: 'begin' }>): void {
    isLost = false;
    customerPointer = null;
    hasPointed = false;
    see(null);
    frames.clear();
    mirror.clear();
    sheetFiles.clear();
    clearSelection(caret);
    drawing.clear();
    notShown.clear();
    renewDocument(document, page.compatMode);
    mirror.clear();
    sheets.clear();
    states.clear();
    transitions.begin();
    sheets.adopt(document, []);
    ownStyle.setBeneath('normal');
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
      idOf,
      node: nodeOf,
      isWriting: () => mode === 'write' && tool === 'point',
      act,
      signal,
    });
    makeInert(window, signal);
    sendPointing(window, idOf, send, () => mode === 'pointer' && tool === 'point', signal);
    sendAlerts(window, say, signal);
    sendDrawing({
      window,
      idOf,
      node: nodeOf,
      tool: () => tool,
      // Its own in all frames: the customer's side knows them by their numbers alone.
      nextStroke: () => (strokes += 1) * (MAX_FRAME_DOCUMENTS + 1) + frame,
      onPart(part, anchor) {
        drawing.extend('agent', part.stroke, anchor, part.points);
        send({ type: 'draw', ...part });
      },
      onCommentWanted: (anchor, x, y) => say({ kind: 'comment-wanted', anchor, at: { x, y } }),
      signal,
    });
    frames.listen(signal);
    window.addEventListener('scroll', replace, { signal, capture: true, passive: true });
    window.addEventListener('resize', resized, { signal, passive: true });
  }

  function show(message: PageMessage): void {
    const onShown = transitions.expect(message.type);
    switch (message.type) {
      case 'tree':
        grow(message.body);
        break;
      case 'in-view':
        mirror.scrolling.hold(message.node, message.top);
        mirror.scrolling.restore();
        break;
      case 'complete':
        mirror.scrolling.release();
        mirror.scrolling.restore();
        sheetFiles.whenHere(() => {
          transitions.whole();
          say({ kind: 'complete' });
        });
        break;
      case 'sheet':
        sheets.set(mirror.node(message.node), message.text);
        mirror.scrolling.restore();
        break;
      case 'sheet-file':
        sheetFiles.show(mirror.node(message.node), message.asset, message.files, () => {
          mirror.scrolling.restore();
          onShown();
        });
        return;
      case 'sheet-more':
        sheets.add(mirror.node(message.node), message.text);
        mirror.scrolling.restore();
        break;
      case 'sheet-media':
        sheets.media(mirror.node(message.node), message.text);
        mirror.scrolling.restore();
        break;
      case 'constructed':
        sheets.construct(message.sheet, message.text);
        mirror.scrolling.restore();
        break;
      case 'adopted':
        sheets.adopt(mirror.node(message.node), message.sheets);
        mirror.scrolling.restore();
        break;
      case 'picture':
        void drawPicture(mirror.node(message.node), message.mime, message.bytes);
        notShown.remove(message.node);
        break;
      case 'in-frame':
        showInFrame(message);
        break;
      case 'pinned':
        pin(message.by, mirror.node(message.at.node), message);
        break;
      case 'not-shown':
        frames.drop(mirror.node(message.node));
        notShown.add(message.node, message.reason);
        break;
      case 'viewport':
        say({ kind: 'viewport', width: message.width, height: message.height });
        break;
      case 'sight':
        see(message.width === 0 ? null : message);
        break;
      case 'address':
        say({ kind: 'address', url: message.url, title: message.title });
        break;
      case 'state':
        // The live channel was faster.
        if (message.state === 'hover' && hasPointed) break;
        if (states.set(message.state, message.nodes.map(mirror.node))) mirror.scrolling.restore();
        break;
      case 'preferences':
        told = message;
        prefer(message);
        break;
      case 'selection':
        showSelection(mirror, caret, message);
        break;
      case 'focus':
        states.focus(mirror.node(message.node));
        acting?.focused(nodeInFrame(frame, message.node));
        break;
      default:
        break; // The live channel's messages are the console's.
    }
    onShown();
  }

  function grow(body: Uint8Array): void {
    orRenew(() => {
      mirror.apply(body);
      ownStyle.keepBeneath();
      frames.tidy();
    });
    states.keepOnTop();
    replace();
  }

  function showInFrame(message: Extract<PageMessage, { type: 'in-frame' }>): void {
    orRenew(() => frames.accept(message));
    notShown.remove(message.node);
  }

  function prefer(now: Preferences): void {
    preferences.set(now);
    ownStyle.setBeneath(now.pageScheme, preferences.beneath);
    mirror.shadowRoots.forEach(seeRoot);
    if (frame === 0) say({ kind: 'scheme', isDark: preferences.isDark });
    mirror.scrolling.restore();
  }

  /** A frame that was hidden has no size until it is displayed. */
  function resized(): void {
    if (told !== null && preferences.isUnsure) prefer(told);
    replace();
  }

  /** Bytes that were no batch end the session; a batch that does not fit the tree is asked for again. */
  function orRenew(apply: () => void): void {
    try {
      apply();
    } catch (error) {
      if (!(error instanceof WireError) || error.fault !== 'bad_reference') throw error;
      isLost = true;
      send(frame === 0 ? { type: 'renew' } : { type: 'renew-frame', frame });
    }
  }

  /** Things have moved under what lies over them. */
  function replace(): void {
    caret.place();
    reportPointer();
    reportSight();
  }

  function see(part: Sight | null): void {
    if (part === null && sight !== null) say({ kind: 'sight', sight: null });
    sight = part;
    reportSight();
  }

  function reportSight(): void {
    if (sight === null) return;
    const { x, y, width, height } = sight;
    say({ kind: 'sight', sight: { x: x - window.scrollX, y: y - window.scrollY, width, height } });
  }

  function reportPointer(): void {
    if (hasPointed) states.hover(customerPointer === null ? undefined : nodeOf(customerPointer.node));
    pictures.wanted.pictures.changed();
    if (customerPointer === null) return;
    say({ kind: 'placed', what: 'pointer', at: placeOf(customerPointer, nodeOf(customerPointer.node)) });
  }

  function movePointer(at: Anchor | null): void {
    // It is in one document; the others forget where it was in theirs.
    customerPointer = at && frameOf(at.node) === frame ? at : null;
    hasPointed = true;
    frames.tell({ kind: 'customer-pointer', at });
    reportPointer();
    if (at === null && frame === 0) say({ kind: 'placed', what: 'pointer', at: null });
  }

  function showDrawn(by: DrawnBy, message: DrawnMessage): void {
    if (message.type === 'clear-drawing') {
      drawing.clear();
      return;
    }
    const node = message.type === 'draw' ? message.node : message.at.node;
    if (frameOf(node) !== frame) return;
    const anchor = nodeOf(node);
    if (message.type === 'comment') pin(by, anchor, message);
    else if (anchor instanceof Element) drawing.extend(by, message.stroke, anchor, message.points);
  }

  function pin(by: DrawnBy, anchor: Node | undefined, { at, text }: Pinned): void {
    if (anchor instanceof Element) drawing.pin(by, anchor, at, cleanText(text, MAX_LABEL_UNITS));
  }

  port.addEventListener('message', ({ data }: MessageEvent<ToViewer>) => {
    switch (data.kind) {
      case 'frame':
        receiver.accept(data.bytes);
        break;
      case 'message':
        receiver.take(data.bytes);
        break;
      case 'asset':
      case 'asset-missing':
        assets.arrive(data);
        break;
      case 'ask':
        say({ kind: 'here' });
        break;
      case 'restart':
        receiver.restart();
        assets.clear();
        isLost = true;
        break;
      case 'customer-pointer':
        movePointer(data.at);
        break;
      case 'customer-click': {
        const at = placeOf(data.at, nodeOf(data.at.node));
        if (at) say({ kind: 'placed', what: 'click', at });
        else frames.tell(data);
        break;
      }
      case 'mode':
        mode = data.mode;
        epoch = data.epoch;
        frames.tell(data);
        break;
      case 'tool':
        ({ tool } = data);
        frames.tell(data);
        // What is drawn over a frame that shows nothing is anchored to the frame.
        ownStyle.closeFrames(tool !== 'point');
        break;
      case 'drawn':
        showDrawn(data.by, data.message);
        frames.tell(data);
        break;
      default:
        break;
    }
  });
  port.start();
  say({ kind: 'ready' });
}
