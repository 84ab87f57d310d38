import type { CheckSubject } from '../../src/checks/index.js';
import { parseReply, type ReplyFormat } from '../../src/parse.js';

/** What a test says about an example and the reply it got. */
export interface Case {
  readonly raw: string;
  readonly format?: ReplyFormat;
  readonly finishReason?: string | null;
  readonly instruction?: string;
  readonly input?: string;
  readonly response?: string;
}

/** The subject of checks that such a reply makes. */
export function subjectOf(given: Case): CheckSubject {
  return {
    example: {
      id: '7',
      row: 7,
      instruction: given.instruction ?? 'Why are there tides?',
      input: given.input ?? '',
      response: given.response ?? 'Because of the Moon.',
      source: {},
    },
    parsed: parseReply(given.raw, given.format ?? 'better-answer'),
    finishReason: given.finishReason === undefined ? 'stop' : given.finishReason,
  };
}

/** A well-formed reply around a text. */
export function answer(text: string): string {
  return `Thin.\n\n[Better Answer]\n${text}\n[End]\n`;
}
