import { Layout } from '../components/layout.js';
import { State } from '../components/state.js';

export function RunsPage() {
  return (
    <Layout title="Runs" current="runs" narrow>
      <h1>Runs</h1>
      <State title="Nothing here yet" />
    </Layout>
  );
}
