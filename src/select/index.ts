export { type CurationWarning, curate } from './curation.js';
export { isMetricName, MEASURED_PARTS, METRIC_NAMES, type MeasuredPart } from './row-metric.js';
export { type Selection, selectExamples, type Ties } from './select-examples.js';
export { describeRule, type SelectionRule } from './selection-rule.js';
export { countWords } from './words/count-words.js';
