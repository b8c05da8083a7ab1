import {
  appendChild,
  createTextNode,
  firstChildOf,
  localNameOf,
  parentOf,
  removeChild,
  setAttribute,
  setData,
} from '../dom.ts';
import { createDrawSheet } from './draw-sheet.ts';
import { adoptIn } from './browser-look.ts';
import type { Pictures } from '../pictures/pictures.ts';
import type { MirroredPreferences } from './preferences.ts';

/** Style sheets that markup does not carry: linked ones, those scripts have edited, constructed and adopted ones. */
export interface Sheets {
  /** The text of a `<link>` or a `<style>`, in place of what it has. What is no sheet is left alone. */
  set(element: Node | undefined, css: string): void;
  /** As `set`, with a text that comes later: what returns takes it. */
  expect(element: Node | undefined): (css: string) => void;
  add(element: Node | undefined, css: string): void;
  media(element: Node | undefined, media: string): void;
  construct(sheet: number, css: string): void;
  adopt(root: Node | undefined, sheets: readonly number[]): void;
  clear(): void;
}

/** @param own adopted by the document, after the page's sheets */
export function createSheets(
  pictures: Pictures,
  preferences: MirroredPreferences,
  own: () => readonly CSSStyleSheet[],
): Sheets {
  let constructed = new Map<number, CSSStyleSheet>();
  const draw = createDrawSheet(pictures, preferences);

  function add(element: Element, css: string): Text {
    const text = createTextNode('');
    dress(text, css);
    appendChild(element, text);
    return text;
  }

  function empty(element: Element): void {
    for (let child = firstChildOf(element); child; child = firstChildOf(element)) removeChild(element, child);
  }

  function dress(text: Text, css: string): void {
    draw(
      text,
      css,
      () => parentOf(text) !== null,
      (dressed) => setData(text, dressed),
    );
  }

  function sheetOf(number: number): CSSStyleSheet {
    let sheet = constructed.get(number);
    if (!sheet) {
      sheet = new CSSStyleSheet();
      constructed.set(number, sheet);
    }
    return sheet;
  }

  function construct(number: number, css: string): void {
    const sheet = sheetOf(number);
    draw(
      sheet,
      css,
      () => constructed.get(number) === sheet,
      (dressed) => sheet.replaceSync(dressed),
    );
  }

  return {
    set(element, css) {
      if (!isSheet(element)) return;
      empty(element);
      add(element, css);
    },
    expect(element) {
      if (!isSheet(element)) return () => {};
      empty(element);
      const text = add(element, '');
      // Something else may have taken its place meanwhile.
      return (css) => parentOf(text) && dress(text, css);
    },
    add(element, css) {
      if (isSheet(element)) void add(element, css);
    },
    media(element, media) {
      if (!isSheet(element)) return;
      const isStillThere = (): boolean => parentOf(element) !== null;
      preferences.drawMedia(element, media, isStillThere, (answered) => setAttribute(element, 'media', answered));
    },
    construct,
    adopt(root, sheets) {
      if (root instanceof Document) root.adoptedStyleSheets = [...sheets.map(sheetOf), ...own()];
      else if (root instanceof ShadowRoot) adoptIn(root, sheets.map(sheetOf));
    },
    clear() {
      constructed = new Map();
    },
  };
}

function isSheet(node: Node | undefined): node is Element {
  return node instanceof Element && localNameOf(node) === 'style';
}
