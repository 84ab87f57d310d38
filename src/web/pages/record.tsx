import { Layout } from '../components/layout.js';
import { State } from '../components/state.js';

export function RecordPage({
  run,
  id,
}: {
  readonly run: string;
  readonly id: string;
  readonly query: string;
}) {
  return (
    <Layout title={id} run={run} current="records">
      <h1>{id}</h1>
      <State title="Nothing here yet" />
    </Layout>
  );
}
