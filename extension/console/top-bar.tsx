import type { ComponentChildren, VNode } from 'preact';
import { AgentMenu } from './agent-menu.tsx';
import type { Desk } from './desk.ts';
import { Mark } from './drawing/mark.tsx';

/** The mark at one end, the agent at the other, the rest between. */
export function TopBar({ desk, children }: { readonly desk: Desk; readonly children?: ComponentChildren }): VNode {
  return (
    <header class="top-bar">
      <span class="brand">
        <Mark />
        Alongside
      </span>
      {children ?? <span class="gap" />}
      <AgentMenu desk={desk} />
    </header>
  );
}
