/**
 * What prompts are for: `refine` asks for a better response, `repair` for another one in the place of a candidate that
 * failed its checks, `judge` for a comparison of two texts.
 */
export const PROMPT_KINDS = ['refine', 'repair', 'judge'] as const;
export type PromptKind = (typeof PROMPT_KINDS)[number];

/** The heading lines that divide a prompt file; `User with input` is for examples that have one. */
export const SECTIONS = ['System', 'User', 'User with input'] as const;
export type Section = (typeof SECTIONS)[number];

/** The placeholders that each section of a prompt must contain; no others may stand in it. */
export const PLACEHOLDERS = {
  refine: {
    System: [],
    User: ['instruction', 'response'],
    'User with input': ['instruction', 'input', 'response'],
  },
  repair: {
    System: [],
    User: ['instruction', 'response', 'candidate', 'findings'],
    'User with input': ['instruction', 'input', 'response', 'candidate', 'findings'],
  },
  judge: {
    System: [],
    User: ['instruction', 'first', 'second'],
    'User with input': ['instruction', 'input', 'first', 'second'],
  },
} as const satisfies Record<PromptKind, Record<Section, readonly string[]>>;

/** What a prompt of a kind can ask to have filled in. */
export type Placeholder<Kind extends PromptKind = PromptKind> =
  (typeof PLACEHOLDERS)[Kind]['User with input'][number];
