import type { TargetedKeyboardEvent, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { MAX_URL_UNITS } from '../../../protocol/limits.ts';
import type { Desk } from '../desk.ts';
import { DrawingTools } from '../drawing/drawing-tools.tsx';
import { BackIcon, ForwardIcon, RefreshIcon } from '../icons.tsx';
import { NotShownList } from './not-shown-list.tsx';
import type { Session } from '../session.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

const WHY_NOT = 'Available in Write Mode';

/** What acts on the customer's page, and how it is looked at. */
export function NavigationBar({ desk, session }: { readonly desk: Desk; readonly session: Session }): VNode {
  const writing = session.write.state.value === 'on';
  const go = (to: 'back' | 'forward' | 'refresh') => () => session.act({ act: 'navigate', to });
  const tip = (words: string): string => (writing ? words : `${words}. ${WHY_NOT}`);
  return (
    <div class="navigation" role="group" aria-label="Customer’s page">
      <button class="icon" type="button" aria-label="Back" title={tip('Back')} disabled={!writing} onClick={go('back')}>
        <BackIcon />
      </button>
      <button
        class="icon"
        type="button"
        aria-label="Forward"
        title={tip('Forward')}
        disabled={!writing}
        onClick={go('forward')}
      >
        <ForwardIcon />
      </button>
      <button
        class="icon"
        type="button"
        aria-label="Refresh"
        title={tip('Refresh')}
        disabled={!writing}
        onClick={go('refresh')}
      >
        <RefreshIcon />
      </button>
      <UrlField session={session} writing={writing} />
      <NotShownList items={session.screen.notShown.value} />
      <DrawingTools drawing={session.drawing} />
      <ZoomButtons zoom={desk.zoom.value} onChoose={desk.setZoom} />
    </div>
  );
}

function UrlField({ session, writing }: { readonly session: Session; readonly writing: boolean }): VNode {
  const field = useRef<HTMLInputElement>(null);
  const { url } = session.screen.page.value;

  useEffect(() => {
    // What the agent is typing is not overwritten by the page moving on; it comes back with Escape.
    const { current } = field;
    if (current !== null && (!writing || document.activeElement !== current)) current.value = url;
  }, [url, writing]);

  function onKeyDown(event: TargetedKeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Escape') return;
    event.currentTarget.value = url;
    event.currentTarget.select();
  }

  return (
    <form
      class="url"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const typed = field.current?.value.trim() ?? '';
        if (!writing || typed === '') return;
        session.act({ act: 'open', url: typed });
        field.current?.blur();
      }}
    >
      <input
        ref={field}
        aria-label="URL"
        title={writing ? 'Open another page of the customer’s site' : `Address of the customer’s page. ${WHY_NOT}`}
        maxLength={MAX_URL_UNITS}
        disabled={!writing}
        autocomplete="off"
        spellcheck={false}
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget }) => currentTarget.select()}
        onBlur={({ currentTarget }) => {
          currentTarget.value = session.screen.page.value.url;
        }}
      />
    </form>
  );
}
