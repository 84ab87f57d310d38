/** Sentences for screen readers. */
export interface Announcements {
  announce(sentence: string): void;
  /** Calls `say` with what is to be said; returns what ends that. */
  listen(say: (text: string) => void): () => void;
}

const GATHER_MS = 150;

/** Gathers what is announced at nearly the same time, for a live region says only what it holds last. */
export function createAnnouncements(): Announcements {
  let gathered: string[] = [];
  let listener: ((text: string) => void) | undefined;
  const say = () => {
    listener?.(gathered.join('. '));
    gathered = [];
  };
  return {
    announce(sentence) {
      if (gathered.length === 0) setTimeout(say, GATHER_MS);
      gathered.push(sentence);
    },
    listen(say) {
      listener = say;
      return () => {
        listener = undefined;
      };
    },
  };
}
