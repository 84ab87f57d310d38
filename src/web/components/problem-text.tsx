import { DataText } from './data-text.js';

/** What went wrong, in the place where it matters. */
export function ProblemText({ text }: { readonly text: string }) {
  return (
    <p class="problem-text data">
      <DataText text={text} />
    </p>
  );
}
