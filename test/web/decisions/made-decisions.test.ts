import { expect, test } from 'vitest';
import { createMadeDecisions } from '../../../src/web/decisions/made-decisions.js';
import { memoryStorage } from './memory-storage.js';

test('the latest decision of a run is the one to undo, and then the one before', () => {
  const made = createMadeDecisions(memoryStorage());
  made.add({ run: 'a', id: '1' });
  made.add({ run: 'a', id: '2' });
  made.add({ run: 'b', id: '9' });
  expect(made.latest('a')).toEqual({ run: 'a', id: '2' });
  made.takeBack({ run: 'a', id: '2' });
  expect(made.latest('a')).toEqual({ run: 'a', id: '1' });
  made.takeBack({ run: 'a', id: '1' });
  expect(made.latest('a')).toBeUndefined();
  expect(made.latest('b')).toEqual({ run: 'b', id: '9' });
});

test('a record that was decided twice can be undone twice', () => {
  const made = createMadeDecisions(memoryStorage());
  made.add({ run: 'a', id: '1' });
  made.add({ run: 'a', id: '1' });
  made.takeBack({ run: 'a', id: '1' });
  expect(made.latest('a')).toEqual({ run: 'a', id: '1' });
});

test('what was decided is known after a reload', () => {
  const storage = memoryStorage();
  createMadeDecisions(storage).add({ run: 'a', id: '1' });
  expect(createMadeDecisions(storage).latest('a')).toEqual({ run: 'a', id: '1' });
});

test.each(['{', '"x"', 'null'])('what cannot be read in the browser is nothing: %s', (text) => {
  const storage = memoryStorage();
  storage.setItem('burnish.made', text);
  expect(createMadeDecisions(storage).latest('a')).toBeUndefined();
});
