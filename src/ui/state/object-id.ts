const versions = new WeakMap<object, number>();
let last = 0;

/** A unique number for each object, used in query keys. */
export function objectId(about: object): number {
  let version = versions.get(about);
  if (version === undefined) {
    last += 1;
    version = last;
    versions.set(about, version);
  }
  return version;
}
