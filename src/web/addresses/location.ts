import { useEffect, useState } from 'preact/hooks';

/** The address in the browser's bar, as far as it is ours. */
export interface Place {
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
}

const MOVED = 'burnish:moved';

export function currentPlace(): Place {
  return { path: location.pathname, query: location.search.slice(1) };
}

interface Navigation {
  /** Leaves no step to go back to. */
  readonly replace?: boolean;
  /** What the page finds in `history.state`. */
  readonly state?: object;
}

/** Goes to another page of the application. */
export function navigate(href: string, { replace = false, state }: Navigation = {}): void {
  if (href === location.pathname + location.search) return;
  if (replace) history.replaceState(state ?? null, '', href);
  else history.pushState(state ?? null, '', href);
  dispatchEvent(new Event(MOVED));
}

/** The address, and again whenever it changes, by a link, by `navigate` or by the browser's buttons. */
export function usePlace(): Place {
  const [place, setPlace] = useState(currentPlace);
  useEffect(() => {
    const follow = () => setPlace(currentPlace());
    for (const name of ['popstate', MOVED]) addEventListener(name, follow);
    return () => {
      for (const name of ['popstate', MOVED]) removeEventListener(name, follow);
    };
  }, []);
  return place;
}

/** Makes plain links to our own pages change the page without loading it anew; returns what stops that. */
export function followLinks(): () => void {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.hasAttribute('download')) return;
    if (link.origin !== location.origin || link.pathname.startsWith('/api/') || link.hash !== '') return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  };
  document.addEventListener('click', follow);
  return () => document.removeEventListener('click', follow);
}
