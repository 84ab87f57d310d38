import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHECKS, type CheckSuite, DEFAULT_SUITE, isModule, loadChecks } from '../../../src/checks/index.js';
import { runChecks } from '../../../src/checks/run-checks.js';
import { UserError } from '../../../src/errors.js';
import { temporaryFolder } from '../../support/run-parts.js';
import { answer, subjectOf } from '../subject.js';

const folder = temporaryFolder();
let files = 0;

/** Writes a file of that kind; each test's has a name of its own. */
function save(kind: string, text: string | Buffer): string {
  const path = join(folder, `checks${files++}.${kind}`);
  writeFileSync(path, text);
  return path;
}

async function failure(path: string): Promise<UserError> {
  const error: unknown = await loadChecks(path).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) expect.fail(`no UserError: ${error}`);
  expect([error.code, error.facts.where]).toEqual(['config', path]);
  return error;
}

function severityOf(suite: CheckSuite, id: string): string | undefined {
  return suite.find(({ check }) => check.id === id)?.severity;
}

/** A module with one check, as a user writes it, in which this is said otherwise. */
function moduleWith(changes = '', more = ''): string {
  return `export default {
    ${more}
    checks: [{
      id: 'too_short', version: 1, severity: 'flag', description: 'Few words.', reads: 'candidate',
      thresholds: { words: { default: 3, description: 'The fewest words that are enough.' } },
      find: ({ refined }, { words }) => refined.wordCount < words ? [{ message: 'Short.' }] : [],
      ${changes}
    }],
  };`;
}

