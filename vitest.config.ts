import { defineConfig } from 'vitest/config';

/** These run the program as its users do, from `dist/`. */
const BUILT = ['test/cli/**/*.test.ts', 'test/demo.test.ts', 'test/package.test.ts'];
/** These open its pages in a browser. */
const BROWSER = ['test/browser/**/*.test.ts'];
const BUILD = 'test/support/built-program.ts';

export default defineConfig({
  test: {
    // The processes that the tests start do the work, so two files at a time keep two cores busy.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    tags: [{ name: 'stress', description: 'A megabyte of text, or thousands of texts.' }],
    projects: [
      {
        extends: true,
        test: { name: 'source', include: ['test/**/*.test.ts'], exclude: [...BUILT, ...BROWSER] },
      },
      {
        extends: true,
        test: { name: 'built', include: BUILT, globalSetup: [BUILD] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: BROWSER,
          globalSetup: [BUILD, 'test/browser/one-browser.ts'],
          testTimeout: 120_000,
          // A page is looked at until it shows what it should: at once, unless the machine is busy.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
