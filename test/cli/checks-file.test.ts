import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerCompletion, answerError } from '../support/chat-server.js';
import { makeFolder } from '../support/cli.js';
import { ALL_OFF, type OwnChecks, ownChecks } from '../support/own-checks.js';
import { makeRows, reply, type Scene, type SceneOptions, setScene } from './scene.js';

const TEXTS = ['Good.', 'Here is a FLAG.', 'This will FAIL.', 'A NOTE of an ODD kind.'];

/** Four examples whose refined texts hold words that the test's own check looks for. */
function setOwnScene(parts: SceneOptions = {}): Promise<Scene> {
  return setScene({
    rows: makeRows(4),
    env: { XDG_STATE_HOME: makeFolder() },
    script: (instruction) => answerCompletion(reply(TEXTS[Number(instruction.slice(5))] ?? '')),
    ...parts,
  });
}

function save(scene: Scene, name: string, text: string): void {
  writeFileSync(join(scene.folder, name), text);
}

/** A finished run that is judged by the test's own check. */
async function ownRun(checks: OwnChecks = {}): Promise<Scene> {
  const scene = await setOwnScene();
  save(scene, 'own.mjs', ownChecks(checks));
  const { status, stderr } = await scene.refine('--checks', 'own.mjs');
  expect(status, stderr).toBe(0);
  scene.forget();
  return scene;
}

const verdicts = (scene: Scene) => scene.lines('ledger.jsonl').map(({ verdict }) => verdict);
const manifest = (scene: Scene) => JSON.parse(readFileSync(join(scene.runFolder(), 'run.json'), 'utf8'));

