import { createHash } from 'node:crypto';
import type { CallReportAnswer } from '#wire/sheaf-call.ts';
import { limits } from '#wire/limits.ts';

/** A complete answer of Label Studio. */
export interface WholeAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The outcome of forwarding a call. */
export type Forwarded =
  | { kind: 'answered'; answer: WholeAnswer }
  /** Connecting to Label Studio failed. */
  | { kind: 'nothing-sent'; message: string }
  /** The connection ended without a complete answer. */
  | { kind: 'lost'; message: string };

export interface CreatingCall {
  id: string;
  /** Milliseconds since 1970. */
  sentAt: number;
  authorization: string;
  path: string;
  body: Uint8Array;
}

/**
 * `mismatch`: the name was used for another call; `refused`: it was reported as “never arrived”; `forgotten`: an earlier
 * copy may have arrived before this server started or made room.
 */
export type Arrival = Forwarded | { kind: 'mismatch' | 'refused' | 'forgotten' };

interface Entry {
  /** The sender, see `ownerOf`. */
  owner: string;
  fingerprint: string;
  arrivedAt: number;
  forwarding: Promise<Forwarded>;
  /** Undefined while it is being forwarded. */
  outcome: Forwarded | undefined;
  bytes: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Remembers creating calls for a day: each is forwarded once, however often it arrives, and its answer is kept.
 * Browsers may send a POST twice when a connection dies.
 */
export class CallMemory {
  private readonly entries = new Map<string, Entry>();
  /** Names that were reported as “never arrived”, and are refused from then on. */
  private readonly refusedIds = new Map<string, number>();
  private bytes = 0;
  /** Calls that arrived up to this time may have been forgotten. */
  private forgottenUpTo: number;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    // An earlier process may have forwarded calls sent before this start.
    this.forgottenUpTo = now();
  }

  /** Forwards a call the first time; after that, gives its outcome. */
  async arrive(call: CreatingCall, forward: () => Promise<Forwarded>): Promise<Arrival> {
    this.makeRoom();
    const fingerprint = fingerprintOf(call);
    const known = this.entries.get(call.id);
    if (known) return known.fingerprint === fingerprint ? known.forwarding : { kind: 'mismatch' };
    if (this.refusedIds.has(call.id)) return { kind: 'refused' };
    if (!(call.sentAt > this.forgottenUpTo)) return { kind: 'forgotten' };
    const entry: Entry = {
      owner: ownerOf(call.authorization),
      fingerprint,
      arrivedAt: this.now(),
      forwarding: forward().catch((error: unknown) => ({ kind: 'lost', message: String(error) })),
      outcome: undefined,
      bytes: 0,
    };
    this.entries.set(call.id, entry);
    const outcome = await entry.forwarding;
    const kept = outcome.kind === 'answered' ? { ...outcome, answer: shortened(outcome.answer) } : outcome;
    entry.outcome = kept;
    entry.forwarding = Promise.resolve(kept);
    entry.bytes = kept.kind === 'answered' ? kept.answer.body.length : 0;
    this.bytes += entry.bytes;
    return outcome;
  }

  /**
   * Reports on a call that was sent at this time, by the clock of the same computer. For anyone but its sender it is
   * forgotten.
   */
  ask(id: string, sentAt: number, authorization: string): CallReportAnswer {
    this.makeRoom();
    const entry = this.entries.get(id);
    if (entry)
      return entry.owner === ownerOf(authorization) ? reportOf(entry.outcome) : { state: 'forgotten' };
    if (!(sentAt > this.forgottenUpTo)) return { state: 'forgotten' };
    this.refusedIds.set(id, this.now());
    return { state: 'never-arrived' };
  }

  private makeRoom(): void {
    const oldest = this.now() - dayMs;
    for (const [id, entry] of this.entries) {
      const isFull = this.entries.size > limits.rememberedCalls || this.bytes > limits.rememberedCallBytes;
      if (!entry.outcome) continue;
      if (entry.arrivedAt >= oldest && !isFull) break;
      this.entries.delete(id);
      this.bytes -= entry.bytes;
      this.forgottenUpTo = Math.max(this.forgottenUpTo, entry.arrivedAt);
    }
    for (const [id, at] of this.refusedIds) {
      if (at >= oldest && this.refusedIds.size <= limits.rememberedCalls) break;
      this.refusedIds.delete(id);
      this.forgottenUpTo = Math.max(this.forgottenUpTo, at);
    }
  }
}

/** Identifies the user of an access token, which changes at each renewal; other tokens identify themselves. */
function ownerOf(authorization: string): string {
  const [, payload] = /^Bearer [^.]+\.([^.]+)\.[^.]+$/.exec(authorization) ?? [];
  if (payload === undefined) return authorization;
  try {
    const { user_id: user } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      user_id?: unknown;
    };
    return user === undefined ? authorization : `user ${JSON.stringify(user)}`;
  } catch {
    return authorization;
  }
}

function fingerprintOf({ authorization, path, body }: CreatingCall): string {
  return createHash('sha256').update(`${authorization}\n${path}\n`).update(body).digest('base64');
}

function reportOf(outcome: Forwarded | undefined): CallReportAnswer {
  if (!outcome) return { state: 'in-progress' };
  if (outcome.kind !== 'answered') return { state: outcome.kind };
  const { status, body } = outcome.answer;
  return { state: 'answered', status, body: Buffer.from(body).toString() };
}

/** Keeps only the IDs of a 201, because Label Studio answers with whole annotations. */
function shortened({ status, headers, body }: WholeAnswer): WholeAnswer {
  const short = status === 201 ? idsIn(body) : undefined;
  const kept = short === undefined ? body.subarray(0, limits.rememberedAnswerBytes) : Buffer.from(short);
  const names = ['content-type', 'retry-after'];
  const keptHeaders = names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  return { status, headers: Object.fromEntries(keptHeaders) as Record<string, string>, body: kept };
}

function idsIn(body: Uint8Array): string | undefined {
  try {
    const answer: unknown = JSON.parse(Buffer.from(body).toString());
    const idOnly = (item: unknown) => ({ id: (item as { id: unknown }).id });
    return JSON.stringify(Array.isArray(answer) ? answer.map(idOnly) : idOnly(answer));
  } catch {
    return undefined;
  }
}
