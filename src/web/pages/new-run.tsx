import { Layout } from '../components/layout.js';
import { State } from '../components/state.js';

export function NewRunPage() {
  return (
    <Layout title="New run" current="new" narrow>
      <h1>New run</h1>
      <State title="Nothing here yet" />
    </Layout>
  );
}
