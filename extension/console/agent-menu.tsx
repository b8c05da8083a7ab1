import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { useDismiss } from './use-dismiss.ts';

/** The agent's name; behind it the options and the way out. */
export function AgentMenu({ desk }: { readonly desk: Desk }): VNode | null {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (open) whole.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [open]);
  useDismiss(whole, open, () => setOpen(false));

  const agent = desk.signIn.value?.agent;
  if (agent === undefined) return null;

  function onKeyDown(event: KeyboardEvent): void {
    if (!open) return;
    if (event.key === 'Escape') {
      setOpen(false);
      opener.current?.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const items = [...(whole.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = items.indexOf(document.activeElement as HTMLElement) + step;
      items[(next + items.length) % items.length]?.focus();
    }
  }

  return (
    <div class="agent-menu" ref={whole} onKeyDown={onKeyDown}>
      <button
        ref={opener}
        class="quiet agent"
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span class="initials" aria-hidden="true">
          {initials(agent.name)}
        </span>
        <span class="agent-name">{agent.name}</span>
      </button>
      {open && (
        <div class="menu" role="menu" aria-label={agent.name}>
          <p class="menu-head">
            <strong>{agent.email}</strong>
            {agent.site.name}
          </p>
          <a role="menuitem" href="../options/options.html" target="_blank" rel="noreferrer">
            Options
          </a>
          {agent.role === 'admin' && (
            <a role="menuitem" href="../restrictions/restrictions.html" target="_blank" rel="noreferrer">
              DOM restrictions
            </a>
          )}
          <button role="menuitem" type="button" onClick={() => void desk.leave()}>
            Sign out
          </button>
        </div>
      )}
    </div>
  );
}

function initials(name: string): string {
  const words = name.split(' ').filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}
