/** What providers call the three ends of an answer that Burnish tells apart; lower case. */
const synonyms: Readonly<Record<string, string>> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  complete: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  content_filter: 'content_filter',
  content_filtered: 'content_filter',
  guardrail_intervened: 'content_filter',
  safety: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
  spii: 'content_filter',
};

/** The OpenAI name of a finish reason where there is one, else the server's own word; null when it gave none. */
export function normalizeFinishReason(reason: unknown): string | null {
  if (typeof reason !== 'string' || reason === '') return null;
  return synonyms[reason.toLowerCase()] ?? reason;
}

/** Whether the server, not the model, ended the completion. */
export function wasCut(reason: string | null): boolean {
  const name = normalizeFinishReason(reason);
  return name === 'length' || name === 'content_filter';
}
