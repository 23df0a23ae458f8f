import type { Bytes } from '#domain/text/source-text.ts';

/** The regions of one result. */
export interface MatchedRegions {
  templates: Uint32Array;
  slots: readonly MatchedSlot[];
}

export interface MatchedSlot {
  isId: boolean;
  /** Equal for equal contents: a number, the hash of a text or list, or the index of a referenced region. */
  value: number;
  /** True if equal values are equal contents. */
  isExact: boolean;
  text: Bytes;
}

/** True if two results have the same content; undefined if that needs parsing. */
export function haveSameRegions(one: MatchedRegions, other: MatchedRegions): boolean | undefined {
  if (one.templates.length !== other.templates.length) return false;
  if (one.templates.some((template, index) => template !== other.templates[index])) return undefined;
  let isSure = true;
  for (const [index, here] of one.slots.entries()) {
    const there = other.slots[index]!;
    if (here.isId) continue;
    if (here.value !== there.value) return false;
    if (!(here.isExact && there.isExact) && !areEqual(here.text, there.text)) isSure = false;
  }
  return isSure ? true : undefined;
}

function areEqual(one: Bytes, other: Bytes): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
