import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../../report/visible.js';
import { hrefOf } from '../addresses/route.js';
import { useSession } from '../api/session.js';
import { useApp } from '../app-context.js';
import { DataText } from './data-text.js';
import { ThemeButton } from './theme-button.js';
import { UnsavedNote } from './unsaved-note.js';

interface LayoutProps {
  /** What the page is; also the beginning of the window's title. */
  readonly title: string;
  /** The run that the page belongs to. */
  readonly run?: string;
  readonly current?: 'runs' | 'new' | 'overview' | 'records';
  /** Stands at the end of the header: the state of the run, a button for help. */
  readonly status?: ComponentChildren;
  readonly narrow?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of a page: skip link, header with navigation, main part. When the page is another, its heading gets the focus. */
export function Layout({ title, run, current, status, narrow = false, children }: LayoutProps) {
  const main = useRef<HTMLElement>(null);
  const session = useSession();
  const loggedOut = session?.needed === true && !session.loggedIn;
  useEffect(() => {
    document.title = `${visible(title)} · Burnish`;
  }, [title]);
  useEffect(() => {
    const heading = main.current?.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="header">
        <a class="header-brand" href={hrefOf({ page: 'runs' })}>
          <img src="/favicon.svg" alt="" />
          Burnish
        </a>
        {run !== undefined && (
          <bdi class="header-run" title={visible(run)}>
            <DataText text={run} />
          </bdi>
        )}
        {!loggedOut && (
          <nav aria-label="Pages">
            {run === undefined ? (
              <>
                <NavLink href={hrefOf({ page: 'runs' })} label="Runs" current={current === 'runs'} />
                <NavLink href={hrefOf({ page: 'new' })} label="New run" current={current === 'new'} />
              </>
            ) : (
              <>
                <NavLink
                  href={hrefOf({ page: 'overview', run })}
                  label="Overview"
                  current={current === 'overview'}
                />
                <NavLink
                  href={hrefOf({ page: 'records', run })}
                  label="Records"
                  current={current === 'records'}
                />
              </>
            )}
          </nav>
        )}
        <div class="header-end">
          <UnsavedNote />
          {status}
          <ThemeButton />
          {session?.needed === true && session.loggedIn && <LogOutButton />}
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} class={narrow ? 'main main-narrow' : 'main'}>
        {children}
      </main>
    </>
  );
}

interface NavLinkProps {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
}

function NavLink({ href, label, current }: NavLinkProps) {
  return (
    <a href={href} aria-current={current ? 'page' : undefined}>
      {label}
    </a>
  );
}

function LogOutButton() {
  const { api } = useApp();
  const [busy, setBusy] = useState(false);
  const logOut = async () => {
    setBusy(true);
    await api.logOut().finally(() => location.assign(hrefOf({ page: 'login' })));
  };
  return (
    <button type="button" class="button button-quiet" disabled={busy} onClick={logOut}>
      Log out
    </button>
  );
}
