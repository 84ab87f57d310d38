import { describe, expect, test } from 'vitest';
import type { RecordDetail } from '../../../src/report/record-data.js';
import type { DecisionBody } from '../../../src/web/api/api-types.js';
import {
  createDecisionQueue,
  decisionKey,
  type QueuedDecision,
} from '../../../src/web/decisions/decision-queue.js';
import { memoryStorage } from './memory-storage.js';
import { decided, recordDetail } from './record-details.js';

const ACCEPT: DecisionBody = { action: 'accept', attempt: 1 };
const REJECT: DecisionBody = { action: 'reject' };
const UNDO: DecisionBody = { action: 'undo' };

/** A server that answers when it is told to. */
function scene(storage = memoryStorage()) {
  const sent: string[] = [];
  const open: PromiseWithResolvers<RecordDetail>[] = [];
  const saved: string[] = [];
  const failed: QueuedDecision[] = [];
  let read = recordDetail('7');
  const queue = createDecisionQueue({
    storage,
    send(_run, id, body) {
      sent.push(`${id} ${body.action}`);
      const answer = Promise.withResolvers<RecordDetail>();
      open.push(answer);
      return answer.promise;
    },
    read: async () => read,
    onSaved: (run, { row }) => saved.push(`${run} ${row.id}`),
    onFailed: (decision) => failed.push(decision),
  });
  const settle = async (act: (answer: PromiseWithResolvers<RecordDetail>) => void) => {
    const answer = open.shift();
    if (answer === undefined) throw new Error('Nothing is under way.');
    act(answer);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    queue,
    storage,
    sent,
    saved,
    failed,
    answer: (id = '7') => settle(({ resolve }) => resolve(recordDetail(id))),
    fail: () => settle(({ reject }) => reject(new Error('disk full'))),
    holds: (detail: RecordDetail) => {
      read = detail;
    },
    waiting: (id = '7') => queue.waiting.get().get(decisionKey('run', id)),
  };
}

describe('a decision', () => {
  test('is sent at once, waits for the answer, and is done with then', async () => {
    const { queue, sent, saved, storage, answer, waiting } = scene();
    queue.decide('run', '7', ACCEPT);
    expect(sent).toEqual(['7 accept']);
    expect(waiting()).toMatchObject({ state: 'sending', bodies: [ACCEPT] });
    expect(storage.length).toBe(1);
    await answer();
    expect(waiting()).toBeUndefined();
    expect(saved).toEqual(['run 7']);
    expect(storage.length).toBe(0);
  });

  test('that could not be saved is kept, with what went wrong, until it is sent again', async () => {
    const { queue, sent, saved, failed, storage, answer, fail, waiting } = scene();
    queue.decide('run', '7', REJECT);
    await fail();
    expect(waiting()).toMatchObject({ state: 'unsaved', problem: new Error('disk full'), bodies: [REJECT] });
    expect(failed).toHaveLength(1);
    expect(storage.length).toBe(1);
    queue.sendAgain();
    expect(waiting()).toMatchObject({ state: 'sending', problem: null });
    await answer();
    expect(sent).toEqual(['7 reject', '7 reject']);
    expect(saved).toEqual(['run 7']);
    expect(waiting()).toBeUndefined();
  });

  test('on another record does not wait', () => {
    const { queue, sent } = scene();
    queue.decide('run', '7', ACCEPT);
    queue.decide('run', '8', ACCEPT);
    expect(sent).toEqual(['7 accept', '8 accept']);
  });

  test('on the same record is sent after the one before is answered', async () => {
    const { queue, sent, answer, waiting } = scene();
    queue.decide('run', '7', ACCEPT);
    queue.decide('run', '7', REJECT);
    expect(sent).toEqual(['7 accept']);
    await answer();
    expect(sent).toEqual(['7 accept', '7 reject']);
    expect(waiting()).toMatchObject({ bodies: [REJECT] });
    await answer();
    expect(waiting()).toBeUndefined();
  });

  test('overrules one that could not be saved', async () => {
    const { queue, sent, answer, fail } = scene();
    queue.decide('run', '7', ACCEPT);
    await fail();
    queue.decide('run', '7', REJECT);
    await answer();
    expect(sent).toEqual(['7 accept', '7 reject']);
  });

  test('is kept in memory when the browser has no room for it', async () => {
    const { queue, fail, waiting } = scene(memoryStorage(0));
    queue.decide('run', '7', REJECT);
    await fail();
    expect(waiting()).toMatchObject({ state: 'unsaved' });
  });

  test('that is given up makes place for what the server has', async () => {
    const { queue, saved, storage, fail, waiting } = scene();
    queue.decide('run', '7', REJECT);
    await fail();
    queue.discardUnsaved();
    await new Promise((resolve) => setTimeout(resolve));
    expect(waiting()).toBeUndefined();
    expect(storage.length).toBe(0);
    expect(saved).toEqual(['run 7']);
  });
});

