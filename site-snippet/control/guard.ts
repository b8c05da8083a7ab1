import { assertNever } from '../../protocol/assert-never.ts';
import type { Act, Modifier } from '../../protocol/command.ts';
import type { Outcome } from '../../protocol/errors.ts';
import { MAX_COMMAND_BURST, MAX_COMMANDS_PER_SECOND, MAX_TYPED_UNITS } from '../../protocol/limits.ts';
import type { SessionMode } from '../../protocol/page-message.ts';
import type { IncomingCommand } from '../sharing.ts';
import { editingHost, isField, isReadOnly, isSetField, textPlaceOf } from './editable.ts';
import type { Following } from './following.ts';
import { kindOfKey, reachOf, type EditKind } from './edit-reach.ts';
import { accessedBy, editedIn, hasOpenList, resetBy, submitsByEnter, targetsOf } from './effects.ts';
import { isFocusable, isRendered } from './focusable.ts';
import { hit, placeIn, type Hit } from './hit.ts';
import { innermostAt } from '../innermost.ts';
import { judgeAddress, judgeLink } from './link.ts';
import { attributeOf, documentOf, frameAround, isConnected, isElement, matches, nameOf, typeOf } from '../native.ts';
import { isNamed, pathOf, pathThroughFrames } from './path.ts';
import { nextRadio } from './perform/radio-group.ts';
import type { Judged, Released } from './judged.ts';
import { steppedOptions } from './perform/step.ts';
import { createRate } from './rate.ts';
import { CLEAR, isVeiled, TREATED, type Judge } from '../mask/judge.ts';
import { isFileField, isSubmitButton } from './restricted.ts';
import { createSecondClick } from './second-click.ts';
import { closedByEscape, openModal } from './top-layer.ts';

declare const allowed: unique symbol;

/** Fractions of an element's box. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** What `perform/` takes, and only the guard makes: elements that are there, visible, and the agent's to use. */
export type AllowedCommand = Judged & { readonly [allowed]: true };
export type Allowed<Name extends Act['act']> = Extract<AllowedCommand, { act: Name }>;

export interface Guard {
  /** Asked of each command as it comes. @returns whether it is one too many */
  isFlood(): boolean;
  /** @returns the command with its elements found, or the word of the refusal */
  judge(command: IncomingCommand, mode: SessionMode, epoch: number, isFlood: boolean): AllowedCommand | Outcome;
  /** Where the caret is in an editor is known only when the edit is about to happen. @returns `null`: nothing against it */
  judgeEdit(field: Element, kind: EditKind): Outcome | null;
  /** The page has led the focus to another field while the agent types. */
  judgeEntry(field: Element): Outcome | null;
  /** A script of the page's answers an act by emptying a form. */
  judgeReset(form: Element): Outcome | null;
  /** A new connection counts its commands from the beginning. */
  renew(): void;
  /** How many commands got which refusal. */
  readonly refusals: ReadonlyMap<Outcome, number>;
}

export interface GuardOptions {
  /** The widget's host: out of the agent's reach, by number and by place. */
  readonly host: Element;
  readonly judge: Judge;
  /** The field the customer is typing in at this moment. */
  readonly customerField: () => Element | null;
  readonly led: Following['led'];
  readonly ledByKeys: Following['ledByKeys'];
  /** Milliseconds. */
  readonly now: () => number;
}

const NAMED_KEYS = new Set(
  (
    'Enter Tab Escape Backspace Delete ArrowUp ArrowDown ArrowLeft ArrowRight Home End PageUp PageDown Insert ' +
    'F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 ContextMenu'
  ).split(' '),
);

