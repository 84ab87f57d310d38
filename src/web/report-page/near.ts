import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** How far outside the window something counts as near it. */
const MARGIN = '1000px 0px';

/** Tells elements when they come near the window, once each. */
export interface NearWatch {
  watch(element: Element, onNear: () => void): () => void;
}

/** One observer for any number of elements. */
export function createNearWatch(): NearWatch {
  const waiting = new Map<Element, () => void>();
  const forget = (element: Element) => {
    waiting.delete(element);
    observer.unobserve(element);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        const onNear = waiting.get(target);
        forget(target);
        onNear?.();
      }
    },
    { rootMargin: MARGIN },
  );
  return {
    watch(element, onNear) {
      waiting.set(element, onNear);
      observer.observe(element);
      return () => forget(element);
    },
  };
}

/** Whether an element has been near the window: what takes time is put on the page only then. */
export function useNear(watch: NearWatch, element: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  const latest = useRef(watch);
  useEffect(() => {
    if (near || element.current === null) return undefined;
    return latest.current.watch(element.current, () => setNear(true));
  }, [near, element]);
  return near;
}
