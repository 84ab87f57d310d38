/** What becomes of an example whose reply is flagged; see docs/formats.md. */
export const FLAG_POLICIES = ['keep', 'use', 'drop', 'block'] as const;
/** What becomes of an example without a usable reply. */
export const FAIL_POLICIES = ['keep', 'drop', 'block'] as const;