/** The one door to the page for the agent, closed by default: whatever is not allowed here by name is refused. */
export function createGuard(options: GuardOptions): Guard {
  const { host, judge } = options;
  const mayPass = createRate(MAX_COMMANDS_PER_SECOND, MAX_COMMAND_BURST, options.now);
  const refusals = new Map<Outcome, number>();
  let lastSequence = -1;
  const secondClick = createSecondClick(options.now);

  function judgeCommand(command: IncomingCommand, mode: SessionMode, epoch: number): Judged | Outcome {
    const { sequence } = command;
    if (mode !== 'write' || command.epoch !== epoch || sequence <= lastSequence) return 'refused:mode';
    lastSequence = sequence;
    return judgeAct(command.act, command.node);
  }

  function judgeAct(act: Act, nodeOf: IncomingCommand['node']): Judged | Outcome {
    switch (act.act) {
      case 'click':
        return judgeClick(nodeOf(act.at.node), act);
      case 'menu':
        return judgeMenu(nodeOf(act.at.node), act.at.x, act.at.y);
      case 'type':
      case 'compose':
        return judgeType(act.act, nodeOf(act.node), act.text);
      case 'key':
        return judgeKey(nodeOf(act.node), act.key, act.modifiers);
      case 'select':
        return judgeSelect(nodeOf(act.node), act.indices);
      case 'set':
        return judgeSet(nodeOf(act.node), act.value);
      case 'scroll':
        return judgeScroll(nodeOf(act.node), act.x, act.y);
      case 'navigate':
        return { act: 'navigate', to: act.to };
      case 'open': {
        const judged = judgeAddress(act.url, location.href);
        return 'refused' in judged ? judged.refused : { act: 'open', url: judged.url };
      }
      case 'hover': {
        const found = judgeTouch(nodeOf(act.at.node), act.at.x, act.at.y);
        return typeof found === 'string' ? found : { act: 'hover', ...found };
      }
      case 'wheel': {
        const found = judgeTouch(nodeOf(act.at.node), act.at.x, act.at.y);
        return typeof found === 'string' ? found : { act: 'wheel', ...found, deltaX: act.x, deltaY: act.y };
      }
      case 'drag':
        return judgeDrag(nodeOf(act.from.node), act.from, nodeOf(act.to.node), act.to);
      default:
        return assertNever(act);
    }
  }

  function judgeClick(
    node: Node | undefined,
    { at, count, modifiers }: Extract<Act, { act: 'click' }>,
  ): Judged | Outcome {
    const isGone = !node || !isConnected(node);
    const anew = count > 1 && isGone ? secondClick.target() : null;
    const found = anew ? judgePressed(anew.element, anew.x, anew.y) : judgePressed(node, at.x, at.y);
    if (typeof found === 'string') return found;
    secondClick.follows(found);
    const path = pathOf(found.element);
    const atRelease = (): Released => {
      const beneath = path.find(isConnected) ?? null;
      return { beneath, refused: beneath ? judgeActivation(beneath) : 'gone' };
    };
    return { act: 'click', ...found, count: Math.max(1, count), modifiers, atRelease };
  }

  /** The right button activates nothing by itself, but what may not be clicked may not be asked for its menu either. */
  function judgeMenu(node: Node | undefined, x: number, y: number): Judged | Outcome {
    const found = judgePressed(node, x, y);
    return typeof found === 'string' ? found : { act: 'menu', ...found };
  }

  /** What is really under the point. */
  function judgePressed(node: Node | undefined, x: number, y: number): Hit | Outcome {
    const target = reach(node);
    if (typeof target === 'string') return target;
    // Judged before anything is scrolled into view, and again for what is hit.
    const refused = judgeActivation(target);
    if (refused) return refused;
    const found = hit(target, x, y, host);
    return typeof found === 'string' ? found : (judgeActivation(found.element) ?? found);
  }

  /** The pointer comes there, and does nothing. It does not scroll the customer's page. */
  function judgeTouch(node: Node | undefined, x: number, y: number): Hit | Outcome {
    const target = reach(node);
    if (typeof target === 'string') return target;
    const found = hit(target, x, y, host, 'where it is');
    // Over an image map what is hit is not in the image.
    return typeof found === 'string' ? found : (judgePath(target) ?? judgePath(found.element) ?? found);
  }

  function judgeDrag(node: Node | undefined, from: Place, goal: Node | undefined, to: Place): Judged | Outcome {
    const start = reach(node);
    const end = reach(goal);
    if (typeof start === 'string') return start;
    if (typeof end === 'string') return end;
    const refused = judgeActivation(start) ?? judgeActivation(end);
    if (refused) return refused;
    const pressed = hit(start, from.x, from.y, host);
    if (typeof pressed === 'string') return pressed;
    // What is dragged often covers where it is dropped, so only our own widget is in the way there.
    const dropped = hit(end, to.x, to.y, host, 'where it is');
    if (dropped === 'refused:widget') return dropped;
    const released = dropped === 'covered' ? { element: end, ...placeIn(end, to.x, to.y) } : dropped;
    return (
      judgeActivation(pressed.element) ??
      judgeActivation(released.element) ?? {
        act: 'drag',
        from: pressed,
        to: released,
        allowedAt: allowedIn(documentOf(start)),
      }
    );
  }

  /** Places are those of the viewport that the drag begins in: the page's, or a frame's. */
  function allowedIn(shown: Document): (x: number, y: number) => Element | null {
    return (x, y) => {
      const element = innermostAt(shown, x, y);
      return element && judgeActivation(element) === null ? element : null;
    };
  }

  function judgeType(act: 'type' | 'compose', node: Node | undefined, text: string): Judged | Outcome {
    const target = reach(options.led(node) ?? node);
    if (typeof target === 'string') return target;
    const field = textPlaceOf(target);
    if (!field || text.length > MAX_TYPED_UNITS) return 'refused:unsupported';
    return judgeEntry(field) ?? judgeEntered(target) ?? { act, field, text };
  }

  function judgeKey(node: Node | undefined, key: string, modifiers: readonly Modifier[]): Judged | Outcome {
    const inner = reach(options.ledByKeys(node) ?? node);
    if (typeof inner === 'string') return inner;
    if (!NAMED_KEYS.has(key) && !/^[^\p{C}]$/u.test(key)) return 'refused:unsupported';
    const path = pathOf(inner);
    // Keys go to what can have the focus, as they do for a person.
    const element = editingHost(path) ?? path.find(isFocusable) ?? documentOf(inner).body;
    const judgeAgain = (): Outcome | null => judgePress(element, key);
    const kind = kindOfKey(key, modifiers);
    const refused = judgePress(element, key) ?? (kind && judgeEdit(element, kind));
    if (refused) return refused;
    const closed = key === 'Escape' && closedByEscape(documentOf(element));
    const refusedTarget = closed ? judgePath(closed) : judgeParts(steppedOptions(element, key));
    const radio = nextRadio(element, key);
    const refusedRadio = radio && judgeActivation(radio);
    const accessed = modifiers.join() === 'alt' ? accessedBy(documentOf(element), key) : null;
    const refusedAccess = accessed && (judgePresence(accessed) ?? judgeActivation(accessed));
    return (
      refusedTarget ??
      refusedRadio ??
      refusedAccess ?? { act: 'key', element, key, modifiers, radio, accessed, judgeAgain }
    );
  }

  function judgePress(element: Element, key: string): Outcome | null {
    const isEntry = isField(element) || editingHost([element]) !== null;
    // Where nothing has the focus the body hears keys, a modal dialog or not.
    const isBody = element === documentOf(element).body;
    const refused = isEntry ? judgeKeyed(element) : (judgePath(element) ?? (isBody ? null : judgePresence(element)));
    if (refused) return refused;
    if (key === 'Enter' && submitsByEnter(element) && !hasOpenList(element)) return 'refused:submit';
    return key === 'Enter' || key === ' ' ? judgeActivation(element) : null;
  }

  function judgeSelect(node: Node | undefined, indices: readonly number[]): Judged | Outcome {
    const field = reach(node);
    if (typeof field === 'string') return field;
    if (!isNamed(field, 'select') || (!field.multiple && indices.length !== 1)) return 'refused:unsupported';
    if (indices.some((index) => !isChoosable(field.options[index]))) return 'refused:unsupported';
    const changed = [...field.options].filter((option) => option.selected !== indices.includes(option.index));
    return judgeEntry(field) ?? judgeParts(changed) ?? { act: 'select', field, indices };
  }

  function judgeSet(node: Node | undefined, value: string): Judged | Outcome {
    const field = reach(node);
    if (typeof field === 'string') return field;
    if (!isSetField(field) || value.length > MAX_TYPED_UNITS) return 'refused:unsupported';
    return judgeEntry(field) ?? { act: 'set', field, value };
  }

  function judgeScroll(node: Node | undefined, x: number, y: number): Judged | Outcome {
    if (node && typeOf(node) === Node.DOCUMENT_NODE) return { act: 'scroll', box: node as Document, x, y };
    const box = reach(node);
    return typeof box === 'string' ? box : { act: 'scroll', box, x, y };
  }

  /** The element itself, when it is on the page and not ours. */
  function reach(node: Node | undefined): Element | Outcome {
    if (!node || !isElement(node) || !isConnected(node)) return 'gone';
    return pathThroughFrames(node).includes(host) ? 'refused:widget' : node;
  }

  /** Something is to be put into `field`. */
  function judgeEntry(field: Element): Outcome | null {
    return judgeKeyed(field) ?? (isReadOnly(field) ? 'prevented' : null);
  }

  /** Its keys are the page's as well, also those of a field that is read only. */
  function judgeKeyed(field: Element): Outcome | null {
    const refused = judgePath(field, TREATED.UNEDITABLE) ?? judgePresence(field);
    if (refused) return refused;
    if (isFileField(field)) return 'refused:unsupported';
    if (isMasked(field)) return 'refused:masked';
    if (matches(field, ':disabled')) return 'prevented';
    // Two in one field: the customer wins.
    return options.customerField() === field ? 'prevented' : null;
  }

  /** Something that is changed together with what holds it: a part of an editor, an option, a field of a form. */
  function judgeEntered(part: Element): Outcome | null {
    return judgePath(part, TREATED.UNEDITABLE) ?? (isMasked(part) ? 'refused:masked' : null);
  }

  function judgeEdit(field: Element, kind: EditKind): Outcome | null {
    const host = isField(field) ? null : editingHost([field]);
    // Whatever is around the editor has been judged with it.
    return host && judgeParts(reachOf(host, kind).filter((part) => judge.own(part) !== CLEAR));
  }

  function judgeParts(parts: readonly Element[]): Outcome | null {
    for (const part of parts) {
      const refused = judgeEntered(part);
      if (refused) return refused;
    }
    return null;
  }

  /** What was put into a form's fields goes with a reset. */
  function judgeReset(form: Element): Outcome | null {
    return judgeParts(editedIn(form));
  }

  /** What a click on `element` would set off, wherever that is. */
  function judgeActivation(element: Element): Outcome | null {
    for (const passed of pathThroughFrames(element)) {
      const form = resetBy(passed);
      const refused = judgeActivated(passed) ?? (form && judgeReset(form));
      if (refused) return refused;
      for (const other of targetsOf(passed)) {
        const refusedThere = judgePath(other) ?? judgeActivated(other);
        if (refusedThere) return refusedThere;
      }
    }
    return null;
  }

  function judgeActivated(element: Element): Outcome | null {
    if (element === host) return 'refused:widget';
    if (isSubmitButton(element)) return 'refused:submit';
    if (isRefused(element, TREATED.UNCONTROLLABLE)) return 'refused:restricted';
    if (isFileField(element)) return 'refused:unsupported';
    if (isField(element)) {
      if (isMasked(element)) return 'refused:masked';
      if (matches(element, ':disabled')) return 'prevented';
    }
    const name = nameOf(element);
    return name === 'a' || name === 'area' ? judgeLink(element) : null;
  }

  function judgePath(element: Element, answer: number = TREATED.UNCONTROLLABLE): Outcome | null {
    for (const passed of pathThroughFrames(element)) {
      if (passed === host) return 'refused:widget';
      if (isRefused(passed, answer)) return 'refused:restricted';
    }
    return null;
  }

  /** What a person cannot see, or cannot reach behind a modal dialog, the agent cannot use. */
  function judgePresence(element: Element): Outcome | null {
    if (!isConnected(element)) return 'gone';
    if (!isRendered(element)) return 'covered';
    const path = pathOf(element);
    const modal = openModal(documentOf(element));
    const isInert = (modal && !path.includes(modal)) || path.some((passed) => attributeOf(passed, 'inert') !== null);
    const frame = frameAround(documentOf(element));
    return isInert ? 'covered' : frame && judgePresence(frame);
  }

  function isRefused(element: Element, answer: number): boolean {
    return (judge.own(element) & answer) !== 0;
  }

  function isMasked(element: Element): boolean {
    if (isVeiled(judge.fresh(element))) return true;
    // Through slots as well: what a component puts around its slot covers what stands in it.
    return pathThroughFrames(element).some((passed) => isRefused(passed, TREATED.FIXED));
  }

  return {
    isFlood: () => !mayPass(),
    judge(command, mode, epoch, isFlood) {
      const judged = isFlood ? 'refused:rate' : judgeCommand(command, mode, epoch);
      if (typeof judged !== 'string') return judged as AllowedCommand;
      refusals.set(judged, (refusals.get(judged) ?? 0) + 1);
      return judged;
    },
    judgeEdit,
    judgeEntry,
    judgeReset,
    renew() {
      lastSequence = -1;
    },
    refusals,
  };
}

function isChoosable(option: HTMLOptionElement | undefined): boolean {
  return option !== undefined && !matches(option, ':disabled');
}
