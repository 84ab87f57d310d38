import { noAnswer, Problem, unexpectedAnswer } from './problem.js';

export interface UploadOptions {
  /** Told of how much has gone, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Sends a file as the body of a request. `fetch` does not tell how much of a body has gone.
 *
 * @returns the answer's body
 * @throws Problem
 */
export function uploadFile(href: string, file: Blob, options: UploadOptions = {}): Promise<unknown> {
  const { onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', href);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) return resolve(body);
      const isProblem = request.getResponseHeader('content-type')?.startsWith('application/problem+json');
      const told = isProblem === true && typeof body === 'object' ? body : {};
      return reject(new Problem({ ...unexpectedAnswer(request.status, request.statusText), ...told }));
    };
    request.onerror = () => reject(noAnswer(undefined));
    request.onabort = () => reject(new DOMException('The upload was given up.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
