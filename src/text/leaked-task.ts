import { TASK_VERBS } from './task-verbs.js';

/** Where a text runs on into another task, from there to its end. */
export interface LeakedTask {
  /** UTF-16 offset. */
  readonly start: number;
  /** The words that give it away. */
  readonly mark: string;
}

/** A number before it that the text has no other use for, as in "14. Instruction:", is proof enough. */
const NUMBERED_LABEL = /(?:^|\s)(\d{1,3}\s*[.)]\s*Instruction\s*:)/i;
/** The heading of a prompt template. */
const TEMPLATE_HEADING = /^[ \t]*(#{2,4}[ \t]*Instruction\b[ \t]*:?)[ \t]*(?:\S|$)/im;
/** What a generator of datasets is told to do. */
const GENERATOR_ORDER =
  /\b(come up with (?:a set|a series|a list) of \d{1,3} (?:diverse |different )?(?:task instructions|tasks)\b)/i;
const TASK_LABEL = /^[ \t]*((?:Instruction|Task|Prompt)[ \t]*:)[ \t]*\S/im;
const OUTPUT_LABEL = /^[ \t]*(?:Output|Response|Answer|Completion)[ \t]*:/im;
/** How far behind `Instruction:` the label of its output may stand, in characters. */
const REACH = 3000;

const NUMBERED_TASK = new RegExp(String.raw`\n[ \t]*\n[ \t]*((\d{1,2})\. (?:${TASK_VERBS})\b)`);
/** Both turns of a chat, for which a model that does not stop plays the user as well. */
const CHAT_TURNS =
  /\n[ \t]*\n[ \t]*((?:Human|User|USER|HUMAN)[ \t]*:)[^\n]{1,2000}\n\s*(?:Assistant|ASSISTANT|AI|Bot)[ \t]*:/;
/** A conversation that was asked for opens with a turn, or is announced. */
const SPEAKER = /^[ \t*#]{0,8}(?:Human|User|Assistant|AI|Bot)\b[^\n]{0,20}:|:[ \t*]{0,8}$/im;
const LIST_LABEL = /(?:^|\s)\d{1,3}[.)]\s/;

/** Finds the first place at which a text leaves its own task for another one, as generators of datasets do. */
export function findLeakedTask(text: string): LeakedTask | null {
  const leaks = [
    leakAt(NUMBERED_LABEL.exec(text)),
    ...[
      TEMPLATE_HEADING.exec(text),
      GENERATOR_ORDER.exec(text),
      findTaskWithOutput(text),
      findNextOfList(text),
      findNextTurn(text),
    ]
      .map(leakAt)
      // What opens with a task is about tasks.
      .filter((leak) => leak !== null && text.slice(0, leak.start).trim() !== ''),
  ].filter((leak) => leak !== null);
  return leaks.sort((one, other) => one.start - other.start)[0] ?? null;
}

/** Unnumbered, a label is proof only with that of its output: a form or a manual may have such a line. */
function findTaskWithOutput(text: string): RegExpExecArray | null {
  const match = TASK_LABEL.exec(text);
  if (match === null) return null;
  const from = match.index + match[0].length;
  return OUTPUT_LABEL.test(text.slice(from, from + REACH)) ? match : null;
}

/** A list of tasks that begins in its middle goes on from a list which the text is no part of. */
function findNextOfList(text: string): RegExpExecArray | null {
  const match = NUMBERED_TASK.exec(text);
  return match === null || Number(match[2]) < 2 || LIST_LABEL.test(text.slice(0, match.index)) ? null : match;
}

function findNextTurn(text: string): RegExpExecArray | null {
  const match = CHAT_TURNS.exec(text);
  return match === null || SPEAKER.test(text.slice(0, match.index)) ? null : match;
}

function leakAt(match: RegExpExecArray | null): LeakedTask | null {
  if (match === null) return null;
  const [whole, mark = ''] = match;
  return { start: match.index + whole.indexOf(mark), mark };
}
