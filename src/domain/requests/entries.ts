import { isId } from '#wire/bulk-request.ts';
import { isJsonObject, writeJson, type Json } from '#wire/json.ts';
import { CodeWriter, KeyCodes, type Codes } from './dictionary.ts';
import { contentsOfFrames, type Contents } from './contents.ts';
import { TaskIdWriter, type TaskIds } from './task-ids.ts';

/**
 * The requests of a source, in columns: there may be a million, and most of a large batch say one of a few things about one
 * task each. What stands there as JSON is made when it is asked for.
 */
export interface Entries {
  readonly length: number;
  /** What stands there; never to be changed. It may be anything that JSON can hold. */
  at(entry: number): Json;
  /**
   * The frame of each. Entries of one frame are made alike: whatever there is to be said about one of them by itself is to be
   * said about each, and they use the same labels. They may differ in their task, and in what no rule minds.
   */
  readonly frames: Codes;
  /** The first entry of each frame. */
  readonly firsts: ArrayLike<number>;
  /** Whether the entries of a frame are about one task each, which the field `task` names: then its id is in `tasks`. */
  namesOneTask(frame: number): boolean;
  /** Ids of these tasks. One that is no id is 0, or beyond 2^53; `taskAt` gives what stands there. */
  readonly tasks: TaskIds;
  taskAt(entry: number): Json;
  /** Which entries say the same. Found when it is asked for first. */
  contents(): Contents;
  /** Whether a request says nothing at all, where that is hardly meant; only of records. */
  isSilent?(request: Json): boolean;
}

/** Requests that are there as JSON. */
export function entriesOf(values: readonly Json[]): Entries {
  const keys = new KeyCodes();
  const frames = new CodeWriter();
  const tasks = new TaskIdWriter();
  const firsts: number[] = [];
  const isOneTask: boolean[] = [];
  values.forEach((value, entry) => {
    const isOne = namesOneTask(value);
    const task = isOne ? (value as { task: Json }).task : 0;
    // Whether a number is an id is for a rule to say; which number it is, is not a part of the frame.
    const frame = keys.codeOf(isOne ? writeJson({ ...(value as object), task: 0 }) : `${entry}`);
    frames.write(entry, frame);
    tasks.write(entry, isId(task) ? task : 0);
    if (frame === firsts.length) {
      firsts.push(entry);
      isOneTask.push(isOne);
    }
  });
  const at = (entry: number): Json => values[entry] ?? null;
  let contents: Contents | undefined;
  const entries: Entries = {
    length: values.length,
    at,
    frames: frames.finish(values.length),
    firsts,
    namesOneTask: (frame) => isOneTask[frame]!,
    tasks: tasks.finish(values.length),
    taskAt: (entry) => (at(entry) as { task: Json }).task,
    contents: () => (contents ??= contentsOfFrames(entries)),
  };
  return entries;
}

/** Whether a request is about the one task that its `task` names. */
export function namesOneTask(request: Json): boolean {
  return (
    isJsonObject(request) &&
    (request['task'] ?? null) !== null &&
    (request['tasks'] ?? null) === null &&
    (request['selected_items'] ?? null) === null
  );
}

/** Remembers what was found out of an entry that is the same for all entries of its frame. */
export function byFrame<T>(entries: Entries, find: (request: Json) => T): (entry: number) => T {
  const known = new Map<number, T>();
  return (entry) => {
    const frame = entries.frames[entry]!;
    if (!known.has(frame)) known.set(frame, find(entries.at(entries.firsts[frame]!)));
    return known.get(frame)!;
  };
}
