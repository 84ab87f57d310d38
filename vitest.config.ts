import { defineConfig } from 'vitest/config';

/** These run the program as its users do, from `dist/`. */
const BUILT = ['test/cli/**/*.test.ts', 'test/demo.test.ts', 'test/package.test.ts'];

export default defineConfig({
  test: {
    // The processes that the tests start do the work, so two files at a time keep two cores busy.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    tags: [{ name: 'stress', description: 'A megabyte of text, or thousands of texts.' }],
    projects: [
      { extends: true, test: { name: 'source', include: ['test/**/*.test.ts'], exclude: BUILT } },
      {
        extends: true,
        test: { name: 'built', include: BUILT, globalSetup: ['test/support/built-program.ts'] },
      },
    ],
  },
});
