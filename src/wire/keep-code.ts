const kept: object[] = [];

/**
 * Keeps a small object of each class. V8 drops the code that it has optimised for a class when the last object of the class
 * is collected; the next check would be as slow as the first.
 */
export function keepCodeOf(...objects: object[]): void {
  kept.push(...objects);
}
