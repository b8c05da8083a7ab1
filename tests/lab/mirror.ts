import { drawPicture } from '../../extension/viewer/mirror/pictures/canvas.ts';
import { createCaret } from '../../extension/viewer/mirror/states/caret.ts';
import { createMirror } from '../../extension/viewer/mirror/mirror.ts';
import { createNotShown } from '../../extension/viewer/mirror/not-shown.ts';
import { createOwnStyle } from '../../extension/viewer/mirror/styles/own-style.ts';
import { createPictures } from '../../extension/viewer/mirror/pictures/pictures.ts';
import { createMirroredPreferences } from '../../extension/viewer/mirror/styles/preferences.ts';
import { showSelection } from '../../extension/viewer/mirror/states/selection.ts';
import { createSheetFiles } from '../../extension/viewer/mirror/styles/sheet-files.ts';
import { createSheets } from '../../extension/viewer/mirror/styles/sheets.ts';
import { createStates } from '../../extension/viewer/mirror/states/states.ts';
import { createTransitions } from '../../extension/viewer/mirror/animations/transitions.ts';
import { createWanted } from '../../extension/viewer/mirror/files/wanted.ts';
import { createMirroredFrames } from '../../extension/viewer/frames.ts';
import { PORT_GREETING, type ToViewer } from '../../extension/viewer/port.ts';
import { readPageMessage } from '../../protocol/page-message.ts';
import { boxInMirror } from './describe-box.ts';
import { describePictures } from './describe-pictures.ts';
import { describeState } from './describe-state.ts';
import { describeTree } from './describe-tree.ts';

/**
 * The viewer's mirror in a frame of the lab, fed by hand. The files of style sheets are here before they are asked for.
 * In a frame of the mirror another instance is fed over its port, as in the viewer.
 */
const frame = Number(new URLSearchParams(location.search).get('frame') ?? 0);
type Around = Window & {
  mirrorLab: { files: Map<number, string> };
  lab: { renewFrame(frame: number): void; fault(error: unknown): void; fileAt(asset: number): string | undefined };
};
const files: Map<number, string> = frame === 0 ? new Map() : (window.parent as Around).mirrorLab.files;
/** Files of pictures that are asked for, and come when the lab lets them. */
let letCome: ((come: () => void) => void) | null = null;
const pictures = createPictures({
  want(assets, deliver) {
    for (const asset of assets)
      letCome?.(() => deliver({ kind: 'asset', asset, mime: `image/x-${asset}`, bytes: new Uint8Array(1) }));
  },
  onMissing() {},
  // All of them, wherever they are: what is compared is what would be shown.
  wanted: (files) => ({ ...createWanted(files), near: { expect: (_element, _name, ask) => ask(), clear() {} } }),
});
const shownAs = new Map<string, number>();
const { createObjectURL } = URL;
URL.createObjectURL = (file: Blob): string => {
  const url = createObjectURL(file);
  shownAs.set(url, Number(file.type.slice('image/x-'.length)));
  return url;
};
const preferences = createMirroredPreferences(window, () => null);
const mirror = createMirror(document, pictures, preferences);
const frames = createMirroredFrames(mirror, {
  onSay() {},
  greeting: () => [],
  onLost: (lost) => (window.top as Around).lab.renewFrame(lost),
});
const states = createStates();
const transitions = createTransitions(document, mirror);
const caret = createCaret(document);
const sheets = createSheets(pictures, preferences, () => []);
const sheetFiles = createSheetFiles({
  sheets,
  want: (asset, deliver) =>
    deliver({ kind: 'asset', asset, mime: 'text/css', bytes: new TextEncoder().encode(files.get(asset)) }),
  onMissing() {},
});
let dropped = 0;
let isSlow = false;
let missing: string[] = [];
const notShown = createNotShown(mirror, (items) => {
  missing = items.map(({ name, reason }) => `${name}: ${reason}`);
});

const describeFrame = ({ contentWindow }: HTMLIFrameElement): string => {
  const { mirrorLab } = (contentWindow ?? {}) as { mirrorLab?: { describeAll(): string } };
  return mirrorLab?.describeAll() ?? '';
};

