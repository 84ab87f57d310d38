import { useEffect, useRef } from 'preact/hooks';
import { type Command, commandOf, type KeyPage } from './keys.js';

/** What a page does for a command; `stay` when it should not go on to the next record. */
export type KeyActions = { readonly [Name in Command]?: (stay: boolean) => void };

/** Lets keys work on a page, except where somebody types, and behind dialogs. */
export function useKeys(page: KeyPage, actions: KeyActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      if (event.target instanceof HTMLElement && isTyping(event.target)) {
        if (event.key === 'Escape') event.target.blur();
        return;
      }
      const found = commandOf(event, page);
      if (found === undefined || (found.command === 'open' && isControl(event.target))) return;
      const action = latest.current[found.command];
      if (action === undefined) return;
      event.preventDefault();
      action(found.stay);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [page]);
}

function isTyping(element: HTMLElement): boolean {
  if (element instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(element.type);
  return element.matches('textarea, select') || element.isContentEditable;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, input, summary') !== null;
}
