import { expect } from 'vitest';
import { z } from 'zod';

type Json = Record<string, unknown>;

/** The OpenAPI document of a service, and whether answers are as it says. */
export class Documented {
  readonly document: Json;

  constructor(document: Json) {
    this.document = document;
  }

  /** Every way to call the service: method and path. */
  operations(): string[] {
    return Object.entries(this.document.paths as Json).flatMap(([path, item]) =>
      Object.keys(item as Json).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /**
   * Looks whether an answer is as documented: its status, its media type, and if it is JSON all that it holds, fields
   * that are not documented included.
   *
   * @returns the answer's text
   */
  async requireFit(operation: string, response: Response): Promise<string> {
    const [method = '', path = ''] = operation.split(' ');
    const { responses } = ((this.document.paths as Json)[path] as Json)[method.toLowerCase()] as Json;
    const isProblem = response.status >= 400;
    const answer = (responses as Json)[isProblem ? 'default' : String(response.status)] as Json | undefined;
    if (answer === undefined) throw new Error(`${operation} answers ${response.status}, not as documented`);
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const text = type === 'text/event-stream' ? '' : await response.text();
    const content = (answer.content ?? {}) as Json;
    if (Object.keys(content).length === 0) {
      expect(text, operation).toBe('');
      return text;
    }
    expect(Object.keys(content), `${operation} answers ${type}: ${text.slice(0, 300)}`).toContain(type);
    if (type.endsWith('json')) {
      const { schema } = content[type] as Json;
      const read = z.fromJSONSchema(closed(schema) as never).safeParse(JSON.parse(text));
      expect(read.error?.issues, operation).toBeUndefined();
    }
    return text;
  }
}

/** The schema of objects that hold nothing but what is documented. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return inner.type === 'object' && 'properties' in inner && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}
