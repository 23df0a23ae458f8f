import { planFormat } from '#domain/plan/plan.ts';
import { fold, newAccount } from '#domain/results/account.ts';
import type { RunEvent } from '#domain/results/run-event.ts';
import type { NewRun } from './run-store.ts';

/** A run with its whole journal, as it is saved to a file. */
export interface SavedRun extends NewRun {
  events: RunEvent[];
}

const kind = 'sheaf-run';

/** Writes a run as gzipped JSON. Typed arrays and maps are written as tagged objects. */
export async function writeRunFile(run: SavedRun): Promise<Blob> {
  const text = JSON.stringify({ kind, format: planFormat, run }, tagged);
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(packed).blob();
}

/** @throws with a sentence for people if the file isn’t a run of this version, or is damaged */
export async function readRunFile(file: Blob): Promise<SavedRun> {
  const content = await unpack(file);
  if (content?.kind !== kind) throw new Error('This file isn’t a run that Sheaf saved.');
  if (content.format !== planFormat)
    throw new Error('Another version of Sheaf saved this run. Reload the page to get the newest version.');
  try {
    const run = content.run as SavedRun;
    const account = newAccount(run.plan);
    for (const event of run.events) fold(account, event);
    const { rows, groups } = run.plan;
    const isWhole =
      rows.task.length === rows.count &&
      rows.entry.length === rows.count &&
      groups.starts.length === groups.count + 1 &&
      groups.bodyStarts.at(-1) === groups.bodies.length &&
      typeof run.summary.id === 'string' &&
      run.summary.id === run.plan.id;
    if (!isWhole) throw new Error('lengths differ');
    return run;
  } catch {
    throw new Error('This run’s file is damaged: its parts don’t fit together. Save it again.');
  }
}

async function unpack(file: Blob): Promise<{ kind?: unknown; format?: unknown; run?: unknown } | undefined> {
  try {
    const text = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text();
    return JSON.parse(text, untagged) as { kind?: unknown };
  } catch {
    return undefined;
  }
}

const arrays = { Uint8Array, Uint32Array, Int32Array, Float64Array };

function tagged(_: string, value: unknown): unknown {
  if (value instanceof Map) return { $: 'Map', items: [...(value as Map<unknown, unknown>)] };
  if (value instanceof Set) return { $: 'Set', items: [...(value as Set<unknown>)] };
  if (ArrayBuffer.isView(value)) return { $: value.constructor.name, items: base64(value) };
  return value;
}

function untagged(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('$' in value) || !('items' in value)) return value;
  const { $: tag, items } = value;
  if (tag === 'Map') return new Map(items as [unknown, unknown][]);
  if (tag === 'Set') return new Set(items as unknown[]);
  const Type = arrays[tag as keyof typeof arrays];
  return Type && typeof items === 'string' ? new Type(bytesOf(items).buffer) : value;
}

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
