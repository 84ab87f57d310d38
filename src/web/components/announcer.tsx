import { useEffect, useState } from 'preact/hooks';
import type { Announcements } from '../wording/announcements.js';

/** Where screen readers hear what happens elsewhere on the page. */
export function Announcer({ announcements }: { readonly announcements: Announcements }) {
  const [sentence, setSentence] = useState('');
  useEffect(() => announcements.listen(setSentence), [announcements]);
  return (
    <div class="hidden" role="status" aria-live="polite">
      {sentence}
    </div>
  );
}
