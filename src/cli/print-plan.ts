import type { Plan } from '../conduct/plan.js';
import { planData, planLines } from '../report/plan.js';
import type { Io } from './io.js';
import { writeJson } from './write-json.js';

/** Prints what a call would do. */
export function printPlan(run: string, plan: Plan, json: boolean, io: Io): void {
  if (json) writeJson({ run, plan: planData(plan) }, io);
  else io.stdout.write(`${planLines(plan).join('\n')}\n`);
}
