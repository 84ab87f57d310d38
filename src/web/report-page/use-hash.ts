import { useEffect, useState } from 'preact/hooks';

/** What stands after `#` in the address, with it, and again whenever that changes. */
export function useHash(): [hash: string, replaceHash: (hash: string) => void] {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const replaceHash = (next: string) => {
    // `replaceState` scrolls nowhere and tells nobody.
    history.replaceState(null, '', next === '' ? '#' : next);
    setHash(next);
  };
  return [hash, replaceHash];
}
