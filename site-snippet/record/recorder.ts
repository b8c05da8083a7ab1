import { MAX_FRAME_DEPTH, MAX_FRAME_NODES, MAX_TREE_NODES } from '../../protocol/limits.ts';
import { DOCUMENT_NODE_ID, NO_NODE_ID, type NodeId } from '../../protocol/node-id.ts';
import type { CompatMode, NotShownReason } from '../../protocol/page-message.ts';
import { listen } from '../listen.ts';
import { baseOf, documentHas, hostOf, isElement, nameOf, namespaceOf, viewOf } from '../native.ts';
import type { Place } from '../place-in-page.ts';
import { createAttributeReader } from './tree/attributes.ts';
import type { Beside } from './beside.ts';
import { renameUrls } from './styles/css-urls.ts';
import { createDocuments, type Documents, type PictureNumbers } from './documents.ts';
import { createFluidPictures } from './pictures/fluid-pictures.ts';
import { createFields } from './states/fields.ts';
import { recordFocus, toldFocusIn } from './states/focus.ts';
import type { FrameRecorder } from './frames.ts';
import { lazily } from './lazily.ts';
import { createNodeNumbers } from './node-numbers.ts';
import { createPace } from './pace.ts';
import { openPageState } from './page-state-door.ts';
import type { RecorderOutput } from './recorder-output.ts';
import { createScroll } from './states/scroll.ts';
import { createTreeRecorder } from './tree/tree.ts';
import { recordViewport, viewportOf } from './states/viewport.ts';

/** Bytes of structure and units of text in one message: the first ones should not wait for the last. */
const MAX_BATCH_SIZE = 128 * 1024;
/** Scripts change fields and style rules without telling anybody. */
const LOOK_EVERY_MS = 250;
/** Where nothing has changed for so long, and nobody has touched anything, only every so many looks are taken. */
const CALM_AFTER_MS = 3_000;
const CALM_LOOKS = 4;
const HTML = 'http://www.w3.org/1999/xhtml';

export interface Recorder extends FrameRecorder {
  /** Of all documents of the picture. */
  readonly numbers: PictureNumbers;
  /** Where a place of the viewport that `node` is in lies in the page's own viewport. */
  placeInPage(place: Place, node: Node): Place;
}

/** What the recorders of one picture share, and how deep in frames this one stands. */
interface Surroundings {
  readonly documents: Documents;
  readonly depth: number;
}

/**
 * Records the document until stopped, with those in its frames. One recorder is one picture: to begin anew, make another.
 * @param widget our own: it and its host are never looked at
 */
