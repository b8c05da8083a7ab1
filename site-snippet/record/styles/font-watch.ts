import { documentHas } from '../../native.ts';
import type { Assets } from '../files/assets.ts';
import type { ScriptFonts } from './script-fonts.ts';

/** Looks for fonts that scripts have made, whenever there are more fonts than before. */
export interface FontWatch {
  look(): void;
}

export function createFontWatch(document: Document, assets: Assets, onFound: (found: ScriptFonts) => void): FontWatch {
  let before = '';
  let last = '';

  async function find(): Promise<void> {
    try {
      const { findScriptFonts } = await import('./script-fonts.ts');
      const found = findScriptFonts(document, assets);
      if (`${found.css} ${found.unmatched}` === last) return;
      last = `${found.css} ${found.unmatched}`;
      onFound(found);
    } catch {
      // Not loaded, or a page that has something else in the place of its fonts: tried again with the next one.
      before = '';
    }
  }

  return {
    look() {
      const { size, status } = documentHas(document, 'fonts');
      const now = `${size} ${status}`;
      if (size === 0 || now === before) return;
      before = now;
      if (status === 'loaded') void find();
    },
  };
}
