/** What would be read as another path, or as one that has been mended already. */
const SWALLOWED = /^~*\.{0,2}$/;

/**
 * An example's id as one segment of a path, not yet percent-encoded. Browsers and proxies resolve `.` and `..`, also when
 * they are encoded: such an id gets a tilde in front, and so does one that would be mistaken for that.
 */
export function toSegment(id: string): string {
  return SWALLOWED.test(id) ? `~${id}` : id;
}

/** The id that a segment stands for; see `toSegment`. */
export function fromSegment(segment: string): string {
  return segment.startsWith('~') && SWALLOWED.test(segment) ? segment.slice(1) : segment;
}
