// Changes what reads and judges replies in one place at a time, to see whether a test notices; docs/checks.md says how.
export default {
  mutate: [
    'src/parse.ts',
    'src/reasoning.ts',
    'src/reply-markers.ts',
    'src/checks/**/*.ts',
    'src/text/**/*.ts',
  ],
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  // Every test here leads to every check by way of the catalogue, so the files that import a source tell nothing.
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Stryker would rewrite paths in it through an API that TypeScript 7 no longer has; there are none to rewrite.
  tsconfigFile: 'none',
  reporters: ['clear-text', 'progress', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  htmlReporter: { fileName: 'reports/mutation/index.html' },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  incrementalFile: 'reports/mutation/incremental.json',
  thresholds: { high: 90, low: 85, break: 80 },
};
