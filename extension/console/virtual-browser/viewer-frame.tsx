import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PORT_GREETING } from '../../viewer/port.ts';
import type { Desk } from '../desk.ts';
import type { Session } from '../session.ts';

interface ViewerFrameProps {
  readonly desk: Desk;
  readonly session: Session;
  readonly scale: number;
  /** The next page is on its way; until its picture is complete this one is looked at, and no more. */
  readonly isBefore: boolean;
}

/** The sandboxed page whose document is the mirror. It gets one port and nothing else. */
export function ViewerFrame({ desk, session, scale, isBefore }: ViewerFrameProps): VNode {
  const place = useRef<HTMLDivElement>(null);
  const [frame, setFrame] = useState<HTMLIFrameElement | null>(null);
  const { width, height } = session.screen.size.value;
  // The browser answers in the frame for what this element is drawn in, whatever the agent's own system says.
  const colorScheme = session.screen.isDark.value ? 'dark' : 'light';

  // At once, not after the next paint: in a tab behind others the frame may have loaded by then.
  useLayoutEffect(() => {
    let isGone = false;
    setFrame(
      desk.viewers.putInto(place.current!, ({ contentWindow }) => {
        if (isGone) return;
        const { port1, port2 } = new MessageChannel();
        // Its origin is opaque: there is no other target to name. The window is our own frame's.
        contentWindow?.postMessage(PORT_GREETING, '*', [port2]);
        session.attachViewer(port1);
      }),
    );
    return () => (isGone = true);
  }, [session]);

  useLayoutEffect(() => {
    if (frame === null) return;
    frame.title = isBefore ? 'The page before' : "Customer's browser";
    frame.inert = isBefore;
    frame.style.width = `${width}px`;
    frame.style.height = `${height}px`;
    frame.style.transform = `scale(${scale})`;
    frame.style.colorScheme = colorScheme;
  }, [frame, isBefore, width, height, scale, colorScheme]);

  return <div ref={place} class="mirror-place" data-before={isBefore} />;
}
