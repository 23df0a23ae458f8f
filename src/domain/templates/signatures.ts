import { resized } from '#domain/text/resized.ts';

/** Distinct sets of traits, each with its template. */
interface Known {
  /** The outer template of the requests, and the codes of their traits with their counts, ascending by code. */
  outer: number;
  codes: readonly number[];
  counts: readonly number[];
  template: number;
}

/**
 * Collects the traits of one request and finds the template of requests with the same ones. Each trait counts up to its
 * own maximum.
 */
export class Signatures {
  private readonly names = new Map<string, number>();
  /** By trait. */
  private readonly most: number[] = [];
  private counts = new Int32Array(64);
  /** The traits of the current request. */
  private present = new Uint32Array(64);
  private presentCount = 0;
  private readonly known = new Map<number, Known[]>();

  codeOf(name: string, most: number): number {
    let code = this.names.get(name);
    if (code === undefined) this.names.set(name, (code = this.newCode(most)));
    return code;
  }

  newCode(most: number): number {
    this.most.push(most);
    if (this.most.length > this.counts.length) this.counts = resized(this.counts, this.counts.length * 2);
    return this.most.length - 1;
  }

  clear(): void {
    const { present, counts } = this;
    for (let index = 0; index < this.presentCount; index += 1) counts[present[index]!] = 0;
    this.presentCount = 0;
  }

  add(code: number): void {
    const count = this.counts[code]!;
    if (count === 0) this.addPresent(code);
    if (count < this.most[code]!) this.counts[code] = count + 1;
  }

  private addPresent(code: number): void {
    if (this.presentCount === this.present.length)
      this.present = resized(this.present, this.presentCount * 2);
    this.present[this.presentCount] = code;
    this.presentCount += 1;
  }

  /** The template of requests with this outer template and the current traits, or -1. */
  find(outer: number): number {
    const alike = this.known.get(this.hash(outer));
    if (alike === undefined) return -1;
    for (let at = 0; at < alike.length; at += 1)
      if (this.isSame(alike[at]!, outer)) return alike[at]!.template;
    return -1;
  }

  learn(outer: number, template: number): void {
    const codes = [...this.present.subarray(0, this.presentCount)];
    const one = { outer, codes, counts: codes.map((code) => this.counts[code]!), template };
    const hash = this.hash(outer);
    const alike = this.known.get(hash);
    if (alike === undefined) this.known.set(hash, [one]);
    else alike.push(one);
  }

  /** Independent of the order of traits. Only 30 bits, because V8 stores larger map keys as objects. */
  private hash(outer: number): number {
    let hash = Math.imul(outer + 1, 0x9e3779b1);
    const { present, counts } = this;
    for (let index = 0; index < this.presentCount; index += 1) {
      const code = present[index]!;
      hash = (hash + Math.imul(code * 64 + counts[code]! + 1, 0x85ebca6b)) | 0;
    }
    return hash >>> 2;
  }

  private isSame({ outer, codes, counts }: Known, asked: number): boolean {
    if (outer !== asked || codes.length !== this.presentCount) return false;
    for (let index = 0; index < codes.length; index += 1)
      if (this.counts[codes[index]!] !== counts[index]) return false;
    return true;
  }
}
