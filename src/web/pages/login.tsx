import { useEffect, useRef, useState } from 'preact/hooks';
import { loginTarget } from '../addresses/login-target.js';
import { describeProblem } from '../api/problem.js';
import { useApp } from '../app-context.js';
import { DataText } from '../components/data-text.js';
import { Layout } from '../components/layout.js';

/** Asks for the server's token, once; from then on a cookie that scripts cannot read says who it is. */
export function LoginPage({ query }: { readonly query: string }) {
  const { api } = useApp();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const logIn = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await api.logIn(token);
      // Loaded anew, so that nothing that was refused before is left.
      location.assign(loginTarget(query, location.origin));
    } catch (error) {
      setProblem(describeProblem(error));
      setBusy(false);
    }
  };
  return (
    <Layout title="Log in" narrow>
      <form class="panel login" onSubmit={logIn}>
        <h1>Log in</h1>
        <p class="muted">This server wants the token that it was started with.</p>
        <label class="field">
          <span>Token</span>
          <input
            ref={input}
            class="input"
            type="password"
            autocomplete="current-password"
            required
            value={token}
            aria-describedby={problem === undefined ? undefined : 'login-problem'}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        {problem !== undefined && (
          <p id="login-problem" class="problem-text data" role="alert">
            <DataText text={problem} />
          </p>
        )}
        <button type="submit" class="button button-primary" disabled={busy}>
          Log in
        </button>
      </form>
    </Layout>
  );
}
