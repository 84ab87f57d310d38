import type { Fate } from './batch-script.js';

/** One request of a batch's input file. */
export interface InputLine {
  readonly custom_id: string;
  readonly method: string;
  readonly url: string;
  readonly body: { readonly messages: readonly { readonly content: string }[] };
}

/** What the server does with an input file before it starts: any fault fails the whole batch. */
export function readBatchInput(text: string | undefined): {
  lines: InputLine[];
  fault: Fate['failure'] | undefined;
} {
  const lines: InputLine[] = [];
  const fail = (code: string, message: string, line?: number) => ({
    lines: [],
    fault: { code, message, ...(line !== undefined && { line }) },
  });
  if (text === undefined) return fail('invalid_request', 'No such input file.');
  if (text.trim() === '') return fail('empty_file', 'The input file is empty.');
  const ids = new Set<string>();
  for (const [index, part] of text.trimEnd().split('\n').entries()) {
    let line: InputLine;
    try {
      line = JSON.parse(part);
    } catch {
      return fail('invalid_json_line', 'This line is no JSON.', index + 1);
    }
    if (typeof line.custom_id !== 'string') return fail('missing_required_parameter', 'custom_id', index + 1);
    if (ids.has(line.custom_id)) return fail('duplicate_custom_id', 'This id was used before.', index + 1);
    if (line.method !== 'POST') return fail('invalid_method', 'Only POST.', index + 1);
    if (line.url !== '/v1/chat/completions') return fail('mismatched_url', 'Another endpoint.', index + 1);
    ids.add(line.custom_id);
    lines.push(line);
  }
  return lines.length > 50_000 ? fail('too_many_tasks', 'More than 50,000.') : { lines, fault: undefined };
}
