/**
 * When something was, in the reader's time zone: `today, 14:05`, `3 May, 09:30`, `3 May 2024, 09:30`.
 *
 * @param now left out for what is still to be read another day: then the date is always whole
 */
export function formatWhen(iso: string, now?: Date, zone?: string): string {
  const at = new Date(iso);
  const options = zone === undefined ? {} : { timeZone: zone };
  const day = (date: Date) => date.toLocaleDateString('en-GB', { dateStyle: 'short', ...options });
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...options });
  if (now !== undefined && day(at) === day(now)) return `today, ${time}`;
  const year = at.getFullYear() === now?.getFullYear() ? {} : { year: 'numeric' as const };
  const date = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year, ...options });
  return `${date}, ${time}`;
}
