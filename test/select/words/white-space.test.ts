import { expect, test } from 'vitest';
import { isWhiteSpace, WHITE_SPACE } from '../../../src/select/words/white-space.js';

test('white space is what Python takes for it: what JavaScript does, the separators and next line, no byte order mark', () => {
  const separators = new Set([0x1c, 0x1d, 0x1e, 0x1f, 0x85]);
  const ofClass = new RegExp(`[${WHITE_SPACE}]`);
  for (let code = 0; code <= 0xffff; code += 1) {
    const character = String.fromCharCode(code);
    const wanted = separators.has(code) || (/\s/.test(character) && code !== 0xfeff);
    const found = [isWhiteSpace(code), ofClass.test(character)];
    if (found[0] !== wanted || found[1] !== wanted) expect.fail(`U+${code.toString(16)}: ${found}`);
  }
});
