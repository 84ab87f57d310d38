import { toSegment } from '../../report/path-segment.js';
import type { RecordDetail } from '../../report/record-data.js';
import type {
  CheckedText,
  Choices,
  DatasetUploaded,
  DecisionBody,
  Plan,
  PromptSent,
  RecordIds,
  RecordPage,
  ResumeRunBody,
  RetryBody,
  RunList,
  RunStatus,
  RunSummary,
  Session,
  Started,
  StartRunBody,
} from './api-types.js';
import { noAnswer, Problem, readProblem } from './problem.js';
import { type UploadOptions, uploadFile } from './upload.js';

/** How a request is made: all fields as for `fetch`, but the body is any data, sent as JSON. */
interface Call {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
  readonly keepalive?: boolean;
}

/** Bytes up to which browsers let a request outlive its page. */
const MOST_KEPT_ALIVE = 60_000;

/**
 * The server's HTTP API. Every method rejects with a `Problem` when the answer is no success.
 *
 * @param onLoggedOut called when the server wants a log-in first
 */
export function createApi(onLoggedOut: () => void) {
  async function send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(path, init).catch((cause: unknown) => {
      throw init.signal?.aborted ? cause : noAnswer(cause);
    });
    if (response.status === 401) onLoggedOut();
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  async function call<Answer>(path: string, { body, signal, ...init }: Call = {}): Promise<Answer> {
    const response = await send(path, {
      ...init,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    return response.status === 204 ? (undefined as Answer) : response.json();
  }

  const ofRun = (run: string) => `/api/runs/${encodeURIComponent(run)}`;
  const ofRecord = (run: string, id: string) => `${ofRun(run)}/records/${encodeURIComponent(toSegment(id))}`;

  return {
    session: () => call<Session>('/api/session'),
    logIn: (token: string) => call<void>('/api/session', { method: 'POST', body: { token } }),
    logOut: () => call<void>('/api/session', { method: 'DELETE' }),
    choices: () => call<Choices>('/api/choices'),

    /** Puts a file on the server, under the name that a run is then started with. */
    uploadDataset: async (file: File, options?: UploadOptions): Promise<DatasetUploaded> => {
      const href = `/api/datasets?name=${encodeURIComponent(file.name)}`;
      try {
        return (await uploadFile(href, file, options)) as DatasetUploaded;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) onLoggedOut();
        throw error;
      }
    },

    runs: () => call<RunList>('/api/runs'),
    startRun: (body: StartRunBody) => call<Started>('/api/runs', { method: 'POST', body }),
    planRun: (body: StartRunBody, signal?: AbortSignal) =>
      call<Plan>('/api/runs', { method: 'POST', body: { ...body, dryRun: true }, signal }),
    run: (run: string) => call<RunStatus>(ofRun(run)),
    resume: (run: string, body: ResumeRunBody = {}) =>
      call<Started>(`${ofRun(run)}/resume`, { method: 'POST', body }),
    cancel: (run: string) => call<RunSummary>(`${ofRun(run)}/cancel`, { method: 'POST', body: {} }),
    retry: (run: string, body: RetryBody) => call<Started>(`${ofRun(run)}/retry`, { method: 'POST', body }),
    planRetry: (run: string, body: RetryBody, signal?: AbortSignal) =>
      call<Plan>(`${ofRun(run)}/retry`, { method: 'POST', body: { ...body, dryRun: true }, signal }),
    /** Where the training set is downloaded from. */
    exportHref: (run: string, query: { to?: string; partial?: '1' }) =>
      `${ofRun(run)}/export?${new URLSearchParams(query)}`,
    /** Where the events of a run come from. */
    eventsHref: (run: string) => `${ofRun(run)}/events`,

    /** @param query as in the address of the record list */
    records: (run: string, query: string) => call<RecordPage>(`${ofRun(run)}/records?${query}`),
    recordIds: (run: string, query: string) => call<RecordIds>(`${ofRun(run)}/record-ids?${query}`),
    record: (run: string, id: string) => call<RecordDetail>(ofRecord(run, id)),
    promptSent: (run: string, id: string, attempt: number) =>
      call<PromptSent>(`${ofRecord(run, id)}/attempts/${attempt}/prompt`),
    checkText: (run: string, id: string, text: string, signal?: AbortSignal) =>
      call<CheckedText>(`${ofRecord(run, id)}/check`, { method: 'POST', body: { text }, signal }),
    decide: (run: string, id: string, body: DecisionBody) =>
      call<RecordDetail>(`${ofRecord(run, id)}/decision`, {
        method: 'PUT',
        body,
        // A decision is sent on even when the page is closed just now.
        keepalive: JSON.stringify(body).length * 3 < MOST_KEPT_ALIVE,
      }),
  };
}

export type Api = ReturnType<typeof createApi>;
