import { createMirror } from '../../extension/viewer/mirror/mirror.ts';
import { createPictures } from '../../extension/viewer/mirror/pictures/pictures.ts';
import { createMirroredPreferences } from '../../extension/viewer/mirror/styles/preferences.ts';
import { createWanted } from '../../extension/viewer/mirror/files/wanted.ts';
import { readPageMessage } from '../../protocol/page-message.ts';

/** The viewer's mirror in a frame, its messages fed by hand: what is measured starts with the inflated bytes. */
const mirror = createMirror(
  document,
  createPictures({
    want() {},
    onMissing() {},
    wanted: createWanted,
  }),
  createMirroredPreferences(window, () => null),
);

function feed(bytes: Uint8Array): void {
  const message = readPageMessage(bytes);
  if (message?.type === 'begin') mirror.clear();
  else if (message?.type === 'tree') mirror.apply(message.body);
  else if (message?.type === 'complete') mirror.scrolling.restore();
}

Object.assign(window, { feed });
