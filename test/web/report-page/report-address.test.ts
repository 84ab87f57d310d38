import { describe, expect, it } from 'vitest';
import { readReportAddress, reportHash } from '../../../src/web/report-page/report-address.js';

describe('the address within a report', () => {
  it.each(['7', 'a b', 'a?b=c', '#', '100%', '../x', '👩‍👩‍👧', '__proto__', '?', ''])(
    'leads back to the example %j and its filter',
    (id) => {
      const address = { ...readReportAddress('#?check=loop&sort=change&view=inline'), id: id || undefined };
      expect(readReportAddress(reportHash(address))).toEqual(address);
    },
  );

  it.each([
    { hash: '', id: undefined },
    { hash: '#', id: undefined },
    { hash: '#?check=loop', id: undefined },
    { hash: '#identity_7', id: 'identity_7' },
    { hash: '#50%', id: '50%' },
  ])('$hash names $id', ({ hash, id }) => {
    expect(readReportAddress(hash).id).toBe(id);
  });

  it('is short where nothing was chosen', () => {
    expect(reportHash(readReportAddress(''))).toBe('#');
  });
});
