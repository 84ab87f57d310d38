import type { JudgeAnswer } from '../judge/index.js';
import { type PlacedAttempt, whyGivenUp } from './given-up.js';

/**
 * What a judge was asked about the attempts of one example, and what came of it, by the number of the attempt that was
 * judged. Where nothing came yet, nothing stands there, so that it must still be asked.
 *
 * @param own all attempts of the example, oldest first
 * @param lastReplies for each session, the place of the last attempt that brought a reply
 */
export function judgeAnswers(
  own: readonly PlacedAttempt[],
  lastReplies: ReadonlyMap<string, number>,
): Map<number, JudgeAnswer[]> {
  const questions = Map.groupBy(
    own.filter(({ attempt }) => attempt.judged !== undefined),
    ({ attempt: { judged } }) => `${judged?.attempt} ${judged?.order}`,
  );
  const answers = new Map<number, JudgeAnswer[]>();
  for (const attempts of questions.values()) {
    const { judged } = attempts[0]?.attempt ?? {};
    const answer = answerOf(attempts, lastReplies);
    if (judged === undefined || answer === null) continue;
    const others = answers.get(judged.attempt) ?? [];
    answers.set(judged.attempt, [...others, { order: judged.order, ...answer }]);
  }
  return answers;
}

/** What came of one question: its latest reply, or why there will be none; null while it is open. */
function answerOf(
  attempts: readonly PlacedAttempt[],
  lastReplies: ReadonlyMap<string, number>,
): Omit<JudgeAnswer, 'order'> | null {
  const reply = attempts.findLast(({ attempt }) => attempt.reply !== null)?.attempt.reply;
  if (reply) return { content: reply.content, refusal: '' };
  // A judge that answers nobody refuses for reasons of its own, which somebody may mend.
  const heard = attempts.filter(({ attempt }) => lastReplies.has(attempt.session));
  const refusal = whyGivenUp(heard, lastReplies);
  return refusal === null ? null : { content: null, refusal };
}
