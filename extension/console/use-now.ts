import { useEffect, useState } from 'preact/hooks';

/** `performance.now()`, once a second, for as long as `running`. */
export function useNow(running = true): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!running) return undefined;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
