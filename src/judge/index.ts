export { type Charge, chargeOf, type JudgeAnswer, type Judgement, judge, nextOrder } from './judgement.js';
export { type Claim, JUDGE_ORDERS, type JudgeOrder, type Question } from './opinion.js';
