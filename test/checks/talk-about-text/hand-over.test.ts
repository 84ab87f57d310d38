import { describe, expect, test } from 'vitest';
import { readRequest } from '../../../src/checks/request/request.js';
import { findHandOvers } from '../../../src/checks/talk-about-text/hand-over.js';
import { viewText } from '../../../src/text/text-view.js';

const BODY =
  'Water expands when it freezes. That is why ice floats. A lake freezes from above. Fish survive.';

function handedOver(text: string, instruction = 'Why does ice float?', response = 'It is light.') {
  const example = { id: '7', row: 7, instruction, input: '', response, source: {} };
  return findHandOvers(viewText(text), readRequest(viewText(instruction)), example).map(
    ({ start, end, isAsked }) => ({ words: text.slice(start, end), isAsked }),
  );
}

describe('a text that hands over a revision', () => {
  test.each([
    `**Revised Response:**\n\n${BODY}`,
    `### Improved Answer\n${BODY}`,
    `Better answer: ${BODY}`,
    `Critique: too brief.\n\nImproved answer: ${BODY}`,
    `${BODY}\n\nChanges made:\n- Added fish\n- Removed a comma`,
    `${BODY}\n\n**Key improvements:** more fish.`,
    `${BODY}\n\n**What I changed:** more fish.`,
    `I've revised the answer to make it clearer. ${BODY}`,
    `${BODY} Note: I have added more detail about fish.`,
    `That was brief, so I expanded it as follows. ${BODY}`,
    `As per your feedback, here are reasons. ${BODY}`,
    `I apologize for the earlier answer. ${BODY}`,
    `Your response is fine, but mention fish. ${BODY}`,
    `The response was fairly accurate. ${BODY}`,
    `${BODY} This version is longer than the previous one.`,
    `${BODY} Let me know if you would like any further changes.`,
  ])('is found out: %j', (text) => {
    expect(handedOver(text)).toHaveLength(1);
  });

  test.each([
    ['Warum schwimmt Eis?', 'Hier ist die überarbeitete Version:\nEis ist leicht.'],
    ['Pourquoi la glace flotte-t-elle ?', 'Voici une version améliorée de la réponse :\nElle est légère.'],
    ['¿Por qué flota el hielo?', 'Aquí tienes una versión mejorada:\nEs ligero.'],
    ['Por que o gelo flutua?', 'Aqui está uma versão melhorada:\nÉ leve.'],
    ['Perché il ghiaccio galleggia?', 'Ecco la versione migliorata:\nÈ leggero.'],
    ['Почему лёд плавает?', 'Вот улучшенная версия ответа:\nОн лёгкий.'],
    ['冰为什么会浮？', '以下是改进后的回答：\n冰比水轻。'],
    ['氷はなぜ浮くのか', '改善された回答：\n氷は軽い。'],
    ['얼음은 왜 뜨나요?', '개선된 답변입니다:\n가볍습니다.'],
    ['لماذا يطفو الجليد؟', 'إليك النسخة المحسنة:\nلأنه أخف.'],
  ])('is found out in other languages: %s', (instruction, text) => {
    expect(handedOver(text, instruction)).toHaveLength(1);
  });

  test.each([
    ['Verbessere den Text.', 'Hier ist die verbesserte Version:\nEis ist leicht.'],
    ['请改进这段话。', '改进后的版本：\n冰比水轻。'],
  ])('is what was asked for: %s', (instruction, text) => {
    expect(handedOver(text, instruction)).toEqual([]);
  });

  test('is told from one that was asked for', () => {
    expect(handedOver(`Revised version: ${BODY}`, 'Rewrite the text.')).toMatchObject([{ isAsked: true }]);
    expect(handedOver(`Revised version: ${BODY}`)).toMatchObject([{ isAsked: false }]);
  });

  test('points at the line or the sentence', () => {
    const text = `${BODY} This version is longer than the previous one.`;
    expect(handedOver(text)).toEqual([
      { words: 'This version is longer than the previous one.', isAsked: false },
    ]);
  });

  test.each([
    [`Final answer: ${BODY}`],
    [`Improvements:\n- Ice thins more slowly.\n${BODY}`],
    ['I have added salt to the ice. It melts. I updated the log.'],
    ['The response of the ice is slow. It melts.'],
    ['```\nRevised version:\n```'],
    [
      'Dear Ana,\nI have revised the text. Let me know if you want any changes.\nJo',
      'Write an email to a colleague.',
    ],
    ['As per your feedback, we now open at eight.', 'Answer a customer.'],
    ['Changes made: a new door.', 'List the changes.', 'Changes made: a new door.'],
  ])('is not seen in %j', (text, instruction?: string, response?: string) => {
    expect(handedOver(text, instruction, response)).toEqual([]);
  });
});
