/** Where a pointer is, and over what. */
export interface At {
  readonly element: Element;
  /** CSS pixels of the viewport. */
  readonly x: number;
  readonly y: number;
}
