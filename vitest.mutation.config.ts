import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutate` judges. It runs them hundreds of times, so those that take long are left out. */
export default defineConfig({
  test: {
    include: ['test/parse.test.ts', 'test/{checks,text}/**/*.test.ts'],
    // A run of Stryker reads the sources anew in any case; its own of these files can share them.
    isolate: false,
    tags: [{ name: 'stress', skip: true }],
  },
});
