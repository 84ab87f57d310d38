import { Layout } from '../components/layout.js';
import { State } from '../components/state.js';

export function OverviewPage({ run }: { readonly run: string }) {
  return (
    <Layout title={run} run={run} current="overview">
      <h1>Overview</h1>
      <State title="Nothing here yet" />
    </Layout>
  );
}
