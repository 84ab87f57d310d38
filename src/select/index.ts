export { type LengthMetric, lengthMetrics, measureLength } from './length-metric.js';
export { type Selection, selectExamples } from './select-examples.js';
export type { SelectionRule } from './taker.js';
