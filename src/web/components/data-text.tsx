import { visible } from '../../report/visible.js';

/**
 * Text from a dataset or a model. It is never anything but text: what would reorder or hide it is shown as an
 * escape instead.
 */
export function DataText({ text }: { readonly text: string }) {
  return <>{visible(text, true)}</>;
}
