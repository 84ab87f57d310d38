import { noAnswer, readProblem } from './problem.js';

/**
 * Downloads a file, as a link would, but so that a refusal can be told in the page.
 *
 * @throws Problem
 */
export async function download(href: string): Promise<void> {
  const response = await fetch(href).catch((cause: unknown) => {
    throw noAnswer(cause);
  });
  if (!response.ok) throw await readProblem(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName(response.headers.get('content-disposition')) ?? 'refined.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** Long enough for any browser to have begun. */
const KEPT_MS = 60_000;

/** The name that a server gives a download; undefined when it gives none. */
export function fileName(disposition: string | null): string | undefined {
  const [, encoded] = disposition?.match(/filename\*=UTF-8''([^;]+)/i) ?? [];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      // Then the plain one has to do.
    }
  }
  return disposition?.match(/filename="([^"]+)"/i)?.[1] ?? disposition?.match(/filename=([^;"\s]+)/i)?.[1];
}
