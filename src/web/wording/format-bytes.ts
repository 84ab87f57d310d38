const UNITS = ['bytes', 'KB', 'MB', 'GB'] as const;

/** `512 bytes`, `1.8 MB`; a KB has 1,000 bytes. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let place = 0;
  while (size >= 999.5 && place < UNITS.length - 1) {
    size /= 1000;
    place += 1;
  }
  return `${place === 0 ? size : Number(size.toPrecision(3))} ${UNITS[place]}`;
}
