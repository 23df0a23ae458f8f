/* Names and contents of YOLO’s files: one of labels for each image, and one with the names of the classes. */

export const isClassList = (name: string): boolean =>
  /(?:^|\/)(?:classes\.txt|[^/]*\.names|[^/]*\.ya?ml)$/i.test(name);

/** Lines sampled for detection. */
const maxSampled = 5;

/** True if a text starts with lines of labels: a class, and fractions of the image. */
export function areLabels(start: string, most = maxSampled): boolean {
  const lines = start.split('\n').filter((line) => line.trim() !== '');
  // The last line may be cut.
  const sampled = lines.slice(0, lines.length > 1 ? Math.min(most, lines.length - 1) : 1);
  return (
    sampled.length > 0 &&
    sampled.every((line) => /^\s*\d{1,5}(?: +-?\d*\.?\d+(?:e-?\d+)?){4,}\s*$/i.test(line))
  );
}
