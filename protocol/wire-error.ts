/** What was wrong with the bytes of the other side. The words are for logs and tests; people read `bad_message`. */
export type WireFault =
  | 'truncated'
  | 'trailing_bytes'
  | 'number_too_large'
  | 'string_too_long'
  | 'bad_token'
  | 'bad_reference'
  | 'too_deep'
  | 'too_many'
  | 'frame_too_large'
  | 'message_too_large'
  | 'inflated_too_large'
  | 'bad_deflate'
  | 'version';

/** Thrown while reading, caught at the room's door; it never crosses into the page or the mirror. */
export class WireError extends Error {
  constructor(readonly fault: WireFault) {
    super(fault);
    this.name = 'WireError';
  }
}
