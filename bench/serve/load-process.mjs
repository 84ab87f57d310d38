// Sends requests to a server for a while, many at a time, and writes what came of it as JSON. A process of its own, so
// that it does not wait for whoever measures.
//
//   node benc./load-process.mjs '{"url": ..., "paths": [...], "connections": 200, "seconds": 10}'
import autocannon from 'autocannon';

const { url, paths, connections, seconds } = JSON.parse(process.argv[2]);
const requests = paths.map((path) => ({ method: 'GET', path }));
let clients = 0;
const {
  latency,
  requests: sent,
  throughput,
  errors,
  timeouts,
  non2xx,
} = await autocannon({
  url,
  connections,
  duration: seconds,
  timeout: 30,
  requests,
  // Each begins elsewhere: who reads the same at the same time is served from the same memory.
  setupClient: (client) => {
    const first = Math.floor((clients++ * requests.length) / connections);
    client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
  },
});
const { p50, p99, max } = latency;
const perSecond = sent.total / seconds;
process.stdout.write(
  JSON.stringify({
    p50Ms: p50,
    p99Ms: p99,
    maxMs: max,
    perSecond,
    bytesPerSecond: throughput.average,
    failed: errors + timeouts + non2xx,
  }),
);
