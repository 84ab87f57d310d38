import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** How far outside the window something counts as near it. */
const MARGIN = '1000px 0px';

/** Tells elements when they come near the window, once each. */
export interface NearWatch {
  watch(element: Element, onNear: () => void): () => void;
}

/** One observer for any number of elements. Of several that are near, one is told a frame, so that scrolling stays smooth. */
export function createNearWatch(): NearWatch {
  const waiting = new Map<Element, () => void>();
  const near = new Set<Element>();
  const forget = (element: Element) => {
    waiting.delete(element);
    near.delete(element);
    observer.unobserve(element);
  };
  const tellNext = () => {
    const [element] = near;
    if (element === undefined) return;
    const onNear = waiting.get(element);
    forget(element);
    onNear?.();
    if (near.size > 0) requestAnimationFrame(tellNext);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      const wasIdle = near.size === 0;
      for (const { isIntersecting, target } of entries) {
        // What was scrolled past before its turn has to come near again.
        if (isIntersecting) near.add(target);
        else near.delete(target);
      }
      if (wasIdle && near.size > 0) requestAnimationFrame(tellNext);
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
