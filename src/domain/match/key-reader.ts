import type { TaskMatching } from './comparison.ts';

/** Which part of a value is compared, and how. */
export type KeyOptions = Pick<TaskMatching, 'compare' | 'ignoresCase'>;

/** FNV-1a. */
const hashStart = 0x811c9dc5 | 0;
const hashStep = 0x01000193;

/** Finds the compared part of a value and its hash, usually without creating a string. */
export class KeyReader {
  /** After `read`: the key is `text` from `from` to `to`. Its case is as written, even if case is ignored. */
  text = '';
  from = 0;
  to = 0;
  hash = 0;
  private readonly how: KeyOptions;

  constructor(how: KeyOptions) {
    this.how = how;
  }

  /** Reads the key of a value; empty if it has none. */
  read(value: string): void {
    this.cut(value);
    this.hashKey();
  }

  /** The same for a task’s value: of an uploaded file, the key is its name before it was uploaded. */
  readTask(value: string): void {
    this.cut(value);
    if (isUpload(value) && this.hasUploadPrefix) this.from += prefixLength;
    this.hashKey();
  }

  /**
   * True if the key starts like the name of an uploaded file, to which Label Studio adds eight hexadecimal digits and a
   * dash (`upload_name_generator` of `data_import/models.py`).
   */
  get hasUploadPrefix(): boolean {
    const { text, from, to } = this;
    const dash = from + prefixLength - 1;
    if (this.how.compare === 'value' || dash >= to - 1 || text.charCodeAt(dash) !== DASH) return false;
    for (let at = from; at < dash; at += 1) {
      const code = text.charCodeAt(at);
      if (!(code >= ZERO && code <= NINE) && !(code >= SMALL_A && code <= SMALL_F)) return false;
    }
    return true;
  }

  /** Skips that prefix; false if there is none. */
  skipUploadPrefix(): boolean {
    if (!this.hasUploadPrefix) return false;
    this.from += prefixLength;
    this.hashKey();
    return true;
  }

  get isEmpty(): boolean {
    return this.from >= this.to;
  }

  /** The key as a separate string. */
  get key(): string {
    const part = this.text.slice(this.from, this.to);
    return this.how.ignoresCase ? folded(part) : part;
  }

  /** Whether another value has the same key. */
  isSame(text: string, from: number, to: number): boolean {
    if (to - from !== this.to - this.from) return false;
    const { ignoresCase } = this.how;
    for (let at = from; at < to; at += 1) {
      const one = text.charCodeAt(at);
      const other = this.text.charCodeAt(at - from + this.from);
      if (one !== other && !(ignoresCase && lower(one) === lower(other))) return false;
    }
    return true;
  }

  private cut(value: string): void {
    this.text = value;
    this.from = 0;
    this.to = value.length;
    const { compare } = this.how;
    if (compare !== 'value') this.cutToName();
    if (compare === 'file-stem') this.cutEnding();
  }

  /** Cuts to the last part of a path or URL, decoded. Label Studio uses `?d=` in addresses of local files. */
  private cutToName(): void {
    const query = this.text.indexOf('?');
    if (query >= 0) {
      const local = /[?&]d=([^&]*)/.exec(this.text);
      if (local === null) this.to = query;
      else {
        this.text = local[1]!;
        this.to = this.text.length;
      }
    }
    // A fragment ends the path only in a URL.
    const fragment = this.text.indexOf('#');
    if (fragment >= 0 && fragment < this.to && this.text.includes('://')) this.to = fragment;
    this.cutFolders();
    const escape = this.text.indexOf('%', this.from);
    if (escape >= 0 && escape < this.to) {
      this.text = decoded(this.text.slice(this.from, this.to));
      this.from = 0;
      this.to = this.text.length;
      this.cutFolders();
    }
  }

  /** A loop, because `lastIndexOf` costs ten times as much for a short name. */
  private cutFolders(): void {
    const { text, from } = this;
    for (let at = this.to - 1; at >= from; at -= 1) {
      const code = text.charCodeAt(at);
      if (code !== SLASH && code !== BACKSLASH) continue;
      this.from = at + 1;
      return;
    }
  }

  /** An extension has at most five letters and digits, not only digits. */
  private cutEnding(): void {
    const { text, from, to } = this;
    let hasLetter = false;
    let dot = to - 1;
    for (; dot > from && text.charCodeAt(dot) !== DOT; dot -= 1) {
      const code = lower(text.charCodeAt(dot));
      const isLetter = code >= SMALL_A && code <= SMALL_Z;
      if (to - dot > 5 || (!isLetter && !(code >= ZERO && code <= NINE))) return;
      hasLetter ||= isLetter;
    }
    if (hasLetter && dot > from) this.to = dot;
  }

  private hashKey(): void {
    if (this.how.ignoresCase) this.hashFolded();
    else this.hashExact();
  }

  private hashExact(): void {
    const { text, from, to } = this;
    let hash = hashStart;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), hashStep);
    this.hash = hash;
  }

  private hashFolded(): void {
    const { text, from, to } = this;
    let hash = hashStart;
    let wasSpace = true;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      const isSpace = code === SPACE;
      if (code > 0x7f || code < SPACE || (isSpace && wasSpace)) return this.hashUnusual();
      wasSpace = isSpace;
      hash = Math.imul(hash ^ lower(code), hashStep);
    }
    if (wasSpace && to > from) return this.hashUnusual();
    this.hash = hash;
  }

  /** For keys that aren’t ASCII, or have several spaces between words. */
  private hashUnusual(): void {
    this.text = folded(this.text.slice(this.from, this.to));
    this.from = 0;
    this.to = this.text.length;
    this.hashExact();
  }
}

/** Of an uploaded file. */
const prefixLength = 9;

const SPACE = 0x20;
const DOT = 0x2e;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const DASH = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const SMALL_A = 0x61;
const SMALL_F = 0x66;
const SMALL_Z = 0x7a;

const lower = (code: number): number => (code >= 0x41 && code <= 0x5a ? code + SPACE : code);

/** Lower case, composed form, trimmed, and with single spaces between words. */
const folded = (text: string): string => text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The compared part of a value; empty if it has none. */
export function keyOf(value: string, how: KeyOptions): string {
  const reader = new KeyReader(how);
  reader.read(value);
  return reader.key;
}

/** True for the address of a file uploaded to Label Studio. */
export const isUpload = (value: string): boolean => value.includes('upload/');
