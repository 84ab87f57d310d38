import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface SearchBoxProps {
  readonly text: string;
  readonly input: RefObject<HTMLInputElement | null>;
  /** Called a little after the last key. */
  readonly onSearch: (text: string) => void;
}

const WAIT_MS = 250;
const LONGEST = 200;

/** Searches while one types. */
export function SearchBox({ text, input, onSearch }: SearchBoxProps) {
  const [typed, setTyped] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // What else was chosen while the search waits must not be undone by it.
  const search = useRef(onSearch);
  search.current = onSearch;
  // The address can change without this box: by the browser's buttons, or when all filters are cleared.
  useEffect(() => setTyped(text), [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <search>
      <input
        ref={input}
        class="input search-box"
        type="search"
        aria-label="Search in ids and texts"
        placeholder="Search in ids and texts"
        maxLength={LONGEST}
        value={typed}
        onInput={({ currentTarget }) => {
          const { value } = currentTarget;
          setTyped(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => search.current(value), WAIT_MS);
        }}
      />
    </search>
  );
}
