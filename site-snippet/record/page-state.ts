import { DOCUMENT_NODE_ID, NO_NODE_ID, type NodeId } from '../../protocol/node-id.ts';
import type { NotShownReason, SelectionEnd } from '../../protocol/page-message.ts';
import { contentOf, hostOf } from '../native.ts';
import { createAdoptedSheets } from './styles/adopted-sheets.ts';
import { createAnimationWatch } from './animations/animation-watch.ts';
import type { Assets } from './files/assets.ts';
import { createBesideTeller, type Beside } from './beside.ts';
import { createBoxes } from './tree/boxes.ts';
import { createCanvases } from './pictures/canvases.ts';
import { createInView } from './states/in-view.ts';
import { createLateShadows } from './tree/late-shadows.ts';
import type { PictureNumbers } from './documents.ts';
import { createFontWatch } from './styles/font-watch.ts';
import { lazily } from './lazily.ts';
import type { NodeNumbers } from './node-numbers.ts';
import type { RawSheet } from './raw-sink.ts';
import type { RecorderOutput } from './recorder-output.ts';
import { recordPreferences } from './styles/preferences.ts';
import { recordPointer } from './states/pointer.ts';
import { createRarities } from './rarities.ts';
import { recordSelection } from './states/selection.ts';
import { createSheetTexts } from './styles/sheet-text.ts';
import { createSheets } from './styles/sheets.ts';
import { recordSight } from './states/sight.ts';
import { createStates } from './states/states.ts';
import { createSvgValues } from './tree/svg-values.ts';
import type { TreeRecorder } from './tree/tree.ts';

/**
 * What of a page its markup does not show: its style sheets and what scripts do to them, its canvases, its states, what the
 * customer looks and points at.
 */
export interface PageState {
  /** An element got its number. */
  see(element: Element, tag: string, id: NodeId): void;
  seeRoot(root: Document | ShadowRoot): void;
  /** A batch is about to be sent: what belongs to it should go with it. */
  beforeBatch(): void;
  /**
   * To be called now and then: most of it changes without an event.
   * @param isThorough also what takes time to find out and can wait
   */
  look(isThorough: boolean): void;
  /** Resolves when all that was seen so far has been handed over. */
  settled(): Promise<void>;
}

const WITHOUT_STATES = new Set(['link', 'style', 'canvas', 'video']);

export interface PageStateOptions {
  readonly document: Document;
  /** Our own. */
  readonly widget: ShadowRoot;
  readonly numbers: NodeNumbers;
  /** Of the documents in frames too: the customer's pointer may be in any. */
  readonly ofPicture: PictureNumbers;
  readonly assets: Assets;
  readonly signal: AbortSignal;
  readonly output: RecorderOutput;
  /** Sends once the nodes that the message names are out. */
  readonly later: (send: () => void) => void;
  readonly tree: TreeRecorder;
  /** An element is scrolled that no event told of. */
  readonly onScrolled: (element: Element) => void;
  /** For the tree to read. */
  readonly beside: Beside;
}

const NOWHERE: SelectionEnd = { node: NO_NODE_ID, offset: 0 };

