import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const WEEK_S = 7 * 24 * 60 * 60;

/** The shortest token that nobody guesses. */
export const LEAST_TOKEN_LENGTH = 16;

/**
 * Who may use the service: whoever knows the token, or has logged in with it. A log-in is an expiry time signed with the
 * token, so that it outlives a restart of the server and ends with a new token.
 */
export class Access {
  readonly #token: string | null;
  readonly #nowMs: () => number;

  /** @param token null: everybody who reaches the server may use it */
  constructor(token: string | null, nowMs: () => number) {
    this.#token = token;
    this.#nowMs = nowMs;
  }

  get isNeeded(): boolean {
    return this.#token !== null;
  }

  isToken(text: string): boolean {
    return this.#token !== null && equal(text, this.#token);
  }

  /** A value for a cookie, and the seconds for which it is good. */
  logIn(): { readonly value: string; readonly maxAgeS: number } {
    const expires = Math.floor(this.#nowMs() / 1000) + WEEK_S;
    return { value: `${expires}.${this.#sign(expires)}`, maxAgeS: WEEK_S };
  }

  isLoggedIn(cookie: string | undefined): boolean {
    const [, expires, signature] = /^(\d{1,12})\.([\w-]{43})$/.exec(cookie ?? '') ?? [];
    if (expires === undefined || signature === undefined) return false;
    return equal(signature, this.#sign(Number(expires))) && Number(expires) * 1000 > this.#nowMs();
  }

  #sign(expires: number): string {
    const key = createHash('sha256').update(`burnish log-in\n${this.#token}`).digest();
    return createHmac('sha256', key).update(String(expires)).digest('base64url');
  }
}

/** Takes the same time wherever two texts differ, and whatever their lengths. */
function equal(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
