/** What a prompt can ask to have filled in. */
export type Placeholder = 'instruction' | 'input' | 'response' | 'candidate' | 'findings';

/**
 * What prompts are for: `refine` asks for a better response, `repair` for another one in place of a candidate that
 * failed its checks.
 */
export const PROMPT_KINDS = ['refine', 'repair'] as const;
export type PromptKind = (typeof PROMPT_KINDS)[number];

/** The heading lines that divide a prompt file; `User with input` is for examples that have one. */
export const SECTIONS = ['System', 'User', 'User with input'] as const;
export type Section = (typeof SECTIONS)[number];

/** The placeholders that each section of a prompt must contain; no others may stand in it. */
export const PLACEHOLDERS: Record<PromptKind, Record<Section, readonly Placeholder[]>> = {
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
};
