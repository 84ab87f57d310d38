import { KEY_RULES, type KeyPage } from '../keys/keys.js';
import { Dialog } from './dialog.js';

const NAMES: Readonly<Record<string, string>> = { enter: 'Enter', escape: 'Esc' };

/** The keys of a page. */
export function KeyHelp({ page, onClose }: { readonly page: KeyPage; readonly onClose: () => void }) {
  const rules = KEY_RULES.filter(({ on }) => on[page] !== undefined);
  return (
    <Dialog title="Keys" onClose={onClose}>
      <table class="key-table">
        <tbody>
          {rules.map(({ command, key, on }) => (
            <tr key={command}>
              <th scope="row">
                <kbd>{NAMES[key] ?? key}</kbd>
              </th>
              <td>{on[page]}</td>
            </tr>
          ))}
          {rules.some(({ canStay }) => canStay) && (
            <tr>
              <th scope="row">
                <kbd>Shift</kbd> <kbd>a</kbd> or <kbd>r</kbd>
              </th>
              <td>The same, and stay where you are</td>
            </tr>
          )}
        </tbody>
      </table>
    </Dialog>
  );
}
