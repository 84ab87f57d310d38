import { checkResponse, DEFAULT_SUITE, type Finding } from '../checks/index.js';
import { type RowPair, toExample } from '../dataset/index.js';
import { changedShare } from '../diff/changed-share.js';
import { diffTexts } from '../diff/diff-texts.js';
import { similarity } from '../diff/similarity.js';
import { shorten, UserError } from '../errors.js';
import { checksIn } from '../report/compare.js';
import { type ComparedRow, countWords } from '../report/comparison-list.js';
import { moveSpan } from '../report/move-span.js';
import { changeFacts } from '../report/show-entry.js';
import { exampleText } from '../report/shown-example.js';
import { type DiffOptions, diffLayout } from './diff-options.js';
import { chooseRows, printList } from './diff-report.js';
import type { Io } from './io.js';
import { printPaged } from './pager.js';
import { type Pairing, pairFiles, pairingLines } from './pairing.js';
import { reportFiles } from './report-files.js';
import { writeJson } from './write-json.js';

/** A row of a list of pairs; the texts are not kept. */
interface PairRow extends ComparedRow {
  readonly findings: readonly Finding[];
}

/** Shows how the refined responses of one file differ from the original ones of another: the list, or one whole. */
export async function diffFiles(
  originalPath: string,
  refinedPath: string,
  options: DiffOptions,
  io: Io,
): Promise<void> {
  if (options.id !== undefined) return showPair(originalPath, refinedPath, options.id, options, io);
  if (options.html !== undefined) return reportFiles(originalPath, refinedPath, options, io);
  const rows: PairRow[] = [];
  const pairing = await pairFiles(
    originalPath,
    refinedPath,
    options.skipBadRows === true,
    (pair) => rows.push(toRow(pair)),
    io,
  );
  const chosen = chooseRows(rows, DEFAULT_SUITE, options);
  if (options.json === true) return writePairs(chosen, pairing, io);
  await printList(chosen, pairingLines(originalPath, refinedPath, pairing), rows.length, options, io);
}

function toRow({ original, refined }: RowPair): PairRow {
  const { verdict, findings } = checkResponse(toExample(original), refined.response, DEFAULT_SUITE);
  return {
    id: original.id,
    instruction: original.instruction,
    verdict,
    checks: checksIn(findings),
    changed: changedShare(original.response, refined.response),
    words: { original: countWords(original.response), refined: countWords(refined.response) },
    decision: null,
    findings,
  };
}

async function showPair(
  originalPath: string,
  refinedPath: string,
  id: string,
  options: DiffOptions,
  io: Io,
): Promise<void> {
  let wanted = null as RowPair | null;
  const ids: string[] = [];
  const pairing = await pairFiles(
    originalPath,
    refinedPath,
    options.skipBadRows === true,
    (pair) => {
      if (ids.length < 3) ids.push(pair.original.id);
      if (pair.original.id === id) wanted = pair;
    },
    io,
  );
  if (wanted === null) {
    throw new UserError('usage', 'There is no such row.', {
      where: '--id',
      expected: `an id like ${ids.join(', ')}`,
      found: shorten(id),
      hint: "The ids are the rows' own, or their numbers from 0.",
    });
  }
  const { input, response: original } = wanted.original;
  const refined = wanted.refined.response;
  const row = toRow(wanted);
  const findings = row.findings.map((finding) => moveSpan(finding, refined));
  const example = { ...row, input, original, refined, findings };
  if (options.json === true) {
    const parts = diffTexts(original, refined);
    writePairs([{ ...example, similarity: similarity(parts), parts }], pairing, io);
    return;
  }
  const shown = {
    ...example,
    facts: [row.verdict ?? '', ...changeFacts(original, refined)],
    ...{ attempts: '', reason: null, reply: null, critique: null, request: null },
  };
  await printPaged(`${exampleText(shown, diffLayout(io, options.sideBySide))}\n`, options.pager, io);
}

function writePairs(records: readonly object[], { originals, refined, summary }: Pairing, io: Io): void {
  writeJson({ original: originals.path, refined: refined.path, pairing: summary, records }, io);
}
