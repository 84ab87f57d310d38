import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../src/checks/index.js';
import { worseThan } from '../../src/checks/severity.js';

describe('worseThan', () => {
  test('goes by the order of the severities, and nothing is worse than itself', () => {
    const worse = SEVERITIES.flatMap((one) =>
      SEVERITIES.filter((other) => worseThan(one, other)).map((other) => `${one} > ${other}`),
    );
    expect(worse).toEqual(['fail > flag', 'fail > note', 'flag > note']);
  });
});
