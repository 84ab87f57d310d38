import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../app-context.js';
import type { Session } from './api-types.js';

/** Whether the server wants a log-in; undefined until it says so. */
export function useSession(): Session | undefined {
  const { api } = useApp();
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    api.session().then(setSession, () => {
      // Whatever else the page asks for will tell the same problem in its place.
    });
  }, [api]);
  return session;
}
