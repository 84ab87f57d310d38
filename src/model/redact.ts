const mark = '[redacted]';

/** Shorter strings are no secrets, and replacing them everywhere would garble the text. */
const shortestSecret = 4;

/**
 * Shapes that credentials have in the messages of servers, which like to echo the key they refused, whole or
 * with stars in the middle. Each pattern wants a digit or a star, so that plain words ("Bearer token") stay.
 */
const credentialShapes: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+(?=[^\s"']*[\d*])[^\s"',;]{6,}/gi, `$1 ${mark}`],
  [/\bsk-[\w*.-]{3,}/g, mark],
  [/\b(?:sk_|pk-|rk-|gsk_|xai-|hf_|pplx-|nvapi-|fw_|csk-|r8_|AIza)[\w*.-]{8,}/g, mark],
  [/\b(api[ _-]?key["']?(?: provided)?\s*[:=]\s*["']?)(?=[^\s"']*[\d*])[^\s"',;}]+/gi, `$1${mark}`],
  [/([?&](?:api[-_]?key|key|token|access_token|sig|signature)=)[^&\s"']+/gi, `$1${mark}`],
  [/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@"']+@/gi, '$1'],
];

/**
 * The URL without user, password, query and fragment: the part that may be shown and stored.
 *
 * Works on text that is no valid URL too, because that is what an error message has to quote.
 */
export function redactUrl(url: string): string {
  const parsed = URL.parse(url);
  // Without its `http://`, `user:password@host` is a valid URL too: one of the scheme `user`.
  if (parsed === null || parsed.host === '')
    return url.replace(/[?#].*$/s, '').replace(/^(.*?\/\/|).*@/s, '$1');
  parsed.username = '';
  parsed.password = '';
  parsed.search = '';
  parsed.hash = '';
  return parsed.href;
}

/** Replaces the given secrets, and whatever looks like a credential, in text that came from elsewhere. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= shortestSecret);
  // The longest first, lest one secret that contains another leave its tail behind.
  known.sort((a, b) => b.length - a.length);
  let redacted = text;
  for (const secret of known) redacted = redacted.replaceAll(secret, mark);
  for (const [shape, replacement] of credentialShapes) redacted = redacted.replace(shape, replacement);
  return redacted;
}

/** The parts of a URL that must not be shown, both as written and decoded. */
export function secretsInUrl(url: string): string[] {
  const { username, password, searchParams } = new URL(url);
  const parts = [username, password, ...searchParams.values()];
  return parts.flatMap((part) => [part, decode(part)]).filter((part) => part !== '');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray % is legal in a URL and then means itself.
    return part;
  }
}
