import { describe, expect, it } from 'vitest';
import { formatCount } from '../../../src/report/figures.js';
import { describeHistogram, rangeName } from '../../../src/web/charts/describe-histogram.js';

const WORDS = { unit: 'words', openEnded: true, format: formatCount };

describe('a histogram in words', () => {
  it('says how many there are and where the middle one lies', () => {
    const histogram = {
      edges: [0, 500, 1000, 1500],
      series: [
        { name: 'Original', counts: [600, 300, 100] },
        { name: 'Refined', counts: [100, 300, 600] },
      ],
    };
    expect(describeHistogram(histogram, WORDS)).toBe(
      'Original: 1,000, the middle one at 0 to 500 words. Refined: 1,000, the middle one at 1,000 or more words.',
    );
  });

  it('says so when there is nothing', () => {
    const nothing = { edges: [0, 1], series: [{ name: 'Cost', counts: [0] }] };
    expect(describeHistogram(nothing, WORDS)).toBe('Cost: none.');
  });

  it('leaves out a unit that the values say themselves', () => {
    const shares = { unit: '', openEnded: false, format: (share: number) => `${share * 100} %` };
    expect(rangeName({ edges: [0, 0.25], series: [] }, 0, shares)).toBe('0 % to 25 %');
  });
});
