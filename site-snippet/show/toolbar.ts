import { formatSessionId, type SessionId } from '../../protocol/session-id.ts';
import { element } from './element.ts';
import { sessionIdStatus } from './session-id-status.ts';
import { trustedButton } from './trusted-button.ts';

export type ConnectionState = 'connecting' | 'good' | 'poor' | 'quiet' | 'lost';

const CONNECTION_WORDS: Readonly<Record<ConnectionState, string>> = {
  connecting: 'Connecting…',
  good: 'Connected',
  poor: 'Slow connection',
  quiet: 'Waiting for an answer…',
  lost: 'Connection lost, trying again…',
};

const HIDDEN_WORDS = 'What your representative does not see';

export interface ActiveInfo {
  readonly agentName: string;
  /** Nine digits. */
  readonly sessionId: string;
  /** Whether the site allows Write mode: the switch is not shown otherwise. */
  readonly canWrite: boolean;
}

export interface ToolbarActions {
  /** **Exit Co-browse session** was pressed. */
  exit(): void;
  /** The customer turned the switch. `false` shows off at once; `true` shows nothing until `setWriteMode(true)`. */
  writeSwitched(on: boolean): void;
  /** The customer takes up the pen, or puts it down. */
  drawSwitched(on: boolean): void;
  /** The customer wants to see what the agent does not. */
  hiddenSwitched(on: boolean): void;
}

export interface Toolbar {
  readonly region: HTMLElement;
  update(info: ActiveInfo): void;
  setWriteMode(on: boolean): void;
  setConnection(state: ConnectionState): void;
  setSafetyWords(words: string): void;
  setDrawing(on: boolean): void;
  setHiddenCount(count: number): void;
  /** What a click at this place of the viewport (CSS pixels) would press of what must always work, or null. */
  pressAt(x: number, y: number): (() => void) | null;
}

/**
 * The region that stays while an agent sees the page. It gets small and moves, but the sentence that names the agent
 * and the way out are never hidden.
 * @param onMoved whether it is at the top edge now
 */
export function createToolbar(signal: AbortSignal, on: ToolbarActions, onMoved: (toTop: boolean) => void): Toolbar {
  const name = element('bdi');
  const may = element('span');
  const connection = element('span', { class: 'connection' });
  const digits = sessionIdStatus('');
  const safety = element('p', {
    class: 'quiet',
    title: 'Your representative reads the same three words. Every page has new ones.',
  });
  let writing = false;
  let atTop = false;
  let small = false;

  const write = trustedButton('Write Mode', { class: 'switch', role: 'switch' }, signal, switchWrite);
  const draw = trustedButton('Draw', { class: 'draw', 'aria-pressed': 'false' }, signal, () => {
    const wanted = draw.ariaPressed !== 'true';
    setDrawing(wanted);
    on.drawSwitched(wanted);
  });
  const hidden = trustedButton('', { class: 'draw', 'aria-pressed': 'false', title: HIDDEN_WORDS }, signal, () => {
    const wanted = hidden.ariaPressed !== 'true';
    hidden.ariaPressed = String(wanted);
    on.hiddenSwitched(wanted);
  });
  const exit = trustedButton('Exit', { class: 'exit' }, signal, on.exit);
  exit.append(element('span', { class: 'long' }, ' Co-browse session'));
  const move = trustedButton('', { class: 'icon' }, signal, () => {
    atTop = !atTop;
    place();
    onMoved(atTop);
  });
  const shrink = trustedButton('', { class: 'icon' }, signal, () => {
    small = !small;
    place();
  });
  const region = element(
    'section',
    { class: 'bar', 'aria-label': 'Co-browse toolbar' },
    element('span', { class: 'dot' }),
    element(
      'div',
      { class: 'facts' },
      element('p', {}, element('b', {}, name), may),
      element('p', { class: 'quiet' }, 'Session ID ', digits, ' · ', connection),
      safety,
    ),
    hidden,
    draw,
    write,
    element('span', { class: 'icons' }, move, shrink),
    exit,
  );

  function switchWrite(): void {
    const wanted = !writing;
    // Off is the customer's alone and is shown at once; on waits for the session.
    if (!wanted) setWriteMode(false);
    on.writeSwitched(wanted);
  }

  function place(): void {
    region.classList.toggle('top', atTop);
    region.classList.toggle('small', small);
    move.textContent = atTop ? '↓' : '↑';
    move.ariaLabel = atTop ? 'Move to the bottom' : 'Move to the top';
    shrink.textContent = small ? '+' : '–';
    shrink.ariaLabel = 'Toolbar details';
    shrink.ariaExpanded = String(!small);
  }

  function setWriteMode(on: boolean): void {
    writing = on;
    write.ariaChecked = String(on);
    may.textContent = on ? ' can see and use this page' : ' can see this page';
    region.classList.toggle('writing', on);
  }

  function setConnection(state: ConnectionState): void {
    connection.textContent = CONNECTION_WORDS[state];
    region.dataset['connection'] = state;
  }

  function setDrawing(on: boolean): void {
    draw.ariaPressed = String(on);
  }

  function setHiddenCount(count: number): void {
    hidden.textContent = count ? `${count} hidden` : 'Hide';
  }

  place();
  setHiddenCount(0);
  return {
    region,
    update(info) {
      name.textContent = info.agentName;
      digits.textContent = formatSessionId(info.sessionId as SessionId);
      write.hidden = !info.canWrite;
    },
    setWriteMode,
    setConnection,
    setHiddenCount,
    setSafetyWords(words) {
      safety.textContent = words && `Safety words of this page: ${words}`;
    },
    setDrawing,
    pressAt(x, y) {
      if (contains(exit, x, y)) return on.exit;
      return writing && contains(write, x, y) ? switchWrite : null;
    },
  };
}

function contains(button: HTMLElement, x: number, y: number): boolean {
  const box = button.getBoundingClientRect();
  return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
}
