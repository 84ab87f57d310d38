import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRows, setScene } from './scene.js';

test.each(['attempts.jsonl', 'decisions.jsonl'])(
  'a run without its %s is damaged: every command says which file it lacks, and nobody is asked anew',
  async (name) => {
    const scene = await setScene({ rows: makeRows(2) });
    expect((await scene.refine()).status).toBe(0);
    scene.forget();
    const path = join(scene.runFolder(), name);
    rmSync(path);
    const before = scene.lines('ledger.jsonl');
    const endpoint = ['--model', 'm', '--base-url', scene.server.url];
    for (const args of [
      ['refine', 'data.json', ...endpoint],
      ['refine', '--run', scene.runFolder()],
      ['retry', '--ids', '0'],
      ['decide', '--ids', '0', '--reject'],
      ['export', '-o', 'out.json'],
      ['status'],
    ]) {
      const { status, stdout } = await scene.run(...args, '--json');
      expect(status, args.join(' ')).toBe(1);
      expect(JSON.parse(stdout)).toEqual({
        error: expect.objectContaining({ code: 'run_damaged', where: path }),
      });
    }
    expect(scene.asked()).toEqual([]);
    expect(existsSync(path)).toBe(false);
    expect(scene.lines('ledger.jsonl')).toEqual(before);
  },
);