describe('a file of settings', () => {
  test.each([
    ['json', '{"severity": {"unchanged": "fail", "encoding": "off"}}'],
    ['JSON', '\uFEFF{"severity": {"unchanged": "fail", "encoding": "off"}}'],
    ['yaml', 'severity:\n  unchanged: fail # dear\n  encoding: "off"\n'],
    ['yml', 'severity: {unchanged: fail, encoding: off}'],
  ])('sets severities (.%s)', async (kind, text) => {
    const path = save(kind, text);
    const { suite, ...file } = await loadChecks(path);
    expect(file).toEqual({ path, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') });
    expect(severityOf(suite, 'unchanged')).toBe('fail');
    expect(severityOf(suite, 'encoding')).toBe(undefined);
    expect(suite).toHaveLength(CHECKS.length - 1);
    expect(severityOf(suite, 'truncated')).toBe(severityOf(DEFAULT_SUITE, 'truncated'));
  });

  test('may set nothing', async () => {
    expect((await loadChecks(save('json', '{}'))).suite).toEqual(DEFAULT_SUITE);
  });

  test.each([
    ['an empty file', 'json', '', 'no JSON', ''],
    ['half a file', 'json', '{"severity": {', 'no JSON', ''],
    ['broken YAML', 'yaml', 'severity: {a: [', 'no YAML', ''],
    ['bytes that are no UTF-8', 'yaml', Buffer.from([0xff, 0xfe, 0x00]), 'no YAML', ''],
    ['an empty YAML file', 'yaml', '', 'not as it should be', 'expected object'],
    ['a list', 'json', '[]', 'not as it should be', 'expected object'],
    ['a key that means nothing', 'json', '{"severities": {}}', 'not as it should be', 'severities'],
    [
      'an unknown severity',
      'json',
      '{"severity": {"unchanged": "bad"}}',
      'not as it should be',
      'severity.unchanged',
    ],
    [
      'a threshold in words',
      'json',
      '{"thresholds": {"unchanged": {"a": "b"}}}',
      'not as it should be',
      'thresholds.unchanged.a',
    ],
    [
      'a threshold that is no number',
      'yaml',
      'thresholds: {unchanged: {a: .nan}}',
      'not as it should be',
      'thresholds',
    ],
    ['an unknown check', 'json', '{"severity": {"unchangd": "flag"}}', 'called "unchangd"', 'unchangd'],
    [
      'a check named after what all objects have',
      'json',
      '{"severity": {"constructor": "flag"}}',
      'called "constructor"',
      '',
    ],
    ['an unknown threshold', 'json', '{"thresholds": {"unchanged": {"a": 1}}}', 'called "a"', ''],
  ])('is refused for %s', async (_, kind, text, message, found) => {
    const error = await failure(save(kind, text));
    expect(error.message).toContain(message);
    expect(error.facts.found).toContain(found);
    expect(error.facts.expected).toBeTruthy();
  });

  test('cannot hold checks, and says what can', async () => {
    const { facts } = await failure(save('json', '{"checks": []}'));
    expect(facts.hint).toContain('.mjs');
  });
});

describe('a module', () => {
  test.each(['mjs', 'js', 'ts', 'mts'])('adds checks behind those of the catalogue (.%s)', async (kind) => {
    const { suite } = await loadChecks(save(kind, moduleWith()));
    expect(suite.map(({ check }) => check.id)).toEqual([...CHECKS.map(({ id }) => id), 'too_short']);
    const found = (text: string) => runChecks(subjectOf({ raw: answer(text) }), suite);
    expect(found('Too short.')).toEqual([
      { check: 'too_short', severity: 'flag', message: 'Short.', start: null, end: null },
    ]);
    expect(found('This is long enough.')).toEqual([]);
  });

  test('sets thresholds and severities of its own checks too', async () => {
    const settings = "severity: { too_short: 'fail' }, thresholds: { too_short: { words: 9 } },";
    const { suite } = await loadChecks(save('mjs', moduleWith('', settings)));
    expect(suite.at(-1)).toMatchObject({ severity: 'fail', thresholds: { words: 9 } });
  });

  test('may name a check and a threshold after what all objects have', async () => {
    const thresholds = "thresholds: { to_string: { default: 3, description: 'T.' } },";
    const { suite } = await loadChecks(save('mjs', moduleWith(`id: 'constructor', ${thresholds}`)));
    expect(suite.at(-1)).toMatchObject({ severity: 'flag', thresholds: { to_string: 3 } });
  });

  test('may be CommonJS', async () => {
    const { suite } = await loadChecks(save('cjs', 'module.exports = { severity: { encoding: "off" } };'));
    expect(suite).toHaveLength(CHECKS.length - 1);
  });

  test('keeps the objects whose methods call one another', async () => {
    const check = `new (class {
      id = 'mine'; version = 1; severity = 'note'; description = 'All.'; reads = 'reply';
      find() { return this.say(); }
      say() { return [{ message: 'Said.' }]; }
    })()`;
    const { suite } = await loadChecks(save('mjs', `export default { checks: [${check}] };`));
    expect(runChecks(subjectOf({ raw: 'x' }), suite.slice(-1))).toMatchObject([{ message: 'Said.' }]);
  });

  test('is loaded anew when it was changed', async () => {
    const path = save('mjs', moduleWith());
    const before = await loadChecks(path);
    writeFileSync(path, moduleWith('version: 2,'));
    const after = await loadChecks(path);
    expect(after.suite.at(-1)?.check.version).toBe(2);
    expect(after.sha256).not.toBe(before.sha256);
  });

  test.each([
    ['that throws', 'throw new TypeError("at once");', 'cannot be loaded', /TypeError: at once/],
    ['that throws what is no error', 'throw Object.create(null);', 'cannot be loaded', /\{\}/],
    [
      'that imports what is not there',
      'import "burnish-has-no-such-package";',
      'cannot be loaded',
      /burnish-has-no-such/,
    ],
    ['without a default export', 'export const checks = [];', 'no default export', /checks/],
    ['that exports nothing', '1;', 'no default export', /no export/],
    ['that exports a function', 'export default () => {};', 'not as it should be', /expected object/],
    ['with a key that means nothing', 'export default { check: [] };', 'not as it should be', /"check"/],
    [
      'with an id in capitals',
      moduleWith("id: 'TooShort',"),
      'not as it should be',
      /checks\.0\.id: not in snake_case/,
    ],
    ['with an id of the catalogue', moduleWith("id: 'unchanged',"), 'the same id', /unchanged/],
    [
      'with a check twice',
      'const c = { id: "c", version: 1, severity: "flag", description: "C.", reads: "reply", find: () => [] }; export default { checks: [c, c] };',
      'the same id',
      /"c"/,
    ],
    [
      'with a version that is no number',
      moduleWith("version: '1',"),
      'not as it should be',
      /checks\.0\.version/,
    ],
    [
      'with a check that is off',
      moduleWith("severity: 'off',"),
      'not as it should be',
      /checks\.0\.severity/,
    ],
    [
      'without a description',
      moduleWith("description: ' ',"),
      'not as it should be',
      /checks\.0\.description/,
    ],
    ['with a check of neither kind', moduleWith("reads: 'text',"), 'not as it should be', /checks\.0\.reads/],
    [
      'with a threshold without a default',
      moduleWith("thresholds: { words: { description: 'W.' } },"),
      'not as it should be',
      /words\.default/,
    ],
    ['with a key of a check misspelt', moduleWith('treshold: {},'), 'not as it should be', /treshold/],
    [
      'with a check that finds nothing',
      moduleWith('find: [],'),
      'not as it should be',
      /checks\.0\.find: not a function/,
    ],
  ])('%s is refused', async (_, text, message, found) => {
    const error = await failure(save('mjs', text));
    expect(error.message).toContain(message);
    expect(error.facts.found).toMatch(found);
  });

  test('tells in which line it threw', async () => {
    const { facts } = await failure(save('mjs', '\n\nthrow new Error("here");'));
    expect(facts.found).toBe('Error: here (line 3)');
  });
});

test.each([
  ['that is not there', () => join(folder, 'nothing.json'), 'cannot be read', /ENOENT/],
  [
    'that is a folder',
    () => {
      mkdirSync(join(folder, 'folder.json'), { recursive: true });
      return join(folder, 'folder.json');
    },
    'cannot be read',
    /EISDIR/,
  ],
  ['of another kind', () => save('toml', ''), 'not known by its name', /\.toml/],
  ['without a kind', () => join(folder, 'none'), 'not known by its name', /no extension/],
])('a file %s is refused', async (_, path, message, found) => {
  const error = await failure(path());
  expect(error.message).toContain(message);
  expect(error.facts.found).toMatch(found);
});

test('a module is what runs when it is loaded', () => {
  expect(['a.js', 'a.MJS', 'a.cjs', 'a.ts', 'b/a.mts'].map(isModule)).not.toContain(false);
  expect(['a.json', 'a.yaml', 'a.js.json', 'js'].map(isModule)).not.toContain(true);
});