export function startRecorder(
  document: Document,
  widget: ShadowRoot,
  output: RecorderOutput,
  around: Surroundings | null = null,
): Recorder {
  const host = hostOf(widget);
  const view = windowOf(document);
  const ending = new AbortController();
  const { signal } = ending;
  const { sink, assets } = output;
  const numbers = createNodeNumbers(document);
  const { documents, depth } = around ?? { documents: createDocuments(), depth: 0 };
  const frame = documents.add(document, numbers);
  /** Shown without a `src` of their own, in what has been written since. */
  const pictures: Element[] = [];
  const fluidPictures = createFluidPictures(document);
  let looking = 0;
  let looks = 0;
  let changedAt = 0;
  let hasBegun = false;
  let isComplete = false;
  let isTooLarge = false;
  let isWriting = false;
  /** As it was told. */
  let focused: NodeId = NO_NODE_ID;
  let placing: Recorder['placeInPage'] = (place) => place;
  /** Messages that name nodes, sent once the batch with those nodes is out. */
  let waiting: (() => void)[] = [];

  const beside: Beside = new Map();
  /** Since frames were looked at. */
  const moved = new Set<Node>();

  const pace = createPace({ document, documents, output, signal, write: (until) => write(until) });
  const fields = createFields({ document, numbers, sink, signal, onDirty: pace.soon });
  const scroll = createScroll(document, numbers, sink, signal, pace.soon);
  const state = openPageState(
    numbers,
    signal,
    async () => {
      const { createPageState } = await import('./page-state.ts');
      return createPageState({
        document,
        widget,
        numbers,
        ofPicture: documents.numbers,
        assets,
        signal,
        output,
        later,
        tree,
        onScrolled: scroll.note,
        beside,
      });
    },
    (error) => {
      console.warn('Alongside:', error);
      notShown(DOCUMENT_NODE_ID, 'unreadable');
    },
  );
  const frames = lazily(
    async () => {
      const { watchFrames, placeInPage } = await import('./frames.ts');
      placing = placeInPage;
      return watchFrames({ numbers, signal, safely, later, begin: beginFrame, onNotShown: notShown });
    },
    signal,
    onNotLoaded,
  );
  const readAttribute = createAttributeReader(assets, beside, sink.mayName);
  const tree = createTreeRecorder({
    document,
    numbers,
    sink,
    host,
    readAttribute,
    readText: (tag, text) =>
      tag === 'style' ? renameUrls(text, (url) => assets.name(url, () => baseOf(document))) : text,
    onElement(element, tag, id) {
      // `<svg><iframe>` shares a name with a frame, and nothing else.
      if (tag === 'style' ? !('sheet' in element) : namespaceOf(element) !== HTML) {
        if ('targetElement' in element) state.see(element, tag, id);
        return;
      }
      if (tag === 'img') {
        if ((element as HTMLImageElement).currentSrc) pictures.push(element);
        return;
      }
      fields.see(element, tag, id);
      if (tag === 'iframe' || tag === 'frame') frames.see(element);
      else state.see(element, tag, id);
    },
    onPopover: state.see,
    onShadow(root) {
      state.seeRoot(root);
      scroll.seeRoot(root);
      hearPictures(root);
    },
    onMove(node) {
      scroll.move(node);
      if (frames.now) moved.add(node);
    },
    maxNodes: frame === 0 ? MAX_TREE_NODES : MAX_FRAME_NODES,
    safely,
    onDirty: pace.soon,
    onTooLarge() {
      if (isTooLarge) return;
      isTooLarge = true;
      notShown(numbers.of(document), 'too-large');
    },
  });

  function onNotLoaded(element: Element): void {
    notShown(numbers.of(element), 'unreadable');
  }

  function notShown(node: NodeId, reason: NotShownReason): void {
    later(() => output.plain({ type: 'not-shown', node, reason }));
  }

  function beginFrame(node: NodeId, inner: Document): FrameRecorder | NotShownReason {
    if (depth >= MAX_FRAME_DEPTH || !documents.hasRoom) {
      if (documents.areSpent) output.spent();
      return 'too-large';
    }
    try {
      return startRecorder(inner, widget, output.frame(node, documents.next, inner), {
        documents,
        depth: depth + 1,
      });
    } catch {
      return 'unreadable';
    }
  }

  function later(send: () => void): void {
    waiting.push(send);
    if (!isWriting) pace.soon();
  }

  function sendWaiting(): void {
    if (waiting.length === 0) return;
    sink.flush();
    const sends = waiting;
    waiting = [];
    // One of them may have begun another picture.
    for (const send of sends) if (!signal.aborted) send();
  }

  const write = safely((until: number) => {
    if (signal.aborted) return;
    isWriting = true;
    const isMore = writeSlice(until);
    isWriting = false;
    if (isMore) {
      pace.goOn();
      return;
    }
    touchPictures();
    if (!isComplete) void complete();
  });

  /** @returns whether there is more than this slice has room for */
  function writeSlice(until: number): boolean {
    if (sink.roughSize > MAX_BATCH_SIZE) {
      // Making bytes of so much takes as long as a slice, and has a turn of its own.
      sink.flush();
      sendWaiting();
      return true;
    }
    sink.begin();
    // Masking learns all values before anything is said in which they may turn up, be it the title.
    if (!hasBegun && !fields.announce(until)) return true;
    if (!hasBegun) begin();
    // What people have typed since comes before the page's echoes of it.
    fields.write();
    const isMore = tree.write(until);
    state.beforeBatch();
    frames.now?.look(moved);
    moved.clear();
    fields.write();
    scroll.write();
    if (sink.roughSize > 0 || waiting.length > 0) changedAt = performance.now();
    // Slices share a message, whatever waits for it: what is deflated together is smaller.
    if (isMore) return true;
    sink.flush();
    sendWaiting();
    return false;
  }

  async function complete(): Promise<void> {
    isComplete = true;
    await state.settled();
    if (signal.aborted) return;
    // With the picture, and not in a frame of animation of its own after it.
    isWriting = true;
    state.look(false);
    scroll.write();
    reportFocus(toldFocusIn(document, sink.mayName));
    isWriting = false;
    sendWaiting();
    output.complete();
  }

  /** The door: whatever goes wrong in here ends the sharing, and is never the page's error. */
  function safely<Args extends unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
    return (...args) => {
      try {
        act(...args);
      } catch (error) {
        if (signal.aborted) return;
        stop();
        output.failed(error);
      }
    };
  }

  function reportFocus(element: Element | null): void {
    if (element === host) return;
    later(() => {
      const node = element === null ? NO_NODE_ID : numbers.of(element);
      if (node !== focused) output.plain({ type: 'focus', node });
      focused = node;
    });
  }

  const reportPicture = safely((event: Event) => {
    const { target } = event;
    if (!isElement(target) || nameOf(target) !== 'img') return;
    // A lazy or responsive image has chosen its file only now, and any other shows its last one until now.
    tree.touch(target, 'src');
    pace.soon();
  });

  /** Nobody outside a shadow root hears what is loaded in it. */
  function hearPictures(root: Document | ShadowRoot): void {
    for (const type of ['load', 'error'] as const)
      listen(root as ShadowRoot, type, reportPicture, { signal, capture: true });
  }

  function touchPictures(): void {
    if (pictures.length === 0) return;
    for (const image of pictures.splice(0)) tree.touch(image, 'src');
    pace.soon();
  }

  let lastUrl = documentHas(document, 'URL');
  let lastTitle = documentHas(document, 'title');
  function look(): void {
    if (documentHas(document, 'URL') !== lastUrl || documentHas(document, 'title') !== lastTitle) {
      lastUrl = documentHas(document, 'URL');
      lastTitle = documentHas(document, 'title');
      // Other rules may hold there, and masked fields may say what the title says.
      sink.begin();
      output.address({ url: lastUrl, title: lastTitle });
    }
    frames.now?.look(moved);
    looks += 1;
    if (!isComplete || (isCalm() && looks % CALM_LOOKS !== 0)) return;
    fields.look();
    // It may have gone without an event, or have a number only now.
    const element = toldFocusIn(document, sink.mayName);
    if (focused !== (element === null ? NO_NODE_ID : numbers.of(element))) reportFocus(element);
    if (output.isReady) state.look(true);
    // Mostly nothing has come of it, and waiting for a frame has the browser make one.
    pace.atOnce();
  }

  function isCalm(): boolean {
    return performance.now() > changedAt + CALM_AFTER_MS && !navigator.userActivation?.isActive;
  }

  function begin(): void {
    hasBegun = true;
    output.begin({ url: lastUrl, title: lastTitle, compatMode: compatModeOf(document), ...viewportOf(view) });
    // The mirror's frames have their size from the mirror's layout.
    if (frame === 0)
      recordViewport(
        view,
        signal,
        safely((size) => {
          output.plain({ type: 'viewport', ...size });
          pictures.push(...fluidPictures());
          pace.soon();
        }),
      );
    recordFocus(
      document,
      sink.mayName,
      signal,
      safely((element) => {
        reportFocus(element);
        if (element !== null) output.focused(element);
      }),
    );
    hearPictures(document);
    looking = setInterval(safely(look), LOOK_EVERY_MS);
  }

  tree.start();
  // Setting all this up has taken as long as a slice.
  if (frame === 0) pace.goOn();
  else pace.soon();

  function stop(): void {
    ending.abort();
    frames.now?.stop();
    documents.remove(frame);
    clearInterval(looking);
    pace.stop();
    tree.stop();
  }

  return {
    frame,
    numbers: documents.numbers,
    placeInPage: (place, node) => placing(place, node),
    renewFrame: (inner) => frames.now?.renew(inner),
    stop,
  };
}

function windowOf(document: Document): Window {
  const view = viewOf(document);
  if (view === null) throw new Error('The document has no window.');
  return view;
}

/** `compatMode` cannot tell limited quirks from standards; the doctype can (HTML standard, "the initial insertion mode"). */
function compatModeOf(document: Document): CompatMode {
  if (documentHas(document, 'compatMode') === 'BackCompat') return 'quirks';
  const { publicId = '', systemId = '' } = documentHas(document, 'doctype') ?? {};
  if (publicId === '' && systemId === '') return 'standards';
  const limited =
    /^-\/\/W3C\/\/DTD XHTML 1\.0 (?:Frameset|Transitional)\/\//iu.test(publicId) ||
    (systemId !== '' && /^-\/\/W3C\/\/DTD HTML 4\.01 (?:Frameset|Transitional)\/\//iu.test(publicId));
  return limited ? 'limited-quirks' : 'standards';
}
