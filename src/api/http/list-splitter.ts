import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from '#wire/text/char-codes.ts';

/**
 * Divides a JSON list, which arrives in pieces of text, into the texts of its items. So each is read and dropped at once: the
 * objects of 250 tasks together would outlive several collections of garbage.
 */
export class ListSplitter {
  /** The current item, as far as it is in earlier pieces. */
  private begun = '';
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private items = 0;
  private readonly take: (item: string) => void;

  constructor(take: (item: string) => void) {
    this.take = take;
  }

  /** @throws if it isn’t a list; what items look like isn’t checked */
  push(piece: string): void {
    let start = 0;
    for (let at = 0; at < piece.length;) {
      if (this.isInString) {
        at = this.skipString(piece, at);
        continue;
      }
      const unit = piece.charCodeAt(at);
      at += 1;
      if (this.depth === 0) {
        start = at;
        if (unit === OPEN_LIST && this.items === 0) this.depth = 1;
        else if (piece[at - 1]!.trim() !== '') throw new SyntaxError('Not a list');
      } else if (unit === QUOTE) this.isInString = true;
      else if (unit === OPEN_LIST || unit === OPEN_OBJECT) this.depth += 1;
      else if (this.depth > 1 && (unit === CLOSE_LIST || unit === CLOSE_OBJECT)) this.depth -= 1;
      else if (this.depth === 1 && (unit === COMMA || unit === CLOSE_LIST)) {
        this.endItem(piece.slice(start, at - 1), unit === CLOSE_LIST);
        start = at;
      }
    }
    this.begun += piece.slice(start);
  }

  /** Whether the list has ended. */
  get isWhole(): boolean {
    return this.items > 0 && this.depth === 0;
  }

  private endItem(end: string, isLast: boolean): void {
    const item = this.begun + end;
    const isEmptyList = isLast && this.items === 0 && item.trim() === '';
    this.begun = '';
    this.items += 1;
    if (isLast) this.depth = 0;
    if (!isEmptyList) this.take(item);
  }

  /** Gives the place behind the string that continues at `from`, or the end of the piece. */
  private skipString(piece: string, from: number): number {
    let at = this.isEscaped ? from + 1 : from;
    this.isEscaped = false;
    for (;;) {
      const found = piece.indexOf('"', at);
      const end = found < 0 ? piece.length : found;
      let slashes = 0;
      while (end - slashes > at && piece.charCodeAt(end - slashes - 1) === BACKSLASH) slashes += 1;
      const isEscaped = slashes % 2 === 1;
      if (found < 0) {
        this.isEscaped = isEscaped;
        return end;
      }
      at = end + 1;
      if (isEscaped) continue;
      this.isInString = false;
      return at;
    }
  }
}
