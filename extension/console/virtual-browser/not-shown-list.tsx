import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { DownIcon } from '../icons.tsx';
import { useDismiss } from '../use-dismiss.ts';
import type { NotShownItem } from './viewer-port.ts';
import { NOT_SHOWN_WORDS } from '../words.ts';

/** What of the page cannot be mirrored: counted, and named behind the count. */
export function NotShownList({ items }: { readonly items: readonly NotShownItem[] }): VNode {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  useDismiss(whole, open, () => setOpen(false));
  return (
    <div class="not-shown" data-empty={items.length === 0} ref={whole}>
      <button class="quiet" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        Not shown <span class="count numbers">{items.length}</span>
        <DownIcon />
      </button>
      {open && (
        <div class="menu">
          {items.length === 0 ? (
            <p class="menu-head">Everything on the page is shown.</p>
          ) : (
            <ul aria-label="Not shown">
              {items.map((item, index) => (
                <li key={index}>
                  <span class="item-name" title={item.name}>
                    {item.name}
                  </span>
                  <span class="item-reason">{NOT_SHOWN_WORDS[item.reason]}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
