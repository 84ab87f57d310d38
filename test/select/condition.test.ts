import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.js';
import { parseCondition } from '../../src/select/condition.js';
import { datasetRow } from '../support/dataset-row.js';

const ROW = datasetRow({
  score: 4.5,
  count: 7,
  zero: 0,
  low: -2,
  category: 'poem',
  'two words': 'a = b',
  text: '10',
  empty: '',
  done: true,
  none: null,
  list: [7],
});

describe('a condition', () => {
  test.each([
    ['category=poem', 'category=poe', 'category=Poem'],
    ['category!=prose', 'category!=poem'],
    ['count=7', 'count=8', 'count='],
    ['count!=8', 'count!=7'],
    ['score=4.5', 'score=4', 'score=4.50001'],
    ['zero!=', 'zero=', 'zero=x', 'zero>0'],
    ['done=true', 'done=false', 'done!=true'],
    ['empty=', 'empty=x', 'empty!='],
    ['score>=4.5', 'score>=4.6'],
    ['score<=4.5', 'score<=4.4'],
    ['score>4.4', 'score>4.5'],
    ['score<4.6', 'score<4.5'],
    ['count>=7', 'count>=8', 'count>7', 'count<7'],
    ['low<=-2', 'low>=-1', 'low>-2'],
    ['count<1e3', 'count>1e3'],
    ['  score  >=  4  ', ' score  >=  5 '],
    ['two words=a = b', 'two words=a'],
    ['category != prose', 'category != poem'],
    // Text is not compared as a number, nor a number as text.
    ['text=10', 'text>=9', 'text<=11', 'text=10.0'],
    ['missing!=1', 'missing=1', 'missing=', 'missing=undefined', 'missing>=0', 'missing<=0'],
    ['none!=1', 'none=', 'none=null', 'none>=0', 'none<=0'],
    ['list!=7', 'list=7', 'list>=7'],
    ['toString!=x', 'toString=', 'toString>0'],
  ])('holds: %s; but not: %s', (holds, ...fails) => {
    expect(parseCondition(holds)(ROW)).toBe(true);
    for (const condition of fails)
      expect([condition, parseCondition(condition)(ROW)]).toEqual([condition, false]);
  });

  test('on a number compares numbers, however they are spelled', () => {
    const row = datasetRow(JSON.parse('{"score":4.0,"big":1000}'));
    for (const condition of ['score=4.0', 'score=4', 'big=1e3', 'score!=4.1', 'big!=']) {
      expect([condition, parseCondition(condition)(row)]).toEqual([condition, true]);
    }
    expect(parseCondition('score!=4.0')(row)).toBe(false);
  });

  test.each([
    '',
    ' ',
    'score',
    '=x',
    '>=4',
    'score>=',
    'score>=high',
    'score<',
    'score>=4,5',
    '!=x',
    'score=>4',
    'score==4',
  ])('cannot be %j, which is refused', (text) => {
    const error: unknown = (() => {
      try {
        return parseCondition(text);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'usage', facts: { found: text, where: '--where' } });
  });
});
