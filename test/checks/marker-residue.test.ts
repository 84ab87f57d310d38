import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/checks/index.js';
import { find } from './find.js';
import type { Case } from './subject.js';

function residue(text: string, given: Omit<Case, 'raw'> = {}): Finding[] {
  return find('marker_residue', text, given);
}

describe('marker_residue', () => {
  test.each([
    ['Blue.\n[End] More.', '[End]'],
    ['Blue.\n[End.]', '[End.]'],
    ['Blue.\n[/End]', '[/End]'],
    ['Blue.\n[ END ]', '[ END ]'],
    ['Blue. [Better Answer] Bluer.', '[Better Answer]'],
    ['Thin.\n[Improved Answer]\nBlue.', '[Improved Answer]'],
    ['Blue.\n[Better Answer End]', '[Better Answer End]'],
    ['Blue.\n[/Better Answer]', '[/Better Answer]'],
    ['Blue.\n[End of Better Answer]', '[End of Better Answer]'],
    ['Blue.\n[End of Response]', '[End of Response]'],
    ['Blue.\n[End Response]', '[End Response]'],
    ['[Start of the Answer]\nBlue.', '[Start of the Answer]'],
    ['[Beginning of your revised reply]\nBlue.', '[Beginning of your revised reply]'],
    ['Blue.\n[**End of Output.**]', '[**End of Output.**]'],
    ['### Response:\nBlue.', '### Response:'],
    ['###Response:\nBlue.', '###Response:'],
    ['##   Human: Why?', '##   Human:'],
    ['Blue.\n\n### Instruction:\nNext', '### Instruction:'],
    ['Blue.<|im_end|>', '<|im_end|>'],
    ['Blue.<|endoftext|>', '<|endoftext|>'],
    ['Blue.<|reserved_special_token_0|>', '<|reserved_special_token_0|>'],
    ['<|channel>Blue.', '<|channel>'],
    ['Blue.<channel|>', '<channel|>'],
    ['Blue.<｜end▁of▁sentence｜>', '<｜end▁of▁sentence｜>'],
    ['<｜Assistant｜>Blue.', '<｜Assistant｜>'],
    ['[TOOL_CALLS] Blue.', '[TOOL_CALLS]'],
    ['Blue.[/AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]'],
    ['Blue.<eos>', '<eos>'],
    ['Blue.<unused99>', '<unused99>'],
    ['<start_of_image>Blue.', '<start_of_image>'],
    ['<answer>Blue.', '<answer>'],
    ['Blue.</improved_response>', '</improved_response>'],
    ['Blue.</s>', '</s>'],
    ['<s>Blue.', '<s>'],
    ['[INST] Why? [/INST] Blue.', '[INST]'],
    ['<<SYS>>Be kind.', '<<SYS>>'],
    ['Blue.<end_of_turn>', '<end_of_turn>'],
    ['Hm.</think> Blue.', '</think>'],
    ['Blue. <thinking>Hm.', '<thinking>'],
    ['Blue.\n\nEnd', 'End'],
    ['Blue.\n**End**', '**End**'],
    ['Blue.\n[End', '[End'],
  ])('flags %j', (text, marker) => {
    const [finding] = residue(text);
    expect(finding).toMatchObject({ severity: 'flag' });
    expect(finding?.message).toContain(marker);
    expect(text.slice(finding?.start ?? 0, finding?.end ?? 0)).toBe(marker);
  });

  test.each([
    'The End',
    'End',
    'They saw the end.\n\nTHE END',
    'for each row\n  print\nend',
    'while i < 3 do\nEND',
    'They lived on.\nThe End',
    'They lived on.\nEnd of the tale.',
    '[End of Scene 2]\nThe curtain falls.',
    '[The end of the answer]',
    'Fill in the ### Response: line.',
    '[Endless] is the word on the sign.',
    'return items[end]',
    'A better answer is not known.',
    '[Your Name]',
    '# Response\nBlue.',
    'The ### sign starts a heading.',
    '<p>Was <s>red</s>, is blue.</p>',
    'if (a <|| b)',
    'Choose [answer] in the menu.',
  ])('is silent about %j', (text) => {
    expect(residue(text)).toEqual([]);
  });

  test.each(['instruction', 'input', 'response'] as const)('is silent about a marker of the %s', (field) => {
    expect(residue('Start -> Stop -> [END]', { [field]: 'Draw a flow chart with [End] in it.' })).toEqual([]);
  });

  test('is silent about a marker that the example spells in another way', () => {
    expect(residue('Stop at [  End ].', { response: 'It stops at [ END ].' })).toEqual([]);
  });

  test('is silent about a last line that the original has as well', () => {
    expect(residue('Print it.\nEnd', { response: 'Show it.\nEnd\n' })).toEqual([]);
  });

  test('names each marker once', () => {
    expect(residue('[End]\na\n[END]\nb<|im_end|>c').map((finding) => finding.message)).toEqual([
      'The marker [End] was left in the text.',
      'The marker <|im_end|> was left in the text.',
    ]);
  });
});

describe('marker_residue, of a chat', () => {
  test.each([
    ['Assistant: Blue.', 'Assistant:'],
    ['**AI:** Blue.', '**AI:'],
    ['Blue.\n\nHuman: And at night?\n\nAssistant: Black.', 'Human:'],
  ])('shows the speaker in %j', (text, label) => {
    const [finding, ...more] = residue(text);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'flag' });
    expect(text.slice(finding?.start ?? 0, finding?.end ?? 0)).toBe(label);
  });

  test.each([
    ['Assistant: Blue.', { instruction: 'Write a dialogue about the sky.' }],
    ['User: whoever logs in.', { instruction: 'Explain: user, role.' }],
    ['Human: a mammal.\n\nBat: a mammal too.', { response: 'Humans and bats are mammals.' }],
    ['Roles of a school:\nAssistant: helps.', {}],
    ['The user: a mystery.', {}],
  ])('is silent about %j, given %j', (text, given) => {
    expect(residue(text, given)).toEqual([]);
  });
});

describe('marker_residue, of a reply in JSON', () => {
  test.each(['{"improved_response": "Blue."}', '```json\n{ "text": "Blue." }\n```'])('flags %j', (text) => {
    expect(residue(text)).toMatchObject([
      { severity: 'flag', message: 'The text is wrapped in an object of JSON, which nothing asks for.' },
    ]);
  });

  test.each([
    ['{"answer": "Blue."}', { instruction: 'Answer in JSON.' }],
    ['{"text": "Blue."}', { response: '{"colour": "Blue"}' }],
    ['{"colour": "Blue."}', {}],
  ])('is silent about %j, given %j', (text, given) => {
    expect(residue(text, given)).toEqual([]);
  });
});
