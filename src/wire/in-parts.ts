/**
 * Calls a function for each 512 of a number of items. V8 optimises a function that is called often sooner than a long loop,
 * and doesn’t optimise a loop in a closure, so `part` should call a function of its module.
 */
export function inParts(count: number, part: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += partSize) part(from, Math.min(from + partSize, count));
}

const partSize = 512;