describe('a checks file', () => {
  test('decides with refine what fails, and every command goes by it from then on', async () => {
    const scene = await ownRun();
    expect(verdicts(scene)).toEqual(['pass', 'flag', 'fail', 'pass']);
    expect(manifest(scene).settings.checks).toEqual({
      path: join(scene.folder, 'own.mjs'),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const status = await scene.run('status');
    expect(status.stdout).toContain('checks:    own.mjs');
    expect(status.stdout).toMatch(/1 +word +fail/);
    expect((await scene.run('diff', '--only', 'fail')).stdout).toContain('word');
    const exported = await scene.run('export', '-o', 'out.json');
    expect(exported.stderr).toMatch(/2 +kept +word: The word FAIL/);
    expect((await scene.run('decide', '--ids', '1', '--accept')).status).toBe(0);
    expect(verdicts(scene)).toEqual(['pass', 'flag', 'fail', 'pass']);
    const retried = await scene.run('retry', '--failed', '--base-url', scene.server.url, '--yes');
    expect(retried.stderr).toMatch(/word: The word FAIL/);
    expect(scene.asked()).toEqual(['Task 2']);
    const again = await scene.run('refine', '--run', scene.runFolder(), '--base-url', scene.server.url);
    expect(again.stderr).toContain('checks:    own.mjs');
    expect(verdicts(scene)).toEqual(['pass', 'flag', 'fail', 'pass']);
  });

  test('may hold settings only, as JSON or YAML', async () => {
    for (const [name, text] of [
      ['off.json', JSON.stringify({ severity: ALL_OFF })],
      [
        'off.yaml',
        `severity:\n${Object.keys(ALL_OFF)
          .map((id) => `  ${id}: "off"\n`)
          .join('')}`,
      ],
    ] as const) {
      const scene = await setScene({
        rows: makeRows(1),
        script: () => answerCompletion(reply('Left <|im_end|>.')),
      });
      save(scene, name, text);
      await scene.refine('--checks', name);
      expect(verdicts(scene)).toEqual(['pass']);
      expect((await scene.run('status')).stdout).not.toContain('marker_residue');
    }
  });

  test.each([
    ['that is not there', 'nothing.json', '', /ENOENT/],
    ['that is broken', 'own.mjs', 'export default {', /SyntaxError/],
    ['that throws', 'own.mjs', 'throw new Error("at once");', /at once/],
    ['that exports nothing', 'own.mjs', '', /no default export/],
    ['that names an unknown check', 'own.json', '{"severity": {"truncatd": "off"}}', /truncatd/],
    ['of an unknown severity', 'own.json', '{"severity": {"truncated": "error"}}', /severity\.truncated/],
    ['of an unknown kind', 'own.txt', '', /\.mjs/],
  ])('%s is refused before anything is written or asked', async (_, name, text, says) => {
    const scene = await setOwnScene();
    if (name !== 'nothing.json') save(scene, name, text);
    const { status, stdout, stderr } = await scene.refine('--checks', name, '--json');
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'config', where: join(scene.folder, name) });
    expect(scene.asked()).toEqual([]);
    expect(existsSync(join(scene.folder, 'runs'))).toBe(false);
  });

  test('can be exchanged and taken away, offline', async () => {
    const scene = await ownRun();
    save(scene, 'other.mjs', ownChecks({ flagged: 'Good' }));
    await scene.run('check', '--checks', 'other.mjs');
    expect(verdicts(scene)).toEqual(['flag', 'pass', 'fail', 'pass']);
    expect((await scene.run('status')).stdout).toContain('checks:    other.mjs');
    await scene.run('check', '--checks', 'none');
    expect(manifest(scene).settings.checks).toBe(null);
    expect((await scene.run('status')).stdout).not.toContain('checks:');
    await scene.refine('--checks', 'own.mjs');
    expect(verdicts(scene)).toEqual(['pass', 'flag', 'fail', 'pass']);
    await scene.refine('--checks', 'none');
    expect(manifest(scene).settings.checks).toBe(null);
    expect(scene.asked()).toEqual([]);
  });

  test('that has gone stops every command, which say how to go on', async () => {
    const scene = await ownRun();
    rmSync(join(scene.folder, 'own.mjs'));
    const server = ['--base-url', scene.server.url];
    for (const args of [
      ['status'],
      ['diff'],
      ['check'],
      ['export', '-o', 'out.json'],
      ['decide', '--ids', '1', '--accept'],
      ['retry', '--failed', ...server],
      ['refine', '--run', scene.runFolder(), ...server],
    ]) {
      const { status, stdout, stderr } = await scene.run(...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('own.mjs');
      expect(stderr).toContain('--checks none');
    }
    expect(scene.asked()).toEqual([]);
    expect((await scene.run('runs')).stdout).toContain('4/4');
    expect((await scene.run('check', '--checks', 'none')).status).toBe(0);
    expect((await scene.run('status')).status).toBe(0);
  });

  test('that was changed is used as it is now, and everybody is told', async () => {
    const scene = await ownRun();
    save(scene, 'own.mjs', ownChecks({ flagged: 'ODD', version: 2 }));
    const { stdout, stderr, status } = await scene.run('status');
    expect(status).toBe(0);
    expect(stderr).toContain('note: own.mjs was changed since the run was last checked');
    expect(stderr).toMatch(/warning: 2 examples judged otherwise than at the check of/);
    expect(stderr).toMatch(/flag -> pass +1 +1\n/);
    expect(stderr).toMatch(/pass -> flag +1 +3\n/);
    expect(stderr).toContain('since then word: version 1 -> 2');
    expect(stderr).toContain('the checks file is another one');
    expect(stdout).toMatch(/1 +word +flag/);
  });
});

describe('a module', () => {
  /** A checks file that leaves a trace when it runs. */
  const traced = (scene: Scene) =>
    `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(join(scene.folder, 'trace'))}, '');\n${ownChecks()}`;

  test('that a run names does not run unless the user named it once', async () => {
    const scene = await setOwnScene();
    save(scene, 'own.mjs', traced(scene));
    await scene.refine('--checks', 'own.mjs');
    const trace = join(scene.folder, 'trace');
    expect((await scene.run('status')).status).toBe(0);
    rmSync(trace);
    // As the run and its module look to somebody who has got both from somebody else.
    const list = join(scene.env.XDG_STATE_HOME ?? '', 'burnish/trusted-checks.jsonl');
    rmSync(list);
    for (const args of [['status'], ['diff'], ['check'], ['export', '-o', 'out.json'], ['runs']]) {
      const { status, stderr } = await scene.run(...args);
      expect(status).toBe(args[0] === 'runs' ? 0 : 2);
      if (status === 2) expect(stderr).toMatch(/code that you have not named yourself[\s\S]*--checks FILE/);
    }
    expect(existsSync(trace)).toBe(false);
    expect((await scene.run('check', '--checks', 'own.mjs')).status).toBe(0);
    expect(existsSync(trace)).toBe(true);
    expect((await scene.run('status')).status).toBe(0);
  });

  test.each([
    ['throws', '() => { throw new RangeError("too far"); }', /RangeError: too far/],
    ['returns no list', '() => null', /expected array/],
    ['returns a span that is not there', '() => [{ message: "A.", start: 0, end: 999 }]', /from 0 to 999/],
  ])('with a check that %s stops; what was answered is saved', async (_, find, says) => {
    const scene = await setOwnScene();
    save(scene, 'own.mjs', ownChecks({ find }));
    const { status, stderr } = await scene.refine('--checks', 'own.mjs');
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/own\.mjs, check word, example 0/);
    expect(stderr).not.toMatch(/this is a bug/);
    expect(scene.lines('attempts.jsonl')).toHaveLength(4);
    scene.forget();
    save(scene, 'own.mjs', ownChecks());
    expect((await scene.refine()).status).toBe(0);
    expect(scene.asked()).toEqual([]);
    expect(verdicts(scene)).toEqual(['pass', 'flag', 'fail', 'pass']);
  });

  test('may say anything: nothing of it is obeyed on the terminal', async () => {
    const scene = await ownRun({ find: '() => [{ message: "\\u001b[2J\\u202e evil" }]' });
    for (const args of [
      ['status'],
      ['check'],
      ['check', '--id', '0'],
      ['check', '--json'],
      ['diff', '--id', '0'],
    ]) {
      const { stdout, stderr } = await scene.run(...args);
      expect(stdout).toContain('evil');
      expect(stdout + stderr).not.toMatch(/[\u001b\u202e]/);
    }
  });
});

