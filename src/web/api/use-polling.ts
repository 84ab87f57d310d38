import { useEffect, useRef } from 'preact/hooks';

/** Calls again and again while the page is looked at, and at once when somebody comes back to it. */
export function usePolling(call: () => void, everyMs: number): void {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    const poll = () => {
      if (!document.hidden) latest.current();
    };
    const timer = setInterval(poll, everyMs);
    document.addEventListener('visibilitychange', poll);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
    };
  }, [everyMs]);
}
