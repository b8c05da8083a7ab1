/** The default of a switch over a closed union: a member without a case does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled: ${String(value)}`);
}
