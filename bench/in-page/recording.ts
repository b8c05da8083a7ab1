/** A recording under way, whoever makes it. */
export interface Recording {
  /** Resolves when the first snapshot is ready to be sent. */
  readonly complete: Promise<void>;
  /** What was recorded since the last call: frames of ours, or rrweb's events as strings. */
  take(): Uint8Array[] | string[];
  readonly taken: number;
  stop(): void;
}
