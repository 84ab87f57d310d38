/** What a batch server can be asked for. */
export type Route = 'upload' | 'create' | 'retrieve' | 'list' | 'cancel' | 'content' | 'chat';

/** What becomes of one request to the server. */
export type Fault =
  | 'none'
  /** Nothing is done, and the connection is reset. */
  | 'reset'
  /** All is done, and the connection is reset instead of an answer. */
  | 'lost'
  /** Nothing is done, and no answer comes. */
  | 'stall'
  /** Nothing is done; a 200 with a web page. */
  | 'html'
  /** Nothing is done; a refusal. */
  | { readonly status: number; readonly message: string; readonly headers?: Record<string, string> }
  /** All is done; the connection is reset after that many bytes of the answer's body. */
  | { readonly cutAfterBytes: number };

/** How a request is answered, in a batch or on the chat endpoint. */
export type Reply =
  | { readonly content: string; readonly finishReason?: string }
  | { readonly status: number; readonly body: unknown };

/** What becomes of one batch. Lines are named by their 0-based place in the input file. */
export interface Fate {
  /** How often `retrieve` still finds it in progress; null: until `finish`. Default: 1. */
  readonly polls?: number | null;
  /** How it ends by itself. Default: completed. */
  readonly end?: 'completed' | 'expired' | 'cancelled';
  /** Lines worked on before an early end, from the first one on. Default: all; 0 when it is cancelled. */
  readonly worked?: number;
  /** It fails as a whole, with this in `errors`. */
  readonly failure?: { readonly code: string; readonly message: string; readonly line?: number };
  /** Lines that are refused with a status. */
  readonly refuse?: Readonly<Record<number, number>>;
  /** Lines that are worked on and appear in no file. */
  readonly missing?: readonly number[];
  /** Lines that appear twice. */
  readonly doubled?: readonly number[];
  /** How many answers for ids that nobody sent are among the others. */
  readonly strangers?: number;
  /** The output file ends in the middle of a line that belongs to nobody. */
  readonly torn?: boolean;
}

/** How a batch server behaves. All of it but `reply` can be sent to a server in another process. */
export interface BatchScript {
  /**
   * Answers one request.
   *
   * @param message the last message of the request
   * @param before how often the same message was answered before, in batches and online
   */
  readonly reply?: (message: string, before: number) => Reply;
  /** One for each batch that is created, in order; later batches end well. */
  readonly fates?: readonly Fate[];
  /** One for each request to a route, in order; later requests are answered. */
  readonly faults?: Partial<Record<Route, readonly Fault[]>>;
  /** For how many calls of `list` a new batch is missing there. */
  readonly listLag?: number;
  /** Default: the newest batch comes first. */
  readonly oldestFirst?: boolean;
  /** Batches of other people, each a minute older than the one before. */
  readonly foreignBatches?: number;
  /** Whether the server forgets what it is told as metadata. */
  readonly dropsMetadata?: boolean;
  /** Of the order of lines in output files. */
  readonly seed?: number;
}

/** What a batch server was asked for and did. */
export interface BatchCounts {
  readonly calls: Record<Route, number>;
  /** Batches that came into being. */
  batches: number;
  /** How often a line was worked on, by its `custom_id`. */
  readonly byCustomId: Record<string, number>;
  /** How often a message was answered, in batches and online. */
  readonly byMessage: Record<string, number>;
}
