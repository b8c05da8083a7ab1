import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { PORT_GREETING } from '../viewer/port.ts';
import type { Session } from './session.ts';

interface ViewerFrameProps {
  readonly session: Session;
  readonly scale: number;
  /** The next page is on its way; until its picture is complete this one is looked at, and no more. */
  readonly isBefore: boolean;
}

/** The sandboxed page whose document is the mirror. It gets one port and nothing else. */
export function ViewerFrame({ session, scale, isBefore }: ViewerFrameProps): VNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const { width, height } = session.screen.size.value;
  // The browser answers in the frame for what this element is drawn in, whatever the agent's own system says.
  const colorScheme = session.screen.isDark.value ? 'dark' : 'light';

  // At once, not after the next paint: in a tab behind others the frame may have loaded by then.
  useLayoutEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    const greet = (): void => {
      const { port1, port2 } = new MessageChannel();
      // Its origin is opaque: there is no other target to name. The window is our own frame's.
      current.contentWindow?.postMessage(PORT_GREETING, '*', [port2]);
      session.attachViewer(port1);
    };
    // Once: the viewer writes its document anew for each page, and every time that "loads" the frame.
    current.addEventListener('load', greet, { once: true });
    return () => current.removeEventListener('load', greet);
  }, [session]);

  return (
    <iframe
      ref={frame}
      class="mirror"
      data-before={isBefore}
      title={isBefore ? 'The page before' : "Customer's browser"}
      inert={isBefore}
      src="../viewer/viewer.html"
      referrerpolicy="no-referrer"
      style={{ width: `${width}px`, height: `${height}px`, transform: `scale(${scale})`, colorScheme }}
    />
  );
}
