import { useEffect, useState } from 'preact/hooks';
import { drawAtOnce } from './draw-at-once.js';

/** Whether the page is being printed: then all of it has to be there. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // What is drawn later is not printed.
    const begin = () => drawAtOnce(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}
