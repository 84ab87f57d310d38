// Holds event streams of a run open and reads them, until it is told to end; then writes how much came, as JSON.
//
//   node bench/serve/event-reader.mjs URL COUNT
import { get } from 'node:http';

const [url, count] = process.argv.slice(2);
let bytes = 0;
let open = 0;
let broken = 0;
for (let stream = 0; stream < Number(count); stream++) {
  const request = get(url, { agent: false, headers: { accept: 'text/event-stream' } }, (response) => {
    if (response.statusCode !== 200) throw new Error(`the stream was answered with ${response.statusCode}`);
    open++;
    if (open === Number(count)) process.send?.({ open });
    response.on('data', (chunk) => {
      bytes += chunk.length;
    });
    response.on('end', () => broken++);
  });
  request.on('error', () => broken++);
}
if (Number(count) === 0) process.send?.({ open });
process.on('message', () => {
  process.send?.({ bytes, broken }, () => process.exit());
});
process.on('disconnect', () => process.exit());
