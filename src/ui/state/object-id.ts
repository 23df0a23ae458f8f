const versions = new WeakMap<object, number>();
let last = 0;

/** A number of its own for each object, so that a query can be kept by what it was asked about. */
export function objectId(about: object): number {
  let version = versions.get(about);
  if (version === undefined) {
    last += 1;
    version = last;
    versions.set(about, version);
  }
  return version;
}