describe('an undo', () => {
  test('is sent when what it takes back is saved or under way', async () => {
    const { queue, sent, answer, waiting } = scene();
    queue.decide('run', '7', ACCEPT);
    queue.decide('run', '7', UNDO);
    await answer();
    await answer();
    expect(sent).toEqual(['7 accept', '7 undo']);
    expect(waiting()).toBeUndefined();
  });

  test('takes a decision back that was not sent yet, and leaves the one before', async () => {
    const { queue, sent, answer, waiting } = scene();
    queue.decide('run', '7', ACCEPT);
    queue.decide('run', '7', REJECT);
    queue.decide('run', '7', UNDO);
    expect(waiting()?.bodies).toEqual([ACCEPT]);
    await answer();
    expect(sent).toEqual(['7 accept']);
  });

  test('of what could not be saved sends nothing', async () => {
    const { queue, sent, fail, waiting } = scene();
    queue.decide('run', '7', ACCEPT);
    await fail();
    queue.decide('run', '7', UNDO);
    expect(waiting()).toBeUndefined();
    expect(sent).toEqual(['7 accept']);
  });

  test('is over when what it takes back fails', async () => {
    const { queue, sent, failed, fail, waiting } = scene();
    queue.decide('run', '7', ACCEPT);
    queue.decide('run', '7', UNDO);
    await fail();
    expect(waiting()).toBeUndefined();
    expect(sent).toEqual(['7 accept']);
    expect(failed).toEqual([]);
  });
});

describe('after the page was loaded anew', () => {
  /** What is left in the browser of decisions that were not answered. */
  function left(...bodies: DecisionBody[]) {
    const before = scene();
    for (const body of bodies) before.queue.decide('run', '7', body);
    return scene(before.storage);
  }

  test.each<[string, DecisionBody, RecordDetail]>([
    ['accepted', ACCEPT, decided(recordDetail('7'), { action: 'accept', attempt: 1 })],
    ['rejected', REJECT, decided(recordDetail('7'), { action: 'reject' })],
    ['edited', { action: 'edit', text: 'x' }, decided(recordDetail('7'), { action: 'edit', text: 'x' })],
  ])('a decision that the server has is forgotten: %s', async (_name, body, detail) => {
    const { queue, storage, failed, holds, waiting } = left(body);
    holds(detail);
    await queue.restore();
    expect(waiting()).toBeUndefined();
    expect(storage.length).toBe(0);
    expect(failed).toEqual([]);
  });

  test.each<[string, DecisionBody, RecordDetail]>([
    ['no decision', ACCEPT, recordDetail('7')],
    ['another attempt', ACCEPT, decided(recordDetail('7'), { action: 'accept', attempt: 2 })],
    [
      'another text',
      { action: 'edit', text: 'x' },
      decided(recordDetail('7'), { action: 'edit', text: 'y' }),
    ],
  ])('a decision is unsaved when the server has %s', async (_name, body, detail) => {
    const { queue, failed, holds, waiting, sent } = left(body);
    holds(detail);
    await queue.restore();
    expect(waiting()).toMatchObject({ state: 'unsaved', bodies: [body], problem: null });
    expect(failed).toHaveLength(1);
    expect(sent).toEqual([]);
  });

  test('an undo is left only while the server has what it takes back', async () => {
    const one = left(ACCEPT, UNDO);
    one.holds(decided(recordDetail('7'), { action: 'accept', attempt: 1 }));
    await one.queue.restore();
    expect(one.waiting()?.bodies).toEqual([UNDO]);

    const other = left(ACCEPT, UNDO);
    await other.queue.restore();
    expect(other.waiting()).toBeUndefined();
  });

  test('what is no decision is thrown away', async () => {
    const storage = memoryStorage();
    storage.setItem('burnish.decision:x', '{');
    storage.setItem('burnish.decision:y', 'null');
    storage.setItem('other', 'kept');
    await scene(storage).queue.restore();
    expect(storage.length).toBe(1);
  });
});
