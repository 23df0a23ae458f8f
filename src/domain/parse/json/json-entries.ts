import type { Span } from '#wire/json-skip.ts';
import { readJson, type Json } from '#wire/json.ts';
import { CodeWriter } from '#domain/requests/dictionary.ts';
import { contentKey, type Contents } from '#domain/requests/contents.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { saysSame, type RequestFrames } from '#domain/templates/request-templates.ts';
import type { Pieces } from './json-pieces.ts';
import type { Sought } from './layout.ts';
import { skipValue } from './skip-bytes.ts';

/** Requests that stand one behind the other in a text, known by their frames. */
export function requestsIn(pieces: Pieces, known: RequestFrames): Entries {
  const at = (entry: number) => pieces.at(entry);
  let contents: Contents | undefined;
  return {
    length: pieces.length,
    at,
    frames: pieces.frames,
    firsts: pieces.firsts,
    namesOneTask: (frame) => pieces.isOneTask[frame]!,
    tasks: pieces.tasks,
    taskAt: (entry) => taskAt(pieces, known, entry),
    contents: () => (contents ??= contentsOf(pieces, known)),
  };
}

/** Of what is known by its looks no more is read than the task. */
function taskAt(pieces: Pieces, known: RequestFrames, entry: number): Json {
  const span = taskSpan(pieces, known, { entry, path: ['task'], of: 'value' });
  if (span === undefined) return (pieces.at(entry) as { task: Json }).task;
  return readJson(pieces.text.slice(span.from, span.to)).value ?? null;
}

/** Where the task of an entry stands, if that is what is sought, and the entry is known by its looks. */
export function taskSpan(
  pieces: Pieces,
  known: RequestFrames,
  { entry, path, of }: Sought,
): Span | undefined {
  if (entry === undefined || path.length !== 1 || path[0] !== 'task' || of !== 'value') return undefined;
  const { text, starts, frames, isLearned } = pieces;
  const frame = frames[entry]!;
  if (!isLearned[frame] || known.match(text.bytes, starts[entry]!) !== frame) return undefined;
  return { from: known.taskFrom, to: skipValue(text.bytes, known.taskFrom) };
}

function contentsOf(pieces: Pieces, known: RequestFrames): Contents {
  const { frames, length } = pieces;
  const finder = new ContentFinder(pieces, known);
  const codes = new CodeWriter();
  codes.reserve(length);
  const codeOfFrame = new Int32Array(pieces.firsts.length).fill(-1);
  for (let entry = 0; entry < length; entry += 1) {
    const frame = frames[entry]!;
    let code = codeOfFrame[frame]!;
    if (code < 0) {
      code = finder.codeOf(entry, frame);
      if (finder.isOfOneContent(frame)) codeOfFrame[frame] = code;
    }
    codes.write(entry, code);
  }
  return { codes: codes.finish(length), firsts: finder.firsts };
}

/** Tells entries apart by what they say: by their frame, by what stands in its holes, and where that does not tell, by reading. */
class ContentFinder {
  readonly firsts: number[] = [];
  private readonly pieces: Pieces;
  private readonly known: RequestFrames;
  private readonly byContent = new Map<number, number>();
  /** By a hash of what stands in the holes: the codes that have it. */
  private readonly byHash = new Map<number, number | number[]>();
  private readonly byKey = new Map<string, number>();
  private readonly keys = new Map<number, string>();

  constructor(pieces: Pieces, known: RequestFrames) {
    this.pieces = pieces;
    this.known = known;
  }

  /** Whether all entries of a frame say the same. */
  isOfOneContent(frame: number): boolean {
    const { known, pieces } = this;
    return pieces.isLearned[frame]! && !known.hasHoles(frame) && known.contentOf(frame) !== undefined;
  }

  codeOf(entry: number, frame: number): number {
    const { known, pieces } = this;
    if (!pieces.isLearned[frame]) return this.codeOfRead(entry);
    const content = known.contentOf(frame);
    if (content === undefined) return this.add(entry);
    if (known.hasHoles(frame)) return this.codeOfHoles(entry, frame);
    let code = this.byContent.get(content);
    if (code === undefined) {
      code = this.codeOfRead(pieces.firsts[frame]!, entry);
      this.byContent.set(content, code);
    }
    return code;
  }

  /** Of a request that was read, or is like one to the letter. */
  private codeOfRead(read: number, first = read): number {
    const request = this.pieces.at(read);
    const key = contentKey(request);
    if (key === undefined) return this.add(first);
    let code = this.byKey.get(key);
    if (code === undefined) {
      const hash = this.known.hashOfRead(request);
      code = this.codesWith(hash).find((one) => this.keyOf(one) === key) ?? this.add(first, hash);
      this.byKey.set(key, code);
    }
    return code;
  }

  private codeOfHoles(entry: number, frame: number): number {
    const { known, pieces } = this;
    const { frames, firsts, hashes, text, isLearned } = pieces;
    const isFirst = firsts[frame] === entry;
    // The first of a frame was read, before there was a frame to hash it by.
    if (isFirst && !this.look(entry)) return this.codeOfRead(entry);
    const hash = isFirst ? known.hashOfSaid(frame)! : hashes[entry]!;
    const alike = this.codesWith(hash);
    if (alike.length === 0) return this.add(entry, hash);
    if (!this.look(entry)) return this.codeOfRead(entry);
    const said = known.said(text.bytes, frame);
    const isSame = (code: number) => {
      const first = this.firsts[code]!;
      const other = frames[first]!;
      const hasHoles = isLearned[other]! && known.hasHoles(other) && this.look(first);
      const isSure = hasHoles ? saysSame(said, known.said(text.bytes, other)) : undefined;
      return isSure ?? this.keyOf(code) === contentKey(pieces.at(entry));
    };
    return alike.find(isSame) ?? this.add(entry, hash);
  }

  private codesWith(hash: number | undefined): readonly number[] {
    const codes = hash === undefined ? undefined : this.byHash.get(hash);
    return typeof codes === 'number' ? [codes] : (codes ?? []);
  }

  /** Fills the holes with what stands in this entry; false where it looks like another frame by now. */
  private look(entry: number): boolean {
    const { text, starts, frames } = this.pieces;
    return this.known.match(text.bytes, starts[entry]!) === frames[entry];
  }

  private keyOf(code: number): string {
    const key = this.keys.get(code) ?? contentKey(this.pieces.at(this.firsts[code]!))!;
    this.keys.set(code, key);
    return key;
  }

  private add(entry: number, hash?: number): number {
    const code = this.firsts.length;
    this.firsts.push(entry);
    const alike = this.codesWith(hash);
    if (hash !== undefined) this.byHash.set(hash, alike.length === 0 ? code : [...alike, code]);
    return code;
  }
}
