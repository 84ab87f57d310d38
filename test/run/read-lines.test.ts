import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cutTornEnd, readLines } from '../../src/run/read-lines.js';
import { temporaryFolder } from '../support/run-parts.js';

const folder = temporaryFolder();
const path = join(folder, 'lines.jsonl');
const FORMAT = { schema: z.object({ v: z.literal(2), text: z.string() }), version: 2, parse: JSON.parse };

const line = (text: string): string => `${JSON.stringify({ v: 2, text })}\n`;
const read = (content: string | Buffer) => {
  writeFileSync(path, content);
  return readLines(path, FORMAT);
};

describe('readLines', () => {
  test('refuses a missing file: what it held must not be forgotten without a word', async () => {
    const path = join(folder, 'missing');
    await expect(readLines(path, FORMAT)).rejects.toMatchObject({
      code: 'run_damaged',
      facts: { where: path },
    });
  });

  test('gives every line, with the bytes they take', async () => {
    const content = line('a') + line('é\u2028') + line('');
    expect(await read(content)).toEqual({
      records: [
        { v: 2, text: 'a' },
        { v: 2, text: 'é\u2028' },
        { v: 2, text: '' },
      ],
      tornBytes: 0,
      wholeBytes: Buffer.byteLength(content),
      unterminated: false,
    });
  });

  test('reads lines and characters that lie across the pieces in which a file is read', async () => {
    const texts = Array.from({ length: 40 }, (_, number) => 'é'.repeat(50_000 + number));
    const { records } = await read(texts.map(line).join(''));
    expect(records.map(({ text }) => text)).toEqual(texts);
  });

  test('reads a line that is longer than several pieces', async () => {
    const long = 'x'.repeat(5_000_000);
    expect((await read(line('a') + line(long) + line('b'))).records[1]?.text).toBe(long);
  });

  test.each([
    ['half a record', line('b').slice(0, 9)],
    ['one brace', '{'],
    ['a record cut within a character', Buffer.from(line('é')).subarray(0, 16)],
    ['NUL bytes', '\0\0\0\0'],
    ['a record that lacks its last brace', line('b').slice(0, -2)],
  ])('leaves out a last line that is %s, and tells its bytes', async (_, torn) => {
    const stored = await read(Buffer.concat([Buffer.from(line('a')), Buffer.from(torn)]));
    expect(stored).toEqual({
      records: [{ v: 2, text: 'a' }],
      tornBytes: Buffer.byteLength(torn),
      wholeBytes: line('a').length,
      unterminated: false,
    });
    await cutTornEnd(path, stored);
    expect(readFileSync(path, 'utf8')).toBe(line('a'));
  });

  test('keeps a whole last record that lacks only its line break', async () => {
    const content = line('a') + line('é').trimEnd();
    const stored = await read(content);
    expect(stored).toMatchObject({
      records: [{ text: 'a' }, { text: 'é' }],
      tornBytes: 0,
      wholeBytes: Buffer.byteLength(content),
      unterminated: true,
    });
    await cutTornEnd(path, stored);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  test.each([
    ['broken JSON', '{"v":2,"text":"b}\n', 'run_damaged'],
    ['a blank line', '\n', 'run_damaged'],
    ['NUL bytes', '\0\0\0\n', 'run_damaged'],
    ['two records run together', `${line('x').trimEnd()}${line('y')}`, 'run_damaged'],
    ['a missing field', '{"v":2}\n', 'run_damaged'],
    ['a field of another type', '{"v":2,"text":7}\n', 'run_damaged'],
    ['something that is no object', 'null\n', 'run_damaged'],
    ['no version', '{"text":"b"}\n', 'run_damaged'],
    ['a version that is no number', '{"v":"3","text":"b"}\n', 'run_damaged'],
    ['a later version', '{"v":3,"words":["b"]}\n', 'run_newer'],
    ['bytes that are no UTF-8', Buffer.from('{"v":2,"text":"\xff"}\n', 'latin1'), 'run_damaged'],
  ])('stops at %s in the middle, names the line and changes nothing', async (_, bad, code) => {
    const content = Buffer.concat([Buffer.from(line('a')), Buffer.from(bad), Buffer.from(line('c'))]);
    await expect(read(content)).rejects.toMatchObject({
      name: 'EnvironmentError',
      code,
      facts: { where: `${path}, line 2`, found: expect.not.stringContaining('\n') },
    });
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  // What a crash leaves of an object is never valid JSON, so such a line was written by somebody.
  test.each([
    ['of a later version', '{"v":3,"words":["b"]}', 'run_newer'],
    ['not as it should be', '{"v":2,"text":7}', 'run_damaged'],
  ])('does not take a whole last line for torn that is %s', async (_, last, code) => {
    await expect(read(line('a') + last)).rejects.toMatchObject({ code, facts: { where: `${path}, line 2` } });
  });

  test('passes on what the file system says', async () => {
    await expect(readLines(folder, FORMAT)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
