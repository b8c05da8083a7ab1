import type { Outcome } from '../../protocol/errors.ts';
import { activeIn, isConnected } from '../native.ts';
import { focusedIn } from '../record/states/focus.ts';
import type { CustomerTyping } from './customer-typing.ts';
import { textPlaceOf } from './editable.ts';
import { isNamed } from './path.ts';

/** Longer than pages stand still: what the customer does meanwhile ends the run at once. */
const RUN_MS = 10_000;

/**
 * A person's keys go where the focus is. The agent's are sent to the field that had it when the agent's side last heard;
 * meanwhile the page may have led it on, from box to box of a code, or may have made the field anew.
 */
export interface Following {
  /**
   * Where keys for `asked` go now, if the page has led the focus away from there since the agent's last act, or if that act
   * has put it elsewhere: what the agent's side hears after its click may be older than the click.
   */
  led(asked: Node | undefined): Element | null;
  /** The same of keys that are no text: they go to whatever has the focus, a list that the last key has opened as well. */
  ledByKeys(asked: Node | undefined): Element | null;
  /** @param asked what the agent acts on */
  during(asked: Node | undefined, isTyping: boolean, act: () => Outcome): Outcome;
}

/** @param now milliseconds */
export function createFollowing(document: Document, typing: CustomerTyping, now: () => number): Following {
  /** Where the agent has been in this run of keys. */
  let trail = new WeakSet<Node>();
  /** What had the focus all the while is the customer's, not where the page has led the agent. */
  let held: Element | null = null;
  let actedAt = -RUN_MS;

  function isOfRun(asked: Node | undefined): boolean {
    return !asked || !isConnected(asked) || trail.has(asked);
  }

  /** Whether nobody but the page can have led the focus there, since the agent's last act. */
  function isLed(active: Element): boolean {
    return active !== held && now() - actedAt <= RUN_MS && typing.actedAt() <= actedAt;
  }

  function focusedSince(asked: Node | undefined): Element | null {
    const active = focusedThrough(document);
    return active && isLed(active) && (isOfRun(asked) || trail.has(active)) ? active : null;
  }

  function led(asked: Node | undefined): Element | null {
    const active = focusedSince(asked);
    return active && textPlaceOf(active);
  }

  return {
    led,
    ledByKeys: focusedSince,
    during(asked, isTyping, act) {
      const target = (isTyping && focusedSince(asked)) || asked;
      const before = focusedThrough(document);
      // A toolbar that keeps the focus where it is leaves the agent there, unless the customer has been somewhere since.
      // So does what the page has made of a press before it is let go.
      const isKept = before && (isLed(before) || (trail.has(before) && typing.actedAt() <= actedAt));
      if (!isTyping || !isOfRun(asked)) trail = new WeakSet();
      for (const node of [asked, target]) if (node) trail.add(node);
      const outcome = act();
      const active = focusedThrough(document);
      // Where the act has put the focus the agent has been as well, though the page made the field in that moment.
      if (active && (active !== before || (isKept && !outcome.startsWith('refused')))) trail.add(active);
      held = active && !trail.has(active) ? active : null;
      actedAt = now();
      return outcome;
    },
  };
}

/** Pages lead the focus into frames and out of them: from a toolbar into its editor, from there into a dialog. */
function focusedThrough(root: Document): Element | null {
  const active = focusedIn(root);
  const inner = active && isNamed(active, 'iframe') && active.contentDocument;
  // Of a frame whose whole body is an editor, only the window that has the keyboard says that it has the focus.
  return inner ? (focusedThrough(inner) ?? activeIn(inner)) : active;
}
