import { expect, test } from 'vitest';
import type { RecordDetail } from '../../../src/report/record-data.js';
import { createRecordStore } from '../../../src/web/decisions/record-store.js';
import { recordDetail } from './record-details.js';

function scene() {
  const asked: string[] = [];
  const open: PromiseWithResolvers<RecordDetail>[] = [];
  const store = createRecordStore((id) => {
    asked.push(id);
    const answer = Promise.withResolvers<RecordDetail>();
    open.push(answer);
    return answer.promise;
  });
  const settle = async (act: (answer: PromiseWithResolvers<RecordDetail>) => void) => {
    const answer = open.shift();
    if (answer === undefined) throw new Error('Nothing is under way.');
    act(answer);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    store,
    asked,
    answer: (detail: RecordDetail) => settle(({ resolve }) => resolve(detail)),
    fail: () => settle(({ reject }) => reject(new Error('gone'))),
  };
}

test('a record is loaded once, however often it is wanted', async () => {
  const { store, asked, answer } = scene();
  store.ensure('7');
  store.ensure('7');
  await answer(recordDetail('7'));
  store.ensure('7');
  expect(asked).toEqual(['7']);
  expect(store.known('7')).toMatchObject({ stale: false, detail: { row: { id: '7' } } });
});

test('an outdated record is still known while it is loaded anew', async () => {
  const { store, asked, answer } = scene();
  store.put(recordDetail('7'));
  store.outdate(['7', '8']);
  expect(store.known('7')).toMatchObject({ stale: true, detail: { original: 'Hello.' } });
  store.ensure('7');
  await answer(recordDetail('7', { original: 'New.' }));
  expect(asked).toEqual(['7']);
  expect(store.known('7')).toMatchObject({ stale: false, detail: { original: 'New.' } });
});

test('what was put meanwhile counts more than an answer that is older', async () => {
  const { store, answer } = scene();
  store.ensure('7');
  store.put(recordDetail('7', { original: 'Newer.' }));
  await answer(recordDetail('7', { original: 'Older.' }));
  expect(store.known('7').detail?.original).toBe('Newer.');
});

test('a record that cannot be loaded is not asked for again until somebody wants it', async () => {
  const { store, asked, answer, fail } = scene();
  store.ensure('7');
  await fail();
  expect(store.known('7').error).toEqual(new Error('gone'));
  store.ensure('7');
  expect(asked).toEqual(['7']);
  store.retry('7');
  store.ensure('7');
  await answer(recordDetail('7'));
  expect(store.known('7')).toMatchObject({ stale: false });
  expect(store.known('7').error).toBeUndefined();
});

test('those not looked at for long are forgotten', () => {
  const { store } = scene();
  for (let id = 0; id < 60; id++) store.put(recordDetail(String(id)));
  expect(store.known('0')).toEqual({ stale: true });
  expect(store.known('59').stale).toBe(false);
});

test('whoever listens is told of every change, until it does not listen any more', () => {
  const { store } = scene();
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  store.put(recordDetail('7'));
  store.outdate();
  stop();
  store.put(recordDetail('7'));
  expect(told).toBe(2);
});
