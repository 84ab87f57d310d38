import { timingSafeEqual } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { Access } from '../../src/server/access.js';
import { LoginLimit } from '../../src/server/login-limit.js';
import { type ServiceScene, setServiceScene, TOKEN } from './service-scene.js';

// Time itself is not to be asserted: what takes the same time wherever texts differ must be what compares.
vi.mock('node:crypto', async (importOriginal) => {
  const crypto = await importOriginal<typeof import('node:crypto')>();
  return { ...crypto, timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

const CLOSED = { service: { token: TOKEN } };
const HOST = { host: 'localhost:7770' };

/** Logs in, and answers what the browser then sends as `cookie`. */
async function logIn({ ask }: ServiceScene, headers: Record<string, string> = HOST): Promise<string> {
  const response = await ask('POST', '/api/session', { body: { token: TOKEN }, headers });
  expect(response.status).toBe(204);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function statusWith({ ask }: ServiceScene, headers: Record<string, string>): Promise<number> {
  return (await ask('GET', '/api/runs', { headers: { ...HOST, ...headers } })).status;
}

describe('a service with a token', () => {
  test('lets nobody pass who has not logged in, whatever they ask for', async () => {
    const { problem, ask, get } = await setServiceScene(CLOSED);
    for (const [method, path] of [
      ['GET', '/api/runs'],
      ['GET', '/api/choices'],
      ['GET', '/api/openapi.json'],
      ['GET', '/api/nothing'],
      ['GET', '/api/runs/r/events'],
      ['GET', '/api/runs/r/export'],
      ['GET', '/api/runs/r/records/1'],
      ['POST', '/api/runs'],
      ['POST', '/api/datasets?name=a.json'],
      ['PUT', '/api/runs/r/records/1/decision'],
      ['GET', '/api//runs'],
      ['GET', '/api/session/../runs'],
      ['GET', '/api/session/'],
      ['GET', '/api/session/x'],
    ] as const) {
      const how = method === 'GET' ? {} : { body: {} };
      const { status } = await problem(method, path, how);
      expect(status, path).toBe(401);
    }
    expect((await ask('HEAD', '/api/runs')).status).toBe(401);
    expect(await get('/healthz')).toEqual({ status: 'ok' });
    expect(await get('/api/session')).toEqual({ needed: true, loggedIn: false });
    expect((await ask('GET', '/login')).status).toBe(200);
  });

  test('takes the token as Bearer, and gives a cookie for it', async () => {
    const scene = await setServiceScene(CLOSED);
    expect(await statusWith(scene, { authorization: `Bearer ${TOKEN}` })).toBe(200);
    expect(await statusWith(scene, { authorization: `bearer ${TOKEN}` })).toBe(200);
    expect(await statusWith(scene, { cookie: await logIn(scene) })).toBe(200);
    for (const authorization of [TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, 'Bearer', 'Bearer  '])
      expect(await statusWith(scene, { authorization }), authorization).toBe(401);
    expect((await scene.ask('GET', `/api/runs?token=${TOKEN}`)).status).toBe(401);
  });

  test('gives a cookie that no script reads and no other site sends', async () => {
    const { ask } = await setServiceScene(CLOSED);
    const response = await ask('POST', '/api/session', { body: { token: TOKEN }, headers: HOST });
    const [pair, ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ');
    expect(pair).toMatch(/^burnish-7770=\d+\.[\w-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Strict']);
    expect(pair).not.toContain(TOKEN);
  });

  test('gives one for encrypted connections only where the browser has one', async () => {
    const { ask } = await setServiceScene(CLOSED);
    const headers = { host: 'localhost', origin: 'https://localhost' };
    const response = await ask('POST', '/api/session', { body: { token: TOKEN }, headers });
    expect(response.headers.get('set-cookie')).toContain('; Secure');
  });

  test('gives none for a wrong token', async () => {
    const { ask } = await setServiceScene(CLOSED);
    const response = await ask('POST', '/api/session', { body: { token: `${TOKEN}x` } });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await response.json()).toMatchObject({ code: 'wrong_token' });
  });

  test('goes by the cookie after a restart, but not with another token', async () => {
    const scene = await setServiceScene(CLOSED);
    const cookie = await logIn(scene);
    expect(await statusWith(await scene.another(), { cookie })).toBe(200);
    expect(await statusWith(await scene.another({ token: 'another-token-of-letters' }), { cookie })).toBe(
      401,
    );
  });

  test('is not fooled by a cookie that was made up or changed', async () => {
    const scene = await setServiceScene(CLOSED);
    const cookie = await logIn(scene);
    const [name = '', value = ''] = cookie.split('=');
    const [expires = '', signature = ''] = value.split('.');
    const later = Number(expires) + 1;
    for (const forged of [
      `${later}.${signature}`,
      `${expires}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`,
      `0${expires}.${signature}x`,
      `${expires}.`,
      expires,
      TOKEN,
      '',
    ])
      expect(await statusWith(scene, { cookie: `${name}=${forged}` }), forged).toBe(401);
    expect(await statusWith(scene, { cookie: `other=1; ${cookie}` })).toBe(200);
    expect(await statusWith(scene, { cookie: `burnish-1=${value}` })).toBe(401);
  });

  test('forgets the log-in when asked to', async () => {
    const scene = await setServiceScene(CLOSED);
    const cookie = await logIn(scene);
    const { status, headers } = await scene.ask('DELETE', '/api/session', { headers: { ...HOST, cookie } });
    expect(status).toBe(204);
    expect(headers.get('set-cookie')).toMatch(/^burnish-7770=; Max-Age=0; Path=\//);
  });

  test('slows down who tries one token after the other, right ones included', async () => {
    const { problem, ask } = await setServiceScene(CLOSED);
    const codes: unknown[] = [];
    for (let tried = 0; tried < 6; tried++)
      codes.push((await problem('POST', '/api/session', { body: { token: `wrong ${tried}` } })).code);
    expect(codes).toEqual([...Array(5).fill('wrong_token'), 'too_many_tries']);
    const right = await ask('POST', '/api/session', { body: { token: TOKEN } });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    const bearer = await ask('GET', '/api/runs', { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(bearer.status).toBe(429);
  });

  test('lets those go on who are logged in while others guess', async () => {
    const scene = await setServiceScene(CLOSED);
    const cookie = await logIn(scene);
    for (let tried = 0; tried < 8; tried++) await statusWith(scene, { authorization: 'Bearer wrong' });
    expect(await statusWith(scene, { cookie })).toBe(200);
  });
});

test('a service without a token asks nobody for one', async () => {
  const { ask, get } = await setServiceScene();
  expect(await get('/api/session')).toEqual({ needed: false, loggedIn: true });
  const response = await ask('POST', '/api/session', { body: { token: 'anything' } });
  expect([response.status, response.headers.get('set-cookie')]).toEqual([204, null]);
});

test('a log-in ends after a week', () => {
  let nowMs = 1_000_000;
  const access = new Access(TOKEN, () => nowMs);
  const { value, maxAgeS } = access.logIn();
  nowMs += maxAgeS * 1000 - 1;
  expect(access.isLoggedIn(value)).toBe(true);
  nowMs += 1;
  expect(access.isLoggedIn(value)).toBe(false);
});

test('tokens and signatures are compared in constant time', () => {
  const compare = vi.mocked(timingSafeEqual);
  const access = new Access(TOKEN, () => 0);
  for (const ask of [
    () => access.isToken(TOKEN),
    () => access.isToken('x'),
    () => access.isLoggedIn(access.logIn().value),
    () => access.isLoggedIn(`1.${'x'.repeat(43)}`),
  ]) {
    compare.mockClear();
    ask();
    expect(compare).toHaveBeenCalledOnce();
  }
});

describe('the limit on wrong tokens', () => {
  test('is each address’s own, and is given back with time', () => {
    let nowMs = 0;
    const limit = new LoginLimit(() => nowMs);
    for (let tried = 0; tried < 5; tried++) {
      expect(limit.waitS('one')).toBe(0);
      limit.noteWrong('one');
    }
    expect(limit.waitS('one')).toBe(2);
    expect(limit.waitS('two')).toBe(0);
    nowMs = 1999;
    expect(limit.waitS('one')).toBe(1);
    nowMs = 2000;
    expect(limit.waitS('one')).toBe(0);
    limit.noteWrong('one');
    expect(limit.waitS('one')).toBe(2);
    nowMs = 3_600_000;
    for (let tried = 0; tried < 5; tried++) limit.noteWrong('one');
    expect(limit.waitS('one')).toBe(2);
  });

  test('remembers no more addresses than it can', () => {
    const limit = new LoginLimit(() => 0);
    for (let tried = 0; tried < 5; tried++) limit.noteWrong('first');
    expect(limit.waitS('first')).toBe(2);
    for (let other = 0; other < 10_000; other++) limit.noteWrong(`other ${other}`);
    expect(limit.waitS('first')).toBe(0);
  });
});
