import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Compiles `src/` once before the tests that run the program as its users do. */
export function setup(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { status } = spawnSync(process.execPath, ['build.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The program cannot be built, so it cannot be tested.');
}
