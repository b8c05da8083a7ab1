import { MAX_ADOPTED_SHEETS, MAX_CONSTRUCTED_SHEETS } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { baseOf, isDocument, isShown } from '../../native.ts';
import { inRounds } from '../in-rounds.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import type { RawSheet } from '../raw-sink.ts';
import { textOfRule } from './lost-values.ts';
import { createRuleWatch, MAX_COMPARED_RULES, type RuleWatch } from './rule-watch.ts';
import type { SheetTexts } from './sheet-text.ts';

/** Sheets that scripts construct and documents and shadow roots adopt. One that many share is sent once. */
export interface AdoptedSheets {
  /** The document, or a shadow root that got its number. */
  see(root: Document | ShadowRoot): void;
  /** Rules of nobody's, for the document: the fonts that scripts have made. */
  setFonts(css: string): void;
  look(): void;
}

export interface AdoptedSheetOptions {
  readonly numbers: NodeNumbers;
  readonly texts: SheetTexts;
  readonly onAdopted: (root: NodeId, sheets: readonly number[]) => void;
  readonly onSheet: (sheet: RawSheet) => void;
  /** Whether what is in it may be told as it is. */
  readonly isClear: (root: Document | ShadowRoot) => boolean;
}

interface Constructed {
  readonly number: number;
  readonly rules: RuleWatch;
  /** One of those that have adopted it; none that is masked, once there is another. */
  root: Document | ShadowRoot;
  isMasked: boolean;
  condition: string;
}

/** Roots looked at in one go: pages of web components have thousands. */
const ROOTS_PER_LOOK = 300;
/** The number of the sheet that stands for the fonts of scripts: the last there is. */
const FONTS = MAX_CONSTRUCTED_SHEETS - 1;

export function createAdoptedSheets(options: AdoptedSheetOptions): AdoptedSheets {
  const { numbers, texts, onAdopted, onSheet, isClear } = options;
  const roots = new Map<Document | ShadowRoot, string>();
  const constructed = new Map<CSSStyleSheet, Constructed>();
  const someRoots = inRounds(roots, ROOTS_PER_LOOK);
  let turn = 0;
  let hasFonts = false;

  function numberOf(sheet: CSSStyleSheet, root: Document | ShadowRoot): number | null {
    const known = constructed.get(sheet);
    if (known) {
      if (known.isMasked && isClear(root)) {
        Object.assign(known, { root, isMasked: false });
        send(sheet, known.number, root);
      }
      return known.number;
    }
    if (constructed.size >= FONTS) return null;
    const number = constructed.size;
    // What variables come to changes with them, as when another theme is chosen.
    const rules = createRuleWatch(sheet, undefined, (rule) => textOfRule(rule, state.root));
    const state: Constructed = { number, rules, root, isMasked: !isClear(root), condition: conditionOf(sheet) };
    constructed.set(sheet, state);
    send(sheet, number, root);
    // What is edited from now on is found: design tokens are often set a moment later.
    rules.compare(sheet);
    return number;
  }

  function send(sheet: CSSStyleSheet, number: number, root: Document | ShadowRoot): void {
    const condition = conditionOf(sheet);
    const text = texts.ofRules(sheet, baseOf(document), root);
    onSheet({
      type: 'constructed',
      owner: root,
      sheet: number,
      text: condition === '' ? text : `@media ${condition} {${text}}`,
    });
  }

  function lookAtRoot(root: Document | ShadowRoot, before: string): void {
    const id = numbers.of(root);
    if (id === 0) {
      roots.delete(root);
      return;
    }
    const adoptedStyleSheets = sheetsOf(root);
    const list = hasFonts && isDocument(root) ? [FONTS] : [];
    if (adoptedStyleSheets.length + list.length === 0 && before === '') return;
    for (const sheet of adoptedStyleSheets) {
      const number = numberOf(sheet, root);
      if (number !== null && list.length < MAX_ADOPTED_SHEETS) list.push(number);
    }
    const now = list.join();
    if (now === before) return;
    roots.set(root, now);
    onAdopted(id, list);
  }

  function lookAtSheets(): void {
    // All are counted; compared, each time others, are as many as cost little.
    if (turn >= constructed.size) turn = 0;
    let left = MAX_COMPARED_RULES;
    for (const [sheet, state] of constructed) {
      const condition = conditionOf(sheet);
      const isItsTurn = state.number === turn && left > 0;
      const edit = isItsTurn ? state.rules.compare(sheet) : state.rules.look(sheet);
      if (isItsTurn) {
        turn += 1;
        left -= state.rules.count;
      }
      if (edit === null && condition === state.condition) continue;
      state.condition = condition;
      if (!isShown(state.root)) adoptedBy(sheet, state);
      send(sheet, state.number, state.root);
    }
  }

  /** Whoever had it first may have gone: its masks are those of one that has it now. */
  function adoptedBy(sheet: CSSStyleSheet, state: Constructed): void {
    const those = [...roots.keys()].filter((root) => isShown(root) && sheetsOf(root).includes(sheet));
    const root = those.find(isClear) ?? those[0];
    // Told while nobody has it, it is masked: the next who may show it has it told anew.
    state.isMasked = !root || !isClear(root);
    state.root = root ?? state.root;
  }

  return {
    see(root) {
      roots.set(root, '');
      lookAtRoot(root, '');
    },
    setFonts(css) {
      hasFonts = true;
      onSheet({ type: 'constructed', owner: document, sheet: FONTS, text: css });
      for (const [root, before] of roots) if (isDocument(root)) lookAtRoot(root, before);
    },
    look() {
      lookAtSheets();
      someRoots(([root, before]) => lookAtRoot(root, before));
    },
  };
}

/** Where shadow roots are imitated it may be missing. */
function sheetsOf(root: Partial<DocumentOrShadowRoot>): readonly CSSStyleSheet[] {
  return root.adoptedStyleSheets ?? [];
}

/** The media a sheet is for; empty: all. */
function conditionOf(sheet: CSSStyleSheet): string {
  return sheet.disabled ? 'not all' : sheet.media.mediaText;
}
