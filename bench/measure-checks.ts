// Scores the checks, without an LLM, against rows that people have read; docs/checks.md explains and keeps the figures.
//
//   npm run measure:checks -- [--original FILE] [--refined FILE] [--labels FILE] [--page FILE] [--json]
//
// The files are those of the paper, in the folder that BURNISH_REAL_DATA names, unless told otherwise. --page names the
// page that takes the figures in (docs/checks.md). With --json one document on stdout tells them, with every labelled row.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CHECKS, verdictOf } from '../src/checks/index.ts';
import { UserError } from '../src/errors.ts';
import { visible, visibleJson } from '../src/report/visible.ts';
import { realData } from '../test/support/real-data.ts';
import { readLabels } from './checks/labels.ts';
import { flaggingChecks, type MeasuredRow, measureRows } from './checks/measured-row.ts';
import { checkPairs, readPairs } from './checks/pairs.ts';
import { formatMeasurement, type Measurement } from './checks/report.ts';
import { labelsOf, scoreRows } from './checks/score.ts';
import { replaceSection } from './checks/section.ts';
import { isMet, TARGETS } from './checks/target.ts';

const PAGE = fileURLToPath(new URL('../docs/checks.md', import.meta.url));

try {
  const { values } = parseArgs({
    options: {
      original: { type: 'string' },
      refined: { type: 'string' },
      labels: { type: 'string' },
      page: { type: 'string', default: PAGE },
      json: { type: 'boolean', default: false },
    },
  });
  const files = {
    original: values.original ?? findFile('paper_selected_1k.json', '--original'),
    refined: values.refined ?? findFile('paper_refined_1k.json', '--refined'),
    labels: values.labels ?? findFile('paper_refined_labels.json', '--labels'),
  };
  const { measurement, rows } = await measure(files);
  const report = formatMeasurement(measurement);
  writeFileSync(
    values.page,
    replaceSection(readFileSync(values.page, 'utf8'), 'measured', report, values.page),
  );
  const targets = TARGETS.map((target) => ({ ...target, met: isMet(target, measurement.random) }));
  console.log(values.json ? visibleJson({ ...measurement, targets, labelled: rows }) : visible(report, true));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  const facts = Object.entries(error.facts).map(([name, text]) => `  ${name}: ${text}`);
  console.error(visible([error.message, ...facts].join('\n'), true));
  process.exitCode = 2;
}

/** Checks all pairs, and compares what comes of it with the labels. */
async function measure(files: {
  readonly original: string;
  readonly refined: string;
  readonly labels: string;
}): Promise<{ measurement: Measurement; rows: readonly MeasuredRow[] }> {
  const labelled = readLabels(files.labels);
  const pairs = await readPairs(files.original, files.refined);
  const started = { wallMs: performance.now(), cpu: process.cpuUsage() };
  const findings = checkPairs(pairs);
  const checkedMs = performance.now() - started.wallMs;
  const { user, system } = process.cpuUsage(started.cpu);
  const rows = measureRows(labelled, findings);
  const verdicts = [...findings.values()].map(verdictOf);
  const flagging = [...findings.values()].flatMap(flaggingChecks);
  // What a judge is asked is no rule, and finds nothing here.
  const ids = CHECKS.filter(({ reads }) => reads !== 'judgement').map(({ id }) => id);
  const measurement: Measurement = {
    labels: basename(files.labels),
    all: scoreRows(rows, labelsOf(rows), ids),
    random: scoreRows(
      rows.filter(({ isRandom }) => isRandom),
      labelsOf(rows),
      ids,
    ),
    pairs: {
      count: pairs.length,
      flagged: verdicts.filter((verdict) => verdict !== 'pass').length,
      failed: verdicts.filter((verdict) => verdict === 'fail').length,
      byCheck: Object.fromEntries(ids.map((id) => [id, flagging.filter((check) => check === id).length])),
      checkedMs,
      cpuMs: (user + system) / 1000,
    },
  };
  return { measurement, rows };
}

function findFile(name: string, option: string): string {
  const path = realData(name);
  if (path !== undefined) return path;
  throw new UserError('usage', `The file ${name} is not at hand.`, {
    hint: `Name the folder that has it in BURNISH_REAL_DATA, or another file with ${option}`,
  });
}
