/** Walks through the characters of a text that no text may hold: NUL, and halves of characters (lone surrogates). */
export class BadCharacters {
  private readonly text: string;
  private nulAt: number;
  private loneAt: number;

  constructor(text: string) {
    this.text = text;
    this.nulAt = this.nulFrom(0);
    this.loneAt = text.isWellFormed() ? Infinity : loneSurrogateFrom(text, 0);
  }

  /** Where the next one stands; infinitely far behind the last. */
  get at(): number {
    return Math.min(this.nulAt, this.loneAt);
  }

  get isNul(): boolean {
    return this.nulAt < this.loneAt;
  }

  goOn(): void {
    if (this.isNul) this.nulAt = this.nulFrom(this.nulAt + 1);
    else this.loneAt = loneSurrogateFrom(this.text, this.loneAt + 1);
  }

  private nulFrom(from: number): number {
    const at = this.text.indexOf('\0', from);
    return at < 0 ? Infinity : at;
  }
}

function loneSurrogateFrom(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(at + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return at;
    at += 1;
  }
  return Infinity;
}
