/** How long a session ID is still good for, in words that do not tick. @param ms milliseconds */
export function timeLeft(ms: number): string {
  if (ms <= 0) return 'These digits have expired.';
  const minutes = Math.ceil(ms / 60_000);
  return minutes === 1 ? 'Valid for less than a minute.' : `Valid for ${minutes} minutes.`;
}
