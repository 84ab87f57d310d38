/** A number that stands in JSON text exactly as it was spelled; `JSON.stringify` writes it back verbatim. */
export interface RawJson {
  readonly rawJSON: string;
}

/** The parts of the "JSON.parse source text access" proposal that Node has and TypeScript's library lacks. */
interface SourceTextJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): RawJson;
  isRawJSON(value: unknown): value is RawJson;
}

const json = JSON as unknown as SourceTextJson;

/**
 * Parses JSON without losing how numbers were spelled: one that JavaScript would print differently (`4.0`,
 * `1e5`, `12345678901234567890`) becomes a raw JSON value, which `JSON.stringify` writes back as it was.
 * A `__proto__` key is an ordinary own property.
 *
 * @throws SyntaxError when the text is not JSON.
 */
export function parseLossless(text: string): unknown {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  );
}

/** Whether a value stands for a number whose spelling is kept; see `parseLossless`. */
export function isRawJson(value: unknown): value is RawJson {
  return json.isRawJSON(value);
}
