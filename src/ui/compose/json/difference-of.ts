/** The one stretch in which two texts differ, as CodeMirror takes a change; nothing where they are the same. */
export function differenceOf(before: string, after: string) {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same += 1;
  }
  return { from: start, to: before.length - same, insert: after.slice(start, after.length - same) };
}
