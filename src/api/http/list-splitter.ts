const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Divides a JSON list, which arrives in pieces of text, into the texts of its items. So each is read and dropped at once: the
 * objects of 250 tasks together would outlive several collections of garbage.
 */
export class ListSplitter {
  /** The text from the start of the current item on. */
  private text = '';
  private at = 0;
  private depth = 0;
  private isInString = false;
  private items = 0;
  private readonly take: (item: string) => void;

  constructor(take: (item: string) => void) {
    this.take = take;
  }

  /** @throws if it isn’t a list; what items look like isn’t checked */
  push(piece: string): void {
    const text = (this.text += piece);
    let start = 0;
    let at = this.at;
    for (; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (this.isInString) {
        if (unit === backslash) at += 1;
        else if (unit === quote) this.isInString = false;
      } else if (this.depth === 0) {
        start = at + 1;
        if (unit === openBracket && this.items === 0) this.depth = 1;
        else if (text[at]!.trim() !== '') throw new SyntaxError('Not a list');
      } else if (unit === quote) this.isInString = true;
      else if (unit === openBracket || unit === openBrace) this.depth += 1;
      else if (this.depth > 1 && (unit === closeBracket || unit === closeBrace)) this.depth -= 1;
      else if (this.depth === 1 && (unit === comma || unit === closeBracket)) {
        const item = text.slice(start, at);
        const isEmptyList = unit === closeBracket && this.items === 0 && item.trim() === '';
        this.items += 1;
        start = at + 1;
        if (unit === closeBracket) this.depth = 0;
        if (!isEmptyList) this.take(item);
      }
    }
    this.text = text.slice(start);
    this.at = at - start;
  }

  /** Whether the list has ended. */
  get isWhole(): boolean {
    return this.items > 0 && this.depth === 0;
  }
}