Object.assign(window, {
  mirrorLab: {
    mirror,
    files,
    letPicturesCome: (how: (come: () => void) => void) => void (letCome = how),
    describePictures: () =>
      describePictures(document, (url) => (window.top as Around).lab.fileAt(shownAs.get(url) ?? -1) ?? url),
    feed(bytes: Uint8Array): void {
      const message = readPageMessage(bytes);
      const onShown = message === null ? () => {} : transitions.expect(message.type);
      if (message === null) dropped += 1;
      else if (message.type === 'begin') {
        frames.clear();
        mirror.clear();
        transitions.begin();
        sheets.clear();
        states.clear();
        sheets.adopt(document, []);
      } else if (message.type === 'tree') {
        mirror.apply(message.body);
        frames.tidy();
        states.keepOnTop();
      } else if (message.type === 'in-frame') frames.accept(message);
      else if (message.type === 'in-view') {
        mirror.scrolling.hold(message.node, message.top);
        mirror.scrolling.restore();
      } else if (message.type === 'complete') {
        mirror.scrolling.release();
        mirror.scrolling.restore();
        transitions.whole();
      } else if (message.type === 'picture') {
        void drawPicture(mirror.node(message.node), message.mime, message.bytes);
        notShown.remove(message.node);
      } else if (message.type === 'not-shown') {
        frames.drop(mirror.node(message.node));
        notShown.add(message.node, message.reason);
      } else if (message.type === 'state') {
        if (states.set(message.state, message.nodes.map(mirror.node))) mirror.scrolling.restore();
      } else if (message.type === 'pointer') states.hover(mirror.node(message.at.node));
      else if (message.type === 'selection') showSelection(mirror, caret, message);
      else if (message.type === 'preferences') preferences.set(message);
      else if (message.type === 'focus') states.focus(mirror.node(message.node));
      else if (message.type === 'sheet') sheets.set(mirror.node(message.node), message.text);
      else if (message.type === 'sheet-file')
        sheetFiles.show(mirror.node(message.node), message.asset, message.files, () => {});
      else if (message.type === 'sheet-more') sheets.add(mirror.node(message.node), message.text);
      else if (message.type === 'sheet-media') sheets.media(mirror.node(message.node), message.text);
      else if (message.type === 'constructed') sheets.construct(message.sheet, message.text);
      else if (message.type === 'adopted') sheets.adopt(mirror.node(message.node), message.sheets);
      onShown();
      if (isSlow) for (const root of [document, ...mirror.shadowRoots]) root.getAnimations();
    },
    /** From now on the mirror has its style between any two messages, as when they come one by one. */
    slowDown: () => void (isSlow = true),
    /** What the browser says of the customer's page and not of the mirror; trees are compared without. */
    keepBeneath() {
      const own = createOwnStyle(document);
      own.setBeneath('normal');
      own.keepBeneath();
    },
    keepFile: (asset: number, text: string) => void files.set(asset, text),
    describe: () => describeTree(document, document.querySelector('alongside-caret')),
    /** With states, some styles, and what is in frames. */
    describeAll: (): string =>
      describeTree(document, document.querySelector('alongside-caret'), describeState, describeFrame, boxInMirror),
    /** What an element's style has come to, or of what is generated in it; in a shadow root after `>>>`. */
    styleOf(path: string, property: string): string {
      let root: ParentNode = document;
      let element: Element | null = null;
      const [place = '', pseudo = ''] = path.split('::');
      for (const selector of place.split(' >>> ')) {
        element = root.querySelector(selector);
        root = element?.shadowRoot ?? document;
      }
      return element ? getComputedStyle(element, pseudo && `::${pseudo}`).getPropertyValue(property) : 'none';
    },
    /** How large the boxes are that stand for what is hidden. */
    boxes: () =>
      [...document.querySelectorAll('alongside-hidden')].map((box) => {
        const { width, height } = getComputedStyle(box);
        return `${width} ${height}`;
      }),
    matches: (selector: string): boolean => document.querySelector(selector) !== null,
    /** The text the customer has selected, as it is shown: a part for each tree. */
    selected(): string {
      return Array.from(CSS.highlights.get('alongside-selection') ?? [], String).join('|');
    },
    /** The texts that scripts have marked by a name. */
    highlighted(name: string): string[] {
      return Array.from(CSS.highlights.get(name) ?? [], ({ startContainer, startOffset, endContainer, endOffset }) => {
        const range = new Range();
        range.setStart(startContainer, startOffset);
        range.setEnd(endContainer, endOffset);
        return range.toString();
      });
    },
    /** What stands before the caret, or in brackets what a field has selected, and in which element it lies. */
    caret(): string {
      const shadow = document.querySelector('alongside-caret')?.shadowRoot;
      const mark = shadow?.querySelector('.caret, .selected');
      if (!shadow || !mark) return '';
      const before = mark.previousSibling;
      const { left, top, height } = mark.getBoundingClientRect();
      const [under] = document
        .elementsFromPoint(left, top + height / 2)
        .filter(({ localName }) => localName !== 'body');
      const text = mark.className === 'selected' ? `[${mark.textContent}]` : before instanceof Text ? before.data : '';
      return `${text} in ${under?.id}`;
    },
    /** What stands in a host's slots, by what these stand in. */
    slots(host: string): string {
      const found = Array.from(document.querySelector(host)?.shadowRoot?.querySelectorAll('slot') ?? []);
      const textIn = (slot: HTMLSlotElement): string =>
        slot
          .assignedNodes()
          .map(({ textContent }) => textContent)
          .join(' ');
      return found.map((slot) => `${slot.parentElement?.id}: ${textIn(slot)}`).join(', ');
    },
    chosenFiles: (id: string) =>
      Array.from((document.getElementById(id) as HTMLInputElement).files!, ({ name }) => name),
    poster: () => document.querySelector('video')?.poster ?? '',
    hasFocus: () => document.activeElement !== document.body,
    /** Red, green and blue in the middle of the first canvas. */
    canvasColor(): string {
      const canvas = document.querySelector('canvas');
      const pixel = canvas?.getContext('2d')?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      return pixel ? pixel.slice(0, 3).join() : 'none';
    },
    notShown: () => missing,
    get dropped() {
      return dropped;
    },
  },
});

frames.listen(new AbortController().signal);
if (frame !== 0) {
  window.addEventListener('message', ({ data, ports, source }) => {
    const [port] = ports;
    if (data !== PORT_GREETING || !port || source !== window.parent) return;
    const { mirrorLab } = window as unknown as { mirrorLab: { feed(bytes: Uint8Array): void } };
    port.addEventListener('message', (event: MessageEvent<ToViewer>) => {
      try {
        if (event.data.kind === 'message') mirrorLab.feed(event.data.bytes);
      } catch (error) {
        (window.top as Around).lab.fault(error);
      }
    });
    port.start();
  });
  window.parent.postMessage({ kind: 'alongside-port-wanted', frame }, '*');
}
