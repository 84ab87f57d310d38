import { blankOutCode, type CodeStretch, findCode } from './code.js';
import { type CodeBlock, readCodeBlocks } from './code-blocks.js';
import { identifyLanguage, type WrittenIn } from './language.js';
import { findLeakedTask, type LeakedTask } from './leaked-task.js';
import { type Line, readLines } from './lines.js';
import { type Sentence, splitSentences } from './sentences.js';
import { countContent, readWords } from './words.js';

/** Lines that stand together, all of running text. */
export interface Paragraph {
  readonly lines: readonly Line[];
  readonly start: number;
  readonly end: number;
}

/** A text taken apart, each part once and on first use: many checks look at the same. */
export class TextView {
  readonly raw: string;
  #leak?: LeakedTask | null;
  #own?: TextView;
  #lines?: readonly Line[];
  #paragraphs?: readonly Paragraph[];
  #codeBlocks?: readonly CodeBlock[];
  #code?: readonly CodeStretch[];
  #withoutCode?: string;
  #writtenIn?: WrittenIn;
  #sentences?: readonly Sentence[];
  #words?: readonly string[];
  #content?: ReadonlyMap<string, number>;
  #stems?: ReadonlySet<string>;

  constructor(raw: string) {
    this.raw = raw;
  }

  /** Where the text runs on into another task; null when it does not. */
  get leak(): LeakedTask | null {
    if (this.#leak === undefined) this.#leak = findLeakedTask(this.raw);
    return this.#leak;
  }

  /** The text up to the task that leaked into it: all of it when none did. */
  get own(): TextView {
    this.#own ??= this.leak === null ? this : new TextView(this.raw.slice(0, this.leak.start));
    return this.#own;
  }

  get lines(): readonly Line[] {
    this.#lines ??= readLines(this.raw);
    return this.#lines;
  }

  /** List items, at any depth. */
  get items(): readonly Line[] {
    return this.lines.filter(({ kind }) => kind === 'item');
  }

  /** Paragraphs of running text: lines of no other kind that no blank line divides. */
  get paragraphs(): readonly Paragraph[] {
    this.#paragraphs ??= readParagraphs(this.lines);
    return this.#paragraphs;
  }

  /** Fenced blocks of code. */
  get codeBlocks(): readonly CodeBlock[] {
    this.#codeBlocks ??= readCodeBlocks(this.lines, this.raw);
    return this.#codeBlocks;
  }

  /** All code, in reading order: what is fenced, and what looks like code without a fence. */
  get code(): readonly CodeStretch[] {
    this.#code ??= findCode(this.raw, this.lines, this.codeBlocks);
    return this.#code;
  }

  /** The text with blanks in the place of all code; every offset is as in the text. */
  get withoutCode(): string {
    this.#withoutCode ??= blankOutCode(this.raw, this.lines, this.code);
    return this.#withoutCode;
  }

  /** Script and language of everything but code. */
  get writtenIn(): WrittenIn {
    this.#writtenIn ??= identifyLanguage(this.withoutCode);
    return this.#writtenIn;
  }

  /** The sentences of everything but code and tables, in reading order. */
  get sentences(): readonly Sentence[] {
    this.#sentences ??= this.lines.flatMap(({ kind, content, from }) =>
      kind === 'blank' || kind === 'code' || kind === 'fence' || kind === 'table'
        ? []
        : splitSentences(content, from),
    );
    return this.#sentences;
  }

  /** All words in lower case, code included. */
  get words(): readonly string[] {
    this.#words ??= readWords(this.raw);
    return this.#words;
  }

  get wordCount(): number {
    return this.words.length;
  }

  /** The stems of the words that carry the meaning, and how often each stands there. */
  get content(): ReadonlyMap<string, number> {
    this.#content ??= countContent(this.words);
    return this.#content;
  }

  /** The distinct stems of the words that carry the meaning. */
  get stems(): ReadonlySet<string> {
    this.#stems ??= new Set(this.content.keys());
    return this.#stems;
  }
}

/** Takes a text apart, lazily. */
export function viewText(raw: string): TextView {
  return new TextView(raw);
}

function readParagraphs(lines: readonly Line[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let own: Line[] = [];
  const close = (): void => {
    const [first] = own;
    const last = own.at(-1);
    if (first !== undefined && last !== undefined) {
      paragraphs.push({ lines: own, start: first.start, end: last.end });
    }
    own = [];
  };
  for (const line of lines) {
    if (line.kind === 'text') own.push(line);
    else close();
  }
  close();
  return paragraphs;
}
