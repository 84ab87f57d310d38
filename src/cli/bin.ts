#!/usr/bin/env node
// Everything here must also parse and run on a Node.js that is too old for the rest.
const OLDEST = [22, 12];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < (OLDEST[0] ?? 0) || (major === OLDEST[0] && minor < (OLDEST[1] ?? 0))) {
  process.stderr.write(
    `burnish needs Node.js ${OLDEST.join('.')} or later; this is ${process.versions.node}.\n`,
  );
  process.exitCode = 2;
} else {
  import('node:module')
    .then(({ enableCompileCache }) => {
      enableCompileCache();
      return import('./main.js');
    })
    .then(({ main }) => main(process))
    .then((status) => process.stdout.write('', () => process.exit(status)));
}
