import { readFileSync } from 'node:fs';

/** A row in Alpaca's layout. */
export interface AlpacaRow {
  readonly instruction: string;
  readonly input: string;
  readonly output: string;
}

/** The rows of a JSON file in Alpaca's layout, read without any of the program's own code. */
export function parseDataset(path: string): AlpacaRow[] {
  return JSON.parse(readFileSync(path, 'utf8'));
}
