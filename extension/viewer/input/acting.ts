import type { Act, Modifier } from '../../../protocol/command.ts';
import { NO_NODE_ID, type NodeId } from '../../../protocol/node-id.ts';
import { anchorAt } from './anchor.ts';
import { createChoosing } from './choosing.ts';
import { createComposing, isComposed } from './composing.ts';
import { sendDragging } from './dragging.ts';
import { sendHovering } from './hovering.ts';
import { chosenFrom, enteredAs, isEditable, isHidden, isSlider } from './mirrored-field.ts';
import { chosenByClick, isOpenList } from './open-list.ts';
import { sendScrolling } from './scrolling.ts';
import { sendSliding } from './sliding.ts';
import { closest } from '../mirror/dom.ts';
import { hasSelection, isCopyKey } from '../mirror/inert.ts';
import { createTyping, isCharacter, isPasteKey, isText, SENT_KEYS } from './typing.ts';

/** In Write mode what the agent does in the mirror becomes commands. The mirror changes only by what comes back. */
export interface Acting {
  /** The customer's page says what has the focus now; 0: nothing. */
  focused(id: NodeId): void;
}

export interface ActingOptions {
  readonly window: Window;
  readonly idOf: (node: Node) => NodeId;
  readonly node: (id: NodeId) => Node | undefined;
  readonly isWriting: () => boolean;
  readonly act: (act: Act) => void;
  readonly signal: AbortSignal;
}

/** A focus that comes this soon after the agent's click or key is theirs; any other is the customer's. */
const FOCUS_FOLLOWS_MS = 2_000;
/** Keys go on to what has gone, for the page may have made it anew: as long as the customer's side knows where. */
const RUN_MS = 10_000;
const MAX_CLICKS = 3;

/** Must be started before `makeInert`: what is kept from it here keeps its default. */
export function sendActs({ window, idOf, node, isWriting, act, signal }: ActingOptions): Acting {
  /** What the agent clicked last: keys go there. */
  let field = NO_NODE_ID;
  let movedFocusAt = -FOCUS_FOLLOWS_MS;
  let typedAt = -RUN_MS;
  /** In a list that stands open; with Shift held all from there on are. */
  let chosenLast: HTMLOptionElement | null = null;
  const typing = createTyping((text) => act({ act: 'type', node: field, text }), signal);
  const choosing = createChoosing(window.document, act, signal);
  const composing = createComposing(
    window.document,
    (text) => {
      typing.flush();
      act({ act: 'compose', node: field, text });
    },
    signal,
  );
  const dragging = sendDragging(window, idOf, isWriting, act, signal);

  function handle<Type extends keyof WindowEventMap>(type: Type, onEvent: (event: WindowEventMap[Type]) => void): void {
    window.addEventListener(
      type,
      (event) => {
        if (choosing.take(event)) return;
        if (isWriting()) onEvent(event);
      },
      { capture: true, signal },
    );
  }

  function click(event: MouseEvent): void {
    if (dragging.isEnd(event)) return;
    typing.flush();
    const [target] = event.composedPath();
    const at = anchorAt(target ?? null, event.clientX, event.clientY, idOf);
    if (!at) return;
    field = at.node;
    movedFocusAt = performance.now();
    const clicked = node(at.node);
    if (isSlider(clicked)) return;
    // What is hidden from the agent is not opened for them; the customer's side says why.
    if (clicked instanceof Element && !isHidden(clicked)) {
      const list = chosenFrom(clicked);
      if (list) {
        field = idOf(list);
        if (!isOpenList(list) || !(clicked instanceof HTMLOptionElement)) {
          choosing.openList(list, field);
          return;
        }
        chooseIn(list, clicked, event);
        // The first click has chosen; pages that do more with a second hear of that.
        if (event.detail < 2) return;
      }
      if (enteredAs(clicked) !== null) {
        choosing.openValue(clicked as HTMLInputElement, field);
        return;
      }
    }
    act({ act: 'click', at, count: Math.min(MAX_CLICKS, Math.max(1, event.detail)), modifiers: modifiersOf(event) });
    if (clicked instanceof Element && isEditable(clicked)) composing.startAt(clicked, event.clientX, event.clientY);
  }

  function chooseIn(list: HTMLSelectElement, option: HTMLOptionElement, held: MouseEvent): void {
    const from = chosenLast && closest(chosenLast, 'select') === list ? chosenLast.index : null;
    act({ act: 'select', node: idOf(list), indices: chosenByClick(list, option.index, held, from) });
    if (!held.shiftKey) chosenLast = option;
  }

  function slide(slider: HTMLInputElement, value: string): void {
    typing.flush();
    field = idOf(slider);
    movedFocusAt = performance.now();
    act({ act: 'set', node: field, value });
  }

  function openMenu(event: MouseEvent): void {
    const at = anchorAt(event.composedPath()[0] ?? null, event.clientX, event.clientY, idOf);
    if (!at) return;
    typing.flush();
    field = at.node;
    movedFocusAt = performance.now();
    act({ act: 'menu', at });
  }

  function press(event: KeyboardEvent): void {
    // Without its default there would be no `paste` event.
    if (isPasteKey(event)) {
      event.stopImmediatePropagation();
      return;
    }
    if (isComposed(event) || (isCopyKey(event) && hasSelection(window))) return;
    const target = keyTarget();
    // What a page makes anew at each key has no number yet: the customer's side knows where the keys go.
    if (isText(event) && (isEditable(node(target)) || !node(target))) {
      typing.add(event.key);
      // Pages lead the focus on, from box to box of a code.
      movedFocusAt = performance.now();
      typedAt = movedFocusAt;
      return;
    }
    if (!SENT_KEYS.has(event.key) && !isCharacter(event.key)) return;
    typing.flush();
    if (event.key !== 'Escape') movedFocusAt = performance.now();
    const held = modifiersOf(event);
    // What Shift makes of a letter is in the key itself.
    const modifiers = isText(event) ? held.filter((modifier) => modifier !== 'shift') : held;
    act({ act: 'key', node: target, key: event.key, modifiers });
  }

  function keyTarget(): NodeId {
    const isFollowed = performance.now() - typedAt < RUN_MS;
    if (!node(field) && !isFollowed) field = idOf(window.document.body ?? window.document.documentElement);
    return field;
  }

  function paste(event: ClipboardEvent): void {
    typing.flush();
    // Text only: formatted content could bring anything into the page.
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (isEditable(node(field))) typing.paste(text);
  }

  handle('click', click);
  handle('contextmenu', openMenu);
  handle('keydown', press);
  handle('paste', paste);
  // The press is prevented (inert.ts), and with it the frame's getting the keyboard.
  handle('pointerdown', () => {
    window.focus();
    choosing.close();
  });
  for (const type of ['mousedown', 'keypress', 'beforeinput', 'dblclick'] as const) handle(type, () => {});
  sendScrolling(window, idOf, isWriting, act, signal);
  sendHovering(window, idOf, isWriting, act, signal);
  sendSliding(window, isWriting, slide, signal);

  return {
    focused(id) {
      if (id !== 0 && performance.now() - movedFocusAt < FOCUS_FOLLOWS_MS) {
        typing.flush();
        field = id;
      }
    },
  };
}

function modifiersOf(event: KeyboardEvent | MouseEvent): Modifier[] {
  const held: Modifier[] = [];
  if (event.shiftKey) held.push('shift');
  if (event.ctrlKey) held.push('control');
  if (event.altKey) held.push('alt');
  if (event.metaKey) held.push('meta');
  return held;
}
