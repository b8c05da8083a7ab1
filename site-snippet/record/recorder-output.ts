import type { NodeId } from '../../protocol/node-id.ts';
import type { CompatMode, PageMessage } from '../../protocol/page-message.ts';
import type { Assets } from './files/assets.ts';
import type { RawSheet, RawSink } from './raw-sink.ts';
import type { ViewportSize } from './states/viewport.ts';

/** Where a page is, unmasked. */
export interface RawAddress {
  readonly url: string;
  readonly title: string;
}

/** Where what a recorder finds goes: to masking. */
export interface RecorderOutput {
  readonly sink: RawSink;
  /** Numbers for the files it finds. */
  readonly assets: Assets;
  begin(page: RawAddress & ViewportSize & { readonly compatMode: CompatMode }): void;
  complete(): void;
  sheet(sheet: RawSheet): void;
  adopted(root: NodeId, sheets: readonly number[]): void;
  picture(id: NodeId, canvas: Element, mime: string, bytes: Uint8Array): void;
  address(address: RawAddress): void;
  /** The customer has come to it. */
  focused(element: Element): void;
  /** Messages without any text of the page. */
  plain(
    message: Extract<
      PageMessage,
      {
        type:
          | 'viewport'
          | 'focus'
          | 'selection'
          | 'state'
          | 'pointer'
          | 'pointer-left'
          | 'clicked'
          | 'not-shown'
          | 'in-view'
          | 'sight'
          | 'preferences';
      }
    >,
  ): void;
  /** Where what the document in the frame at `node` says goes. */
  frame(node: NodeId, frame: number, inner: Document): RecorderOutput;
  /** There were so many documents in frames that their numbers have run out: only a new recorder has more. */
  spent(): void;
  /** The page could not be read any further; the recorder has stopped. */
  failed(error: unknown): void;
  /** `false` while the channel is full: what changes meanwhile is sent as one. */
  readonly isReady: boolean;
  /** Calls back once, when the channel has room again. */
  whenReady(callback: () => void): void;
}
