import type { PageScheme } from '../../../../protocol/page-message.ts';
import { BROWSER_LOOK, setInShadow } from './browser-look.ts';
import { appendChild, createElement, createTextNode, firstChildOf, insertBefore, parentOf, setData } from '../dom.ts';

/** What the mirror shows on top of the page's own styles: what is hidden from the agent, and what they may not use. */
const ON_TOP = `
[data-alongside-mark~="masked"] { outline: 2px solid #7c3aed !important; outline-offset: -2px !important; }
[data-alongside-mark~="restricted"] { outline: 2px solid #16a34a !important; outline-offset: -2px !important; }
[data-alongside-mark] { cursor: help !important; }
alongside-hidden { background: #9ca3af !important; }
[data-alongside-fullscreen]:not(html) {
  position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; box-sizing: border-box !important;
  width: 100% !important; height: 100% !important; max-width: none !important; max-height: none !important;
  margin: 0 !important; transform: none !important; object-fit: contain; box-shadow: 0 0 0 100vmax #000 !important;
}
[data-alongside-not-shown] { background: repeating-linear-gradient(135deg, #e2e8f0 0 8px, #f1f5f9 8px 16px) !important; }
noscript { display: none !important; }
input[type="password"] { -webkit-text-security: none !important; }
`;
/**
 * Chromium gives the body of every extension page a font of its own and 75 % of its size, by an author rule before all
 * others. So this one has to be an author rule too, the first of the document; what it comes to is what layers say.
 */
const BENEATH = 'body { font-family: revert-layer; font-size: revert-layer; }';

/**
 * How far the page is scrolled is told. When something above grows late, its style or the mirror's size, the browser would
 * keep in view what it has there, and nobody would tell again. In a document's first layer it beats what the page says.
 */
const UNANCHORED = '* { overflow-anchor: none !important; }';

/** Those with a document of their own in the mirror have an address (frames.ts). */
const CLOSED_FRAMES = ':is(iframe, frame):not([src]) { pointer-events: none !important; }';

export interface OwnStyle {
  /** On top of the page's sheets; adopted ones go with the document when it is renewed. */
  readonly onTop: readonly CSSStyleSheet[];
  /** Those that show nothing: closed ones leave the agent's pointer to the document they stand in. */
  closeFrames(areClosed: boolean): void;
  /**
   * @param scheme what is drawn where the page's sheets name none
   * @param rules what else lies beneath the page's own, in shadow roots too
   */
  setBeneath(scheme: PageScheme, rules?: string): void;
  /** Rules that lie over the page's own: colors that the customer's system forces. */
  force(rules: string): void;
  /** Before the page's first sheet, as soon as there is a root element to put it into. */
  keepBeneath(): void;
}

export function createOwnStyle(document: Document): OwnStyle {
  const beneath = createElement('http://www.w3.org/1999/xhtml', 'style');
  const beneathText = createTextNode(textBeneath('normal', ''));
  appendChild(beneath, beneathText);
  const onTop = new CSSStyleSheet();
  onTop.replaceSync(ON_TOP);
  const forced = new CSSStyleSheet();

  return {
    onTop: [forced, onTop],
    force: (rules) => forced.replaceSync(rules),
    closeFrames(areClosed) {
      onTop.replaceSync(areClosed ? ON_TOP + CLOSED_FRAMES : ON_TOP);
    },
    setBeneath(scheme, rules = '') {
      setInShadow(rules);
      setData(beneathText, textBeneath(scheme, rules));
    },
    keepBeneath() {
      const root = firstElement(document);
      if (root !== null && parentOf(beneath) !== root) insertBefore(root, beneath, firstChildOf(root));
    },
  };
}

/** What a browser itself does is said in a layer, the document's first: it loses to those of the page too. */
function textBeneath(scheme: PageScheme, rules: string): string {
  return `${BENEATH} @layer { ${BROWSER_LOOK} ${UNANCHORED} :where(html) { color-scheme: ${scheme}; } ${rules} }`;
}

/** `document.documentElement` by a road that no name in the page can block. */
function firstElement(document: Document): Element | null {
  const first = document.childNodes[document.childNodes.length - 1];
  return first instanceof Element ? first : null;
}
