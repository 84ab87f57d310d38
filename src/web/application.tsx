import { useEffect, useMemo } from 'preact/hooks';
import { currentPlace, followLinks, navigate, usePlace } from './addresses/location.js';
import { hrefOf, type Route, routeOf } from './addresses/route.js';
import { AppContext } from './app-context.js';
import { Announcer } from './components/announcer.js';
import { State } from './components/state.js';
import { Toasts } from './components/toasts.js';
import { createApp } from './create-app.js';
import { LoginPage } from './pages/login.js';
import { NewRunPage } from './pages/new-run.js';
import { OverviewPage } from './pages/overview.js';
import { RecordPage } from './pages/record.js';
import { RecordsPage } from './pages/records.js';
import { RunsPage } from './pages/runs.js';
import { createAnnouncements } from './wording/announcements.js';

/** Goes to the log-in, and from there back to where one was. */
function demandLogin(): void {
  const { path, query } = currentPlace();
  if (routeOf(path).page === 'login') return;
  const next = path + (query === '' ? '' : `?${query}`);
  navigate(hrefOf({ page: 'login' }, new URLSearchParams({ next }).toString()), { replace: true });
}

/** The whole page: it shows what the address names. */
export function Application() {
  const { path, query } = usePlace();
  const announcements = useMemo(createAnnouncements, []);
  const app = useMemo(() => createApp(demandLogin, announcements.announce), [announcements]);
  useEffect(() => followLinks(), []);
  useEffect(() => void app.decisions.restore(), [app]);
  const route = routeOf(path);
  return (
    <AppContext.Provider value={app}>
      <Page route={route} query={query} />
      <Toasts list={app.toasts} />
      <Announcer announcements={announcements} />
    </AppContext.Provider>
  );
}

function Page({ route, query }: { readonly route: Route; readonly query: string }) {
  switch (route.page) {
    case 'runs':
      return <RunsPage />;
    case 'login':
      return <LoginPage query={query} />;
    case 'new':
      return <NewRunPage />;
    case 'overview':
      return <OverviewPage key={route.run} run={route.run} />;
    case 'records':
      return <RecordsPage key={route.run} run={route.run} query={query} />;
    case 'record':
      return <RecordPage key={route.run} run={route.run} id={route.id} query={query} />;
    case 'missing':
      return (
        <main id="main">
          <State title="There is no such page" level="h1">
            <a href={hrefOf({ page: 'runs' })}>All runs</a>
          </State>
        </main>
      );
  }
}
