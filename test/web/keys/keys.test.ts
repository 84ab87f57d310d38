import { describe, expect, test } from 'vitest';
import { commandOf, KEY_RULES, type KeyPage, type KeyPress } from '../../../src/web/keys/keys.js';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...held,
});

test.each<[KeyPage, string, string]>([
  ['records', 'j', 'next'],
  ['records', 'k', 'previous'],
  ['records', 'Enter', 'open'],
  ['records', '/', 'search'],
  ['record', 'a', 'accept'],
  ['record', 'r', 'reject'],
  ['record', 'e', 'edit'],
  ['record', 't', 'retry'],
  ['record', 'u', 'undo'],
  ['record', 'v', 'view'],
  ['record', 'Escape', 'list'],
])('on the page %s the key %s is for: %s', (page, key, command) => {
  expect(commandOf(press(key), page)).toEqual({ command, stay: false });
});

test.each<[KeyPage, string]>([
  ['records', 'e'],
  ['records', 'v'],
  ['record', 'Enter'],
  ['record', 'x'],
  ['record', ' '],
])('on the page %s the key %j does nothing', (page, key) => {
  expect(commandOf(press(key), page)).toBeUndefined();
});

describe('Shift', () => {
  test.each(['A', 'R'])('with %s decides, and stays', (key) => {
    expect(commandOf(press(key, { shiftKey: true }), 'record')).toMatchObject({ stay: true });
  });

  test.each(['J', 'U', 'E'])('with %s does nothing', (key) => {
    expect(commandOf(press(key, { shiftKey: true }), 'record')).toBeUndefined();
  });

  test('is needed for the question mark, and stays out of it', () => {
    expect(commandOf(press('?', { shiftKey: true }), 'record')).toEqual({ command: 'help', stay: false });
  });

  test('is not Caps Lock', () => {
    expect(commandOf(press('A'), 'record')).toEqual({ command: 'accept', stay: false });
  });
});

test.each(['ctrlKey', 'metaKey', 'altKey'] as const)('keys with %s are the browser’s', (held) => {
  expect(commandOf(press('a', { [held]: true }), 'record')).toBeUndefined();
});

test('a key that is held down moves on, and never decides', () => {
  expect(commandOf(press('j', { repeat: true }), 'record')).toMatchObject({ command: 'next' });
  for (const key of ['a', 'r', 'u', 'e', 't']) {
    expect(commandOf(press(key, { repeat: true }), 'record')).toBeUndefined();
  }
});

test.each(['records', 'record'] as const)('no key has two meanings on the page %s', (page) => {
  const keys = KEY_RULES.filter(({ on }) => on[page] !== undefined).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
