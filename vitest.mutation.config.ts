import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutate` judges. It runs them hundreds of times, so those that take long are left out. */
export default defineConfig({
  test: {
    include: ['test/{parse,reasoning,reply-markers}.test.ts', 'test/{checks,text}/**/*.test.ts'],
    // Each mutant is tried in a worker of its own anyway, which the test files can share.
    isolate: false,
    tags: [{ name: 'stress', skip: true }],
  },
});
