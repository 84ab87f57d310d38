import { useId, useMemo, useState } from 'preact/hooks';
import type { FindingData } from '../report/record-data.js';
import { type FindingLinks, itemId } from './components/finding-mark.js';

/** Ties the places of findings in a text to their list: which one is pointed at, and where it stands. */
export function useFindingLinks(findings: readonly FindingData[]): FindingLinks {
  const idPrefix = useId();
  const [active, setActive] = useState<number | null>(null);
  return useMemo(() => {
    const links: FindingLinks = {
      findings,
      active,
      idPrefix,
      point: setActive,
      goToItem: (finding) => {
        const item = document.getElementById(itemId(links, finding));
        item?.scrollIntoView({ block: 'nearest' });
        item?.querySelector('button')?.focus({ preventScroll: true });
      },
    };
    return links;
  }, [findings, active, idPrefix]);
}