describe('checking a run', () => {
  test('asks nobody, writes the ledger anew, and reports', async () => {
    const scene = await ownRun();
    rmSync(join(scene.runFolder(), 'ledger.jsonl'));
    const { status, stdout, stderr } = await scene.run('check');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^run: {6}runs\/.*, 4 examples\nchecks: {3}1 \(own\.mjs\)\n/);
    expect(stdout).toMatch(/^ {2}fail +1 +25\.0 % +certainly bad$/m);
    expect(stdout).toMatch(/^ {2}flag +1 {3}word {2}A word stands/m);
    expect(stdout).toMatch(/^No verdict differs from that at the check of 20/m);
    expect(stdout).toMatch(
      /^ {2}2 {2}fail {2}word: The word FAIL\.\n {2}1 {2}flag {2}word: The word FLAG\.$/m,
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(verdicts(scene)).toEqual(['pass', 'flag', 'fail', 'pass']);
    expect(scene.asked()).toEqual([]);
  });

  test('shows which examples are judged otherwise than at the last check, and why; once', async () => {
    const scene = await ownRun();
    save(scene, 'own.mjs', ownChecks({ flagged: 'ODD', version: 2 }));
    const { stdout } = await scene.run('check');
    expect(stdout).toMatch(/^Judged otherwise than at the check of 20.* UTC: 2 examples$/m);
    expect(stdout).toMatch(/^ {2}1 {2}flag -> pass$/m);
    expect(stdout).toMatch(/^ {2}3 {2}pass -> flag {2}word: The word ODD\. \(\+1\)$/m);
    expect(stdout).toContain('since then word: version 1 -> 2');
    const again = await scene.run('check');
    expect(again.stdout).toContain('No verdict differs');
    expect(again.stderr).toBe('');
  });

  test('gives the same as data', async () => {
    const scene = await ownRun();
    save(scene, 'own.mjs', ownChecks({ flagged: 'ODD', version: 2 }));
    const data = JSON.parse((await scene.run('check', '--json', '--only', 'flag')).stdout);
    expect(data).toMatchObject({
      run: scene.runFolder(),
      saved: true,
      summary: { rows: 4, byVerdict: { fail: 1, flag: 1, pass: 2 }, byCheck: { word: { rows: 2 } } },
      verdictChanges: {
        rows: [
          { id: '1', before: 'flag', now: 'pass' },
          { id: '3', before: 'pass', now: 'flag' },
        ],
        checks: [{ check: 'word', before: { version: 1 }, now: { version: 2 } }],
        burnish: null,
      },
    });
    expect(data.records).toMatchObject([{ id: '3', verdict: 'flag', outcome: 'kept', findings: [{}, {}] }]);
  });

  test('reads the replies afresh, whatever the ledger and an older version said', async () => {
    const scene = await ownRun();
    const path = join(scene.runFolder(), 'run.json');
    const run = manifest(scene);
    run.snapshot = { ...run.snapshot, burnish: '0.0.1', verdicts: '!'.repeat(run.snapshot.verdicts.length) };
    writeFileSync(path, JSON.stringify(run));
    const { stdout } = await scene.run('check');
    expect(stdout).toMatch(/3 examples$/m);
    expect(stdout).toMatch(/since then Burnish: 0\.0\.1 -> /);
    expect(manifest(scene).snapshot).toMatchObject({ burnish: run.burnish });
  });

  test('shows what a refusal was, and what was not answered yet', async () => {
    const scene = await setOwnScene({
      script: (instruction) =>
        instruction === 'Task 3'
          ? answerError(400, 'No such thing.')
          : answerCompletion(instruction === 'Task 2' ? 'No marker.' : reply('Good.')),
    });
    save(scene, 'own.mjs', ownChecks());
    await scene.refine('--checks', 'own.mjs');
    const { status, stdout } = await scene.run('check');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}3 {2}fail {2}refused by the server: .*No such thing/m);
    // What cannot stand in a training set fails, whatever is switched off.
    expect(stdout).toMatch(/^ {2}2 {2}fail {2}the reply has no text/m);
    const pending = await setOwnScene();
    save(pending, 'own.mjs', ownChecks());
    await pending.refine('--checks', 'own.mjs', '--limit', '1');
    const checked = await pending.run('check');
    expect(checked.status).toBe(3);
    expect(checked.stdout).toMatch(/^ {2}- +3 +75\.0 % +not answered yet$/m);
  });

  test('of a run for which requests are being sent reports, and writes nothing', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const scene = await setOwnScene({
      script: async (instruction) => {
        if (instruction === 'Task 0') await held;
        return answerCompletion(reply('To FAIL.'));
      },
    });
    save(scene, 'own.mjs', ownChecks());
    const running = scene.startRefine('--concurrency', '1', '--all');
    await running.says('asking:');
    const before = readFileSync(join(scene.runFolder(), 'run.json'));
    const { status, stdout, stderr } = await scene.run('check', '--checks', 'own.mjs');
    expect(status).toBe(3);
    expect(stderr).toBe('note: another process sends requests for this run, so nothing was written.\n');
    expect(stdout).toContain('Verdicts');
    expect(readFileSync(join(scene.runFolder(), 'run.json'))).toEqual(before);
    expect(existsSync(join(scene.runFolder(), 'ledger.jsonl'))).toBe(false);
    release();
    expect((await running.ended).status).toBe(0);
    expect(manifest(scene).settings.checks).toBe(null);
  });
});

