import { Layout } from '../components/layout.js';
import { State } from '../components/state.js';

export function RecordsPage({ run }: { readonly run: string; readonly query: string }) {
  return (
    <Layout title="Records" run={run} current="records">
      <h1>Records</h1>
      <State title="Nothing here yet" />
    </Layout>
  );
}
