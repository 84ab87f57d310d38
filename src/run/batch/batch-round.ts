import type { Example } from '../../dataset/example.js';
import type { ChatMessage } from '../../model/chat-model.js';
import type { AttemptPurpose } from '../attempt.js';

/** One thing to ask. */
export interface BatchTask {
  readonly example: Example;
  /** Rendered when needed: all of a round at once would take much memory. */
  messages(): readonly ChatMessage[];
}

/** What is sent together, in as many batches as it takes. */
export interface BatchRound {
  readonly purpose: AttemptPurpose;
  /** Hash of the prompt, which must be saved in the run. */
  readonly prompt: string;
  readonly tasks: readonly BatchTask[];
}
