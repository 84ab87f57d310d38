import { formatCount, formatNumberOf } from '../../src/report/figures.ts';
import type { Grade } from './labels.ts';
import type { Proportion } from './proportion.ts';
import type { CheckScore, LabelScore, Scores } from './score.ts';
import { isMet, TARGETS } from './target.ts';

/** What a measurement came to. */
export interface Measurement {
  /** The name of the file of labels. */
  readonly labels: string;
  /** On every labelled row. */
  readonly all: Scores;
  /** On those that were drawn at random. */
  readonly random: Scores;
  /** All pairs, labelled or not. */
  readonly pairs: {
    readonly count: number;
    readonly flagged: number;
    readonly failed: number;
    /** How many each check flags, in the order of the checks. */
    readonly byCheck: Readonly<Record<string, number>>;
    /** The time that the checks took for all of them, and what they used of the processor, which other work disturbs less. */
    readonly checkedMs: number;
    readonly cpuMs: number;
  };
}

/** Tells a measurement as Markdown. */
export function formatMeasurement({ labels, all, random, pairs }: Measurement): string {
  return [
    `Rules alone, no LLM; ${formatNumberOf(all.rows, 'labelled row')} (\`${labels}\`), ${formatCount(random.rows)} of them ` +
      'drawn at random. Brackets hold 95 % intervals (Wilson), in per cent.',
    formatGrades(all, random),
    `Of all ${formatNumberOf(pairs.count, 'pair')}, ${formatCount(pairs.flagged)} ` +
      `(${formatShare(pairs.flagged, pairs.count)}) get \`flag\` or \`fail\`, ${formatCount(pairs.failed)} ` +
      `(${formatShare(pairs.failed, pairs.count)}) \`fail\`. Checking them took ${formatMs(pairs.checkedMs)} ` +
      `(${formatMs(pairs.cpuMs)} of processor time; Node.js ${process.versions.node}).`,
    formatAgreement(all),
    'Rows by label, however bad, and the bad ones among them. Labels that begin with `orig_` tell of the original.',
    formatLabels(all.byLabel, random.byLabel),
    'Rows that each check flags: bad / minor / ok. Those in "alone" nothing else flags. Precision is the share of bad rows.',
    formatChecks(all.byCheck, random.byCheck, pairs.byCheck),
    formatSilent(pairs.byCheck),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** `12 of 14: 86 % (60 to 96)`; `none` where there is nothing to count. */
export function formatProportion({ count, total, share, low, high }: Proportion): string {
  if (share === null || low === null || high === null) return 'none';
  return `${count} of ${total}: ${percent(share)} % (${percent(low)} to ${percent(high)})`;
}

function formatGrades(all: Scores, random: Scores): string {
  const lines = TARGETS.map((target) => {
    const cells = [all, random].flatMap((scores) => {
      const score = scores.byGrade.find(({ grade }) => grade === target.grade);
      return score === undefined ? [] : [score.flagged, score.failed].map(formatProportion);
    });
    const met = isMet(target, random);
    const told = met === null ? 'not measured' : met ? 'met' : '**not met**';
    const bound = target.grade === 'bad' ? 'at least' : 'at most';
    return [target.grade, ...cells, `${bound} ${percent(target.share)} %: ${told}`];
  });
  const head = [
    'rows',
    ...['`flag` or `fail`', '`fail`', 'at random: `flag` or `fail`', 'at random: `fail`', 'target at random'],
  ];
  return table([head, ...lines]);
}

function formatAgreement({ agreement: { grade, bad } }: Scores): string {
  return bad.total === 0
    ? ''
    : `${formatNumberOf(bad.total, 'row')} had a second reader, who agreed on bad or not bad in ` +
        `${formatProportion(bad)}, and on bad, minor or ok in ${formatProportion(grade)}.`;
}

function formatLabels(all: readonly LabelScore[], random: readonly LabelScore[]): string {
  const head = ['label', 'flagged', 'of the bad ones', 'at random: flagged', 'at random: of the bad ones'];
  const lines = all.map((score, place) => [
    `\`${score.label}\``,
    ...[score, random[place]].flatMap((own) =>
      own === undefined ? [] : [formatProportion(own.flagged), formatProportion(own.badFlagged)],
    ),
  ]);
  return table([head, ...lines]);
}

function formatChecks(
  all: readonly CheckScore[],
  random: readonly CheckScore[],
  ofAllPairs: Readonly<Record<string, number>>,
): string {
  const own = ['flags', 'alone', 'precision'];
  const head = ['check', ...own, ...own.map((name) => `at random: ${name}`), 'of all pairs'];
  const lines = all.flatMap((score, place) => {
    const pairs = ofAllPairs[score.check] ?? 0;
    if (pairs === 0) return [];
    const cells = [score, random[place]].flatMap((side) =>
      side === undefined
        ? []
        : [formatCounts(side.flagged), formatCounts(side.alone), formatProportion(side.precision)],
    );
    return [[`\`${score.check}\``, ...cells, formatCount(pairs)]];
  });
  return table([head, ...lines]);
}

function formatSilent(byCheck: Readonly<Record<string, number>>): string {
  const silent = Object.keys(byCheck).filter((check) => byCheck[check] === 0);
  return silent.length === 0
    ? ''
    : `Flag none of the pairs: ${silent.map((check) => `\`${check}\``).join(', ')}.`;
}

function formatCounts({ bad, minor, ok }: Readonly<Record<Grade, number>>): string {
  return `${bad} / ${minor} / ${ok}`;
}

function formatShare(count: number, total: number): string {
  return total === 0 ? 'none' : `${percent(count / total)} %`;
}

function formatMs(ms: number): string {
  return `${formatCount(Math.round(ms))} ms`;
}

function percent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}

function table(lines: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = lines.map((cells) => `| ${cells.join(' | ')} |`);
  return [head, `|${'---|'.repeat(lines[0]?.length ?? 0)}`, ...rest].join('\n');
}
