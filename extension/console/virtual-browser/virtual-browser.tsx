import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CommentForm } from '../comment-form.tsx';
import type { Desk } from '../desk.ts';
import { fitScale } from './fit-scale.ts';
import { MarkAlertNote } from '../drawing/mark-alert-note.tsx';
import { PointerLayer } from '../drawing/pointer-layer.tsx';
import type { Session } from '../session.ts';
import { SightLayer } from './sight-layer.tsx';
import { Veil } from './veil.tsx';
import { ViewerFrame } from './viewer-frame.tsx';
import type { Size } from './viewer-port.ts';

/** Of the room, the frame's own: the title bar's height, and the border on both sides. Matches console.css. */
const TITLE_BAR_PIXELS = 32;
const BORDER_PIXELS = 2;

/** A browser window within the console: a bar that is ours, below it the customer's page in its own size. */
export function VirtualBrowser({ desk, session }: { readonly desk: Desk; readonly session: Session }): VNode {
  const room = useRef<HTMLDivElement>(null);
  const [space, setSpace] = useState<Size>({ width: 0, height: 0 });

  useLayoutEffect(() => {
    const box = room.current;
    if (box === null) return undefined;
    // The padding box without its scroll bars, so that a bar that comes or goes is followed.
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSpace({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const size = session.screen.size.value;
  const { title, url } = session.screen.page.value;
  const wanted = session.drawing.commentWanted.value;
  const { before, current } = session.screen.mirrors.value;
  const zoom = desk.zoom.value;
  const scale = fitScale(zoom, size, {
    width: space.width - BORDER_PIXELS,
    height: space.height - BORDER_PIXELS - TITLE_BAR_PIXELS,
  });
  const width = Math.floor(size.width * scale);
  const height = Math.floor(size.height * scale);

  return (
    <main class="room" ref={room} data-zoom={zoom}>
      <section class="browser" data-stage={session.stage.value} style={{ width: `${width + BORDER_PIXELS}px` }}>
        <header class="browser-bar">
          <span class="tag">Customer’s page</span>
          <span class="browser-title">{title}</span>
          <span class="browser-address">{url}</span>
          <span class="browser-size numbers">{session.screen.shown.value && describeSize(size, scale)}</span>
        </header>
        <div class="screen" style={{ width: `${width}px`, height: `${height}px` }}>
          {/* In this order: a frame that is moved in the document loses its own. */}
          {before !== null && <ViewerFrame key={before} desk={desk} session={session} scale={scale} isBefore />}
          <ViewerFrame key={current} desk={desk} session={session} scale={scale} isBefore={false} />
          {before === null && <SightLayer session={session} scale={scale} />}
          {before === null && <PointerLayer session={session} scale={scale} />}
          <MarkAlertNote session={session} scale={scale} />
          {wanted !== null && <CommentForm drawing={session.drawing} wanted={wanted} scale={scale} />}
          <Veil session={session} />
        </div>
      </section>
    </main>
  );
}

function describeSize({ width, height }: Size, scale: number): string {
  const pixels = `${width} × ${height}`;
  return scale < 1 ? `${pixels} · ${Math.round(scale * 100)} %` : pixels;
}
