/** The single range in which two texts differ, as a CodeMirror change; undefined if they are equal. */
export function differenceOf(before: string, after: string) {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (isInCharacter(before, start) || isInCharacter(after, start)) start -= 1;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same += 1;
  }
  if (isInCharacter(before, before.length - same) || isInCharacter(after, after.length - same)) same -= 1;
  return { from: start, to: before.length - same, insert: after.slice(start, after.length - same) };
}

/** True between the halves of a surrogate pair. */
function isInCharacter(text: string, at: number): boolean {
  const isSecond = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  return isSecond && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
