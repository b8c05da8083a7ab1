/** The two Encoding Standard classes that every runtime of ours has; `protocol/` knows neither the DOM's nor Node's types. */
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(input: string, target: Uint8Array): { readonly read: number; readonly written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

/** A test reads the document that this room is written after. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}
