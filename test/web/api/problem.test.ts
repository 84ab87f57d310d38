import { expect, test } from 'vitest';
import { describeProblem, noAnswer, Problem, readProblem } from '../../../src/web/api/problem.js';

const DATA = { type: 'about:blank', title: 'The disk is full', status: 503, code: 'disk_full' };

test.each([
  [new Problem(DATA), 'The disk is full.'],
  [
    new Problem({ ...DATA, expected: 'room', found: '0 bytes', where: 'runs/a', hint: 'Free some space.' }),
    'The disk is full. Expected room, found 0 bytes, at runs/a. Free some space.',
  ],
  [noAnswer(new TypeError('fetch failed')), 'The server cannot be reached. Is burnish still running?'],
  [new Error('broken'), 'Broken.'],
  ['x', 'X.'],
])('what went wrong is told in sentences', (error, text) => {
  expect(describeProblem(error)).toBe(text);
});

test('an answer that says what is wrong is believed', async () => {
  const headers = { 'content-type': 'application/problem+json; charset=utf-8' };
  const problem = await readProblem(new Response(JSON.stringify(DATA), { status: 503, headers }));
  expect(problem).toMatchObject({ status: 503, data: DATA });
});

test.each([
  ['<h1>Bad gateway</h1>', 'text/html'],
  ['{"title":"x"}', 'application/json'],
  ['{', 'application/problem+json'],
])('any other answer is told by its status: %s', async (body, type) => {
  const response = new Response(body, {
    status: 502,
    statusText: 'Bad Gateway',
    headers: { 'content-type': type },
  });
  expect(await readProblem(response)).toMatchObject({
    status: 502,
    message: 'The server answered 502 Bad Gateway',
  });
});
