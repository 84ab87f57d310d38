// The least that selecting takes: `array` parses the whole file and counts words with a one-line expression; `lines`
// reads, splits and parses line by line.
import { createReadStream, readFileSync } from 'node:fs';

const [form, path] = process.argv.slice(2);
if (form === 'array') {
  const counts = JSON.parse(readFileSync(path, 'utf8')).map(
    ({ output }) => output.match(/\w+|[^\w\s]/g)?.length ?? 0,
  );
  console.log(counts.length);
} else {
  let rest = '';
  let rows = 0;
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (JSON.parse(line).output !== undefined) rows++;
  }
  console.log(rows);
}