describe('verdicts that differ from the last check', () => {
  /** A run whose check has become stricter since: example 3 is flagged now. */
  async function changedRun(): Promise<Scene> {
    const scene = await ownRun();
    save(scene, 'own.mjs', ownChecks({ flagged: 'ODD', version: 2 }));
    return scene;
  }

  test('are told by an export, on stderr and as data, and stay until a check takes note', async () => {
    const scene = await changedRun();
    for (const _ of [1, 2]) {
      const { status, stdout, stderr } = await scene.run('export', '-o', 'out.json', '--json');
      expect(status).toBe(0);
      expect(stderr).toMatch(
        /warning: 2 examples judged otherwise than at the check of .* UTC:\n {2}flag -> pass/,
      );
      expect(stderr).toContain('since then word: version 1 -> 2');
      expect(JSON.parse(stdout).verdictChanges.rows).toHaveLength(2);
    }
    await scene.run('check');
    const { stdout, stderr } = await scene.run('export', '-o', 'out.json', '--json');
    expect(stderr).not.toContain('judged otherwise');
    expect(JSON.parse(stdout).verdictChanges).toMatchObject({ rows: [], checks: [] });
  });

  test('are in the JSON of status', async () => {
    const scene = await changedRun();
    expect(JSON.parse((await scene.run('status', '--json')).stdout).verdictChanges.rows).toHaveLength(2);
  });

  test('are told when a run is gone on with, which takes note of them', async () => {
    const scene = await changedRun();
    const { stderr } = await scene.refine();
    expect(stderr).toContain('2 examples judged otherwise');
    expect((await scene.run('status')).stderr).toBe('');
  });

  test('are none because of what was answered since', async () => {
    const scene = await setOwnScene();
    save(scene, 'own.mjs', ownChecks());
    await scene.refine('--checks', 'own.mjs', '--limit', '2');
    const { stderr, stdout } = await scene.refine('--json');
    expect(stderr).not.toContain('judged otherwise');
    expect(JSON.parse(stdout).verdictChanges.rows).toEqual([]);
  });

  test('are unknown before the first check', async () => {
    const scene = await ownRun();
    const run = manifest(scene);
    delete run.snapshot;
    writeFileSync(join(scene.runFolder(), 'run.json'), JSON.stringify(run));
    const { status, stdout, stderr } = await scene.run('status', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).verdictChanges).toBe(null);
  });
});
