import { bodyOf } from '#domain/plan/planned-groups.ts';
import { openPlan, planFormat, readableFormats } from '#domain/plan/plan.ts';
import { newAccount, rowStates } from '#domain/results/account.ts';
import { fold } from '#domain/results/fold-account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import { readText } from '#api/http/read-body.ts';
import { isJsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import type { NewRun } from './run-store.ts';

/** A run with its whole journal, as saved to a file. */
export interface SavedRun extends NewRun {
  events: RunEvent[];
}

const kind = 'sheaf-run';

/**
 * Writes a run as gzipped JSON. Typed arrays and maps become tagged objects.
 *
 * @throws with a sentence for people if the file would be too large to open
 */
export async function writeRunFile(run: SavedRun): Promise<Blob> {
  const text = new Blob([JSON.stringify({ kind, format: planFormat, run }, tagged)]);
  if (text.size > limits.fileBytes)
    throw new Error(
      `This run has more than ${sizeInWords(limits.fileBytes)}, too much for one file. Export its results instead.`,
    );
  const packed = text.stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).blob();
}

/**
 * Unpacks no more than `maxBytes`.
 *
 * @throws with a sentence for people if the file isn’t a run of this version, is too large, or is damaged
 */
export async function readRunFile(file: Blob, maxBytes: number = limits.fileBytes): Promise<SavedRun> {
  const content = await unpack(file, maxBytes);
  if (content?.kind !== kind) throw new Error('This file isn’t a run that Sheaf saved.');
  if (!readableFormats.includes(content.format))
    throw new Error('Another version of Sheaf saved this run. Reload the page to get the newest version.');
  try {
    const saved = content.run as SavedRun;
    const run = { ...saved, plan: openPlan(saved.plan)! };
    assertWhole(run);
    return run;
  } catch (error) {
    throw new Error('This run’s file is damaged: its parts don’t fit together. Save it again.', {
      cause: error,
    });
  }
}

/** @throws if parts are missing or don’t fit together, because the run would fail halfway */
function assertWhole({ plan, view, summary, source, events }: SavedRun): void {
  const { rows, groups, projects, skips, server } = plan;
  const { count } = groups;
  const columns: [ArrayLike<number>, unknown, number | undefined][] = [
    [rows.task, Float64Array, rows.count],
    [rows.entry, Uint32Array, rows.count],
    [projects, Float64Array, undefined],
    [groups.entry, Uint32Array, count],
    [groups.order, Uint32Array, rows.count - skips.size],
    [groups.starts, Uint32Array, count + 1],
    [groups.contents, Float64Array, count],
    [groups.proofs, Uint8Array, count],
    [groups.route, Uint8Array, count],
    [groups.bodyStarts, Float64Array, count + 1],
  ];
  const { totals, user, server: address, projects: titles } = summary;
  const facts = [
    ...columns.map(
      ([column, type, length]) => column.constructor === type && column.length === (length ?? column.length),
    ),
    groups.bodies.every((piece) => piece instanceof Uint8Array),
    groups.bodies.reduce((sum, { length }) => sum + length, 0) === groups.bodyStarts[count],
    groups.starts[count] === groups.order.length,
    groups.order.every((row) => row < rows.count),
    groups.route.every((route) => typeof groups.routes[route] === 'string'),
    groups.selections instanceof Map,
    skips instanceof Map,
    server.projects instanceof Map,
    server.labels === undefined || server.labels instanceof Map,
    typeof server.address === 'string',
    typeof plan.tag === 'string',
    typeof plan.id === 'string',
    plan.id === summary.id,
    plan.id === view.id,
    plan.format === planFormat,
    summary.rows === rows.count,
    Number.isFinite(summary.createdAt),
    Number.isFinite(summary.size),
    typeof summary.pinned === 'boolean',
    typeof user.name === 'string',
    typeof address.name === 'string',
    typeof address.address === 'string',
    titles.every(({ id, title }) => Number.isFinite(id) && typeof title === 'string'),
    rowStates.every((state) => Number.isFinite(totals[state])),
    source === undefined || (source.bytes instanceof Uint8Array && typeof source.importSettings === 'object'),
  ];
  const wrong = facts.indexOf(false);
  if (wrong !== -1) throw new Error(`Fact ${wrong} about the parts doesn’t hold.`);
  for (let group = 0; group < count; group += 1)
    if (!isJsonObject(bodyOf(groups, group))) throw new Error(`Body ${group} isn’t an object.`);
  const account = newAccount(plan);
  // Events of types that this version doesn’t know are ignored.
  for (const event of events)
    if ((fold(account, event) as unknown) === undefined) throw new Error(`Event ${event.type} isn’t known.`);
}

async function unpack(
  file: Blob,
  maxBytes: number,
): Promise<{ kind?: unknown; format?: unknown; run?: unknown } | undefined> {
  let text: string | undefined;
  try {
    const unpacked = new Response(file.stream().pipeThrough(new DecompressionStream('gzip')));
    text = await readText(unpacked, maxBytes);
  } catch {
    if (file.size === 0 || (await isPacked(file)))
      throw new Error(
        'This file is incomplete or damaged, so nothing was added. Download or copy it again, or save the run again.',
      );
    return undefined;
  }
  if (text === undefined)
    throw new Error(
      `This file has more than ${sizeInWords(maxBytes)} when it is unpacked, which is more than Sheaf opens. Open the run in the browser that it was saved from.`,
    );
  try {
    return JSON.parse(text, untagged) as { kind?: unknown };
  } catch {
    return undefined;
  }
}

/** True if it starts like gzip. */
async function isPacked(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

const arrays = { Uint8Array, Uint32Array, Int32Array, Float64Array };

function tagged(_: string, value: unknown): unknown {
  if (value instanceof Map) return { $: 'Map', items: [...(value as Map<unknown, unknown>)] };
  if (value instanceof Set) return { $: 'Set', items: [...(value as Set<unknown>)] };
  if (ArrayBuffer.isView(value)) return { $: value.constructor.name, items: base64(value) };
  return value;
}

function untagged(_: string, value: unknown): unknown {
  if (!isTagged(value)) return value;
  const { $: tag, items } = value;
  if (tag === 'Map') return new Map(items as [unknown, unknown][]);
  if (tag === 'Set') return new Set(items as unknown[]);
  const Type = arrays[tag as keyof typeof arrays];
  return Type && typeof items === 'string' ? new Type(bytesOf(items).buffer) : value;
}

const isTagged = (value: unknown): value is { $: unknown; items: unknown } =>
  typeof value === 'object' && value !== null && '$' in value && 'items' in value;

const sliceBytes = 0x8000;

function base64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let binary = '';
  for (let from = 0; from < bytes.length; from += sliceBytes)
    binary += String.fromCharCode(...bytes.subarray(from, from + sliceBytes));
  return btoa(binary);
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
