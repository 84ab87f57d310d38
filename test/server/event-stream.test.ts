import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventHub } from '../../src/server/event-hub.js';
import { openEventStream, type StreamEnd } from '../../src/server/event-stream.js';
import { Events, STATE } from './events.js';

function listenTo(hub: EventHub, lastId?: string, ended: (how: StreamEnd) => void = () => {}) {
  const stream = openEventStream(hub, lastId, STATE, ended);
  return { stream, events: new Events(new Response(stream.body)) };
}

describe('an event stream', () => {
  test('begins with how the run stands, and goes on with what happens, in order', async () => {
    const hub = new EventHub();
    hub.send('records', { ids: ['before'] });
    const { events } = listenTo(hub);
    hub.send('records', { ids: ['1'] });
    hub.send('reset', {});
    expect(await events.next()).toMatchObject({ name: 'state', data: STATE });
    expect(await events.next()).toMatchObject({ name: 'records', data: { ids: ['1'] } });
    expect(await events.next()).toMatchObject({ name: 'reset', data: {} });
    const ids = events.seen.map(({ id }) => id.split('-'));
    expect(new Set(ids.map(([epoch]) => epoch)).size).toBe(1);
    expect(ids.map(([, number]) => number)).toEqual(['1', '2', '3']);
  });

  test('goes on after the event that was seen last, with nothing twice', async () => {
    const hub = new EventHub();
    const first = listenTo(hub);
    hub.send('records', { ids: ['1'] });
    await first.events.next();
    const seen = await first.events.next();
    await first.events.close();
    hub.send('records', { ids: ['2'] });
    hub.send('records', { ids: ['3'] });
    const { events } = listenTo(hub, seen?.id);
    hub.send('records', { ids: ['4'] });
    for (const id of ['2', '3', '4']) expect(await events.next()).toMatchObject({ data: { ids: [id] } });
  });

  test('goes on at once when nothing was missed', async () => {
    const hub = new EventHub();
    const { events } = listenTo(hub);
    const seen = await events.next();
    const again = listenTo(hub, seen?.id);
    hub.send('records', { ids: ['1'] });
    expect(await again.events.next()).toMatchObject({ name: 'records' });
  });

  test.each([
    ['of another server', 'abcdefabcdef-1'],
    ['that is none', 'nothing'],
    ['that is empty', ''],
    ['with no number', 'EPOCH-x'],
    ['with no number at all', 'EPOCH'],
    ['that is still to come', 'EPOCH-99'],
    ['before all', 'EPOCH--1'],
    ['that is not kept any more', 'EPOCH-1'],
    ['with half a number', 'EPOCH-1.5'],
  ])('begins anew after an id %s', async (_, id) => {
    const hub = new EventHub();
    const { events } = listenTo(hub);
    const epoch = (await events.next())?.id.split('-')[0] ?? '';
    const count = id === 'EPOCH-1' ? 1100 : 3;
    for (let sent = 0; sent < count; sent++) hub.send('records', { ids: [] });
    const again = listenTo(hub, id.replace('EPOCH', epoch));
    expect(await again.events.next()).toMatchObject({ name: 'reset' });
    expect(await again.events.next()).toMatchObject({ name: 'state', data: STATE });
    hub.send('records', { ids: ['new'] });
    expect(await again.events.next()).toMatchObject({ data: { ids: ['new'] } });
  });

  test('begins anew rather than sending much at once', async () => {
    const hub = new EventHub();
    const { events } = listenTo(hub);
    const seen = await events.next();
    for (let sent = 0; sent < 100; sent++) hub.send('records', { ids: ['x'.repeat(10_000)] });
    const again = listenTo(hub, seen?.id);
    expect(await again.events.next()).toMatchObject({ name: 'reset' });
  });

  test('keeps data in one line, whatever it holds', async () => {
    const hub = new EventHub();
    const { events } = listenTo(hub);
    const ids = ['a\nevent: progress\ndata: {}\n\n', '\r\n', '\u2028', '\u0000', '🙂'];
    hub.send('records', { ids });
    await events.next();
    expect((await events.next())?.data).toEqual({ ids });
  });

  test('of a client that does not read is cut off, and takes no more memory', async () => {
    const hub = new EventHub();
    const ended = vi.fn();
    const { stream, events } = listenTo(hub, undefined, ended);
    const frame = { ids: ['x'.repeat(10_000)] };
    let sent = 0;
    while (ended.mock.calls.length === 0 && sent < 1000) {
      hub.send('records', frame);
      sent++;
    }
    expect(sent).toBeLessThan(40);
    expect(hub.listeners).toBe(0);
    hub.send('records', frame);
    stream.close();
    expect(ended.mock.calls).toEqual([['cut off']]);
    expect(await events.nextOf('never')).toBeUndefined();
    expect(events.seen.length).toBeLessThan(sent + 1);
  });

  test('ends for good when it is closed or left', async () => {
    const hub = new EventHub();
    const ended = vi.fn();
    const closed = listenTo(hub, undefined, ended);
    closed.stream.close();
    closed.stream.close();
    expect(await closed.events.nextOf('never')).toBeUndefined();
    const left = listenTo(hub, undefined, ended);
    await left.events.close();
    expect([hub.listeners, ended.mock.calls.length]).toEqual([0, 2]);
  });
});

describe('a stream without events', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('shows that it is alive, and stops with its end', async () => {
    const { stream } = listenTo(new EventHub());
    const reader = openEventStream(new EventHub(), undefined, STATE, () => {}).body.getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toMatch(/^: /);
    expect(await read()).toContain('event: state');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await read()).toMatch(/^: .*\n\n$/);
    await reader.cancel();
    stream.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