export function createPageState(options: PageStateOptions): PageState {
  const { document, widget, numbers, assets, signal, output, later, tree } = options;
  const texts = createSheetTexts(assets);
  const tell = createBesideTeller(options.beside, numbers, (element, name) => later(() => tree.touch(element, name)));
  const isShown = output.sink.mayName;
  const rarities = createRarities({ document, numbers, signal, tell, isShown });
  function onSheet(sheet: RawSheet): void {
    rarities.learn(sheet.text);
    later(() => sendSheet(sheet));
  }
  /** What stands in its element first: in the mirror it would be added to the text that takes its place. */
  function sendSheet(sheet: RawSheet): void {
    if ('node' in sheet && tree.isUnfinished(sheet.owner)) later(() => sendSheet(sheet));
    else output.sheet(sheet);
  }
  const notShown = (node: NodeId, reason: NotShownReason): void =>
    later(() => output.plain({ type: 'not-shown', node, reason }));
  let areTooMany = false;
  const onTooMany = (): void => {
    if (!areTooMany) notShown(DOCUMENT_NODE_ID, 'too-large');
    areTooMany = true;
  };
  const onUnreadable = (node: NodeId): void => notShown(node, 'cross-origin');
  const adopted = createAdoptedSheets({
    numbers,
    texts,
    onAdopted: (root, list) => later(() => output.adopted(root, list)),
    onSheet,
    isClear: isShown,
  });
  const sheets = createSheets({ numbers, texts, signal, onSheet, onUnreadable, isShown });
  const canvases = createCanvases({
    document,
    numbers,
    signal,
    onPicture: (id, canvas, mime, bytes) => later(() => output.picture(id, canvas, mime, bytes)),
    onNotShown: notShown,
  });
  const videos = lazily(
    async () => {
      const { createVideos } = await import('./pictures/videos.ts');
      return createVideos({
        numbers,
        signal,
        onPicture: (id, video, mime, bytes) => later(() => output.picture(id, video, mime, bytes)),
        onNotShown: notShown,
      });
    },
    signal,
    (video) => notShown(numbers.of(video), 'unreadable'),
  );
  const fonts = createFontWatch(document, assets, (found) => {
    if (found.css !== '') adopted.setFonts(found.css);
    if (found.unmatched > 0) notShown(DOCUMENT_NODE_ID, 'font');
  });
  const selection = recordSelection({
    document,
    numbers,
    signal,
    isShown,
    onChange: (range) =>
      later(() => output.plain({ type: 'selection', from: range?.from ?? NOWHERE, to: range?.to ?? NOWHERE })),
  });
  const preferences = recordPreferences(document, widget, signal, (now) => {
    later(() => output.plain({ type: 'preferences', ...now }));
    rarities.prefer(now);
  });
  const states = createStates({
    document,
    numbers,
    signal,
    isShown,
    onState: (state, nodes) => later(() => output.plain({ type: 'state', state, nodes })),
    onTooMany,
  });
  const boxes = createBoxes(tree);
  const lateShadows = createLateShadows(
    document,
    numbers,
    tree.revisit,
    options.onScrolled,
    createSvgValues(tree.touch),
  );
  const animations = createAnimationWatch({
    document,
    numbers,
    signal,
    tell,
    onTooMany,
  });

  function seeRoot(root: Document | ShadowRoot): void {
    rarities.seeRoot(root);
    adopted.see(root);
    lateShadows.seeRoot(root);
    animations.seeRoot(root);
  }

  seeRoot(document);

  const pointer = recordPointer({
    document,
    numbers: options.ofPicture,
    host: hostOf(widget),
    signal,
    isBox: tree.isBox,
    isShown,
    onMove: (at) => output.plain({ type: 'pointer', at }),
    onLeave: () => output.plain({ type: 'pointer-left' }),
    onClick: (at) => output.plain({ type: 'clicked', at }),
  });
  if (document === globalThis.document)
    recordSight(window, signal, (sight) => later(() => output.plain({ type: 'sight', ...sight })));
  const inView = createInView(document, numbers, {
    tree,
    onScrolled: options.onScrolled,
    onMiddle: (node, top) => later(() => output.plain({ type: 'in-view', node, top })),
  });

  return {
    see(element, tag, id) {
      if ('targetElement' in element) {
        animations.see(element as SVGAnimationElement);
        return;
      }
      sheets.see(element, tag, id);
      canvases.see(element, tag);
      if (tag === 'video') videos.see(element);
      if (tag === 'style') rarities.learn(contentOf(element) ?? '');
      if (!WITHOUT_STATES.has(tag)) states.see(element);
    },
    seeRoot,
    beforeBatch() {
      inView.tell();
      sheets.look(false);
      states.touch();
    },
    look(isThorough) {
      inView.tell();
      sheets.look(isThorough);
      adopted.look();
      canvases.look();
      videos.now?.look();
      states.look();
      rarities.look(lateShadows.roots, isThorough);
      selection.look();
      animations.look(isThorough);
      if (isThorough) {
        lateShadows.look();
        pointer.look();
        boxes.look();
        fonts.look();
        preferences.look();
      }
    },
    settled: sheets.settled,
  };
}
