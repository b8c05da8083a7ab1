/** `AbortSignal.any`, which not every customer's browser has. */
export function firstOf(...signals: AbortSignal[]): AbortSignal {
  const first = new AbortController();
  for (const one of signals) {
    if (one.aborted) first.abort();
    else one.addEventListener('abort', () => first.abort(), { signal: first.signal });
  }
  return first.signal;
}
