import { displayedFields } from '#config/label-config.ts';
import { summariseResult } from '#domain/plan/entry-summary.ts';
import { LabelTally, labelsIn, sharesOf, type LabelShares } from '#domain/plan/label-tally.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { CheckedBatch } from '#domain/results/exports/remaining-rows.ts';
import { linkTo } from '#domain/results/result-rows.ts';
import type { PreviewInput } from '#engine/tasks/row-previews.ts';
import type { PlanReads } from '#run/prepare.ts';
import { TaskLabels, type RowClass } from '#run/read/existing-labels.ts';
import type { Span } from '#wire/json/json-scan.ts';
import type { JsonObject } from '#wire/json/json.ts';
import { labelsHash } from '#wire/hash/labels-hash.ts';
import { limits } from '#wire/limits.ts';
import { isoDay } from '#wire/text/words.ts';
import type { EarlierRun } from './earlier-runs.ts';
import type { Policy, RowDecision, ReviewChoices } from './review-choices.ts';

/** The state of a row before it is sent. `unread`: its task wasn’t or couldn’t be read. */
export type RowKind = 'new' | 'other' | 'same' | 'missing' | 'unread';

/** `repeated`: its task has several rows in this batch. `skipped`: the plan doesn’t send it. */
export type RowFilter = RowKind | 'all' | 'repeated' | 'skipped' | 'ground-truth';

/** The summary of a review. The kinds add up to all rows. */
export interface ReviewSummary {
  rows: number;
  kinds: Record<RowKind, number>;
  /** How many of the existing same and other labels are by the user. */
  byMe: { same: number; other: number };
  /** How many rows each policy would create with the other choices unchanged. */
  creates: Record<Policy, number>;
  /** Rows whose task has several rows. */
  repeatedRows: number;
  shares: LabelShares;
  /** Tasks whose ground truth this plan clears: the first few. */
  clearedGroundTruths: { tasks: { task: number; link: string }[]; count: number };
  /** False if some tasks’ texts exceeded the memory limit. */
  hasAllTexts: boolean;
}

/** A row of the review. */
export interface ReviewRow {
  row: number;
  entry: number;
  task: number;
  link: string;
  /** The task’s text, if it was read. */
  text?: string | undefined;
  /** The first labels, or a few words if there are none. */
  labels: string[];
  moreLabels: number;
  kind: RowKind;
  byMe: boolean;
  /** The existing labels of the task, if they differ. */
  existing?: string | undefined;
  isRepeated: boolean;
  decision?: RowDecision | undefined;
  /** Why it isn’t sent; undefined if it is. */
  skipped?: string | undefined;
  /** True if it can’t be sent under any choice. */
  isUnavailable: boolean;
}

const skippedClasses: Record<Policy, readonly RowClass[]> = {
  all: [],
  unlabelled: ['same-by-me', 'same-by-others', 'other-by-me', 'other-by-others'],
  'not-same': ['same-by-me', 'same-by-others'],
  'not-mine': ['same-by-me', 'other-by-me'],
};
const policies = Object.keys(skippedClasses) as Policy[];

const policyReasons: Record<RowClass, string> = {
  new: '',
  'same-by-me': 'The task has the same labels already, by you.',
  'same-by-others': 'The task has the same labels already, by someone else.',
  'other-by-me': 'The task has other labels already, by you.',
  'other-by-others': 'The task has other labels already, by someone else.',
};

const sentReason = ({ fileName, startedAt }: EarlierRun): string =>
  `Already sent by the run ${fileName === undefined ? '' : `of ${fileName} `}on ${isoDay(startedAt)}.`;

const classes = [
  'unread',
  'missing',
  'new',
  'same-by-me',
  'same-by-others',
  'other-by-me',
  'other-by-others',
] as const;
type CodedClass = (typeof classes)[number];
const codeOf = (name: CodedClass) => classes.indexOf(name);
const kindOf = (name: CodedClass): RowKind =>
  name.startsWith('same') ? 'same' : name.startsWith('other') ? 'other' : (name as RowKind);

/** The shared content of entries. */
interface Content {
  labelsHash: number;
  isGroundTruth: boolean;
}

interface ReviewInput {
  source: CheckedBatch;
  reads: PlanReads;
  me: number;
  linkBase: string;
}

/** A batch compared with the server before anything is sent, in columns by row. */
export class Review {
  readonly source: CheckedBatch;
  readonly reads: PlanReads;
  /** The existing annotations; undefined if they weren’t read. */
  private tasks: TaskLabels | undefined;
  private readonly me: number;
  private readonly linkBase: string;
  /** The class of each row, as an index into `classes`. */
  private readonly classOf: Uint8Array;
  /** 1 for rows that can’t be sent under any choice. */
  private readonly isUnavailable: Uint8Array;
  /** For tasks with several rows: 1 for the first row, 2 for the others. */
  private readonly repeats: Uint8Array;
  private readonly sentBy = new Map<number, EarlierRun>();
  private readonly contents: (Content | undefined)[] = [];
  private batchTally: LabelTally | undefined;
  private selected: { plan: Plan; filter: RowFilter; rows: Uint32Array } | undefined;

  constructor({ source, reads, me, linkBase }: ReviewInput) {
    this.source = source;
    this.reads = reads;
    this.me = me;
    this.linkBase = linkBase;
    const { count } = reads.rows;
    this.classOf = new Uint8Array(count);
    this.isUnavailable = new Uint8Array(count);
    this.repeats = new Uint8Array(count);
    const firstOf = new Map<string, number>();
    for (let row = 0; row < count; row += 1) {
      if (!reads.exists(row)) this.classOf[row] = codeOf('missing');
      if (reads.unavailable(row) !== undefined) {
        this.isUnavailable[row] = 1;
        continue;
      }
      const key = `${this.projectOf(row)} ${reads.rows.task[row]}`;
      const first = firstOf.get(key);
      if (first === undefined) firstOf.set(key, row);
      else {
        this.repeats[first] = 1;
        this.repeats[row] = 2;
      }
    }
  }

  /** By project: the distinct tasks of all sendable rows. */
  tasksToRead(): Map<number, number[]> {
    const wanted = new Map<number, Set<number>>();
    const { rows } = this.reads;
    for (let row = 0; row < rows.count; row += 1) {
      if (this.classOf[row] === codeOf('missing')) continue;
      const project = this.projectOf(row);
      wanted.set(project, (wanted.get(project) ?? new Set()).add(rows.task[row]!));
    }
    return new Map([...wanted].map(([project, tasks]) => [project, [...tasks]]));
  }

  /** An empty target for reading the tasks’ labels. */
  newTaskLabels(): TaskLabels {
    return new TaskLabels((project) => {
      const { config } = this.source.configOf?.({ project }) ?? {};
      const [field] = config ? displayedFields(config) : [];
      return field && { key: field.key, isHtml: field.tag === 'HyperText' };
    });
  }

  /** Classifies the rows by the annotations of their tasks. */
  takeComparison(tasks: TaskLabels): void {
    this.tasks = tasks;
    this.selected = undefined;
    const { rows } = this.reads;
    for (let row = 0; row < rows.count; row += 1) {
      if (this.classOf[row] === codeOf('missing')) continue;
      const { labelsHash: labels } = this.contentOf(row);
      const found = tasks.classOf(this.projectOf(row), rows.task[row]!, labels, this.me);
      this.classOf[row] = codeOf(found ?? 'unread');
    }
  }

  /** The first line of a task’s text; undefined if it wasn’t read. */
  textOf = (project: number, task: number): string | undefined => this.tasks?.textOf(project, task);

  noteSent(row: number, run: EarlierRun): void {
    this.sentBy.set(row, run);
  }

  /** Why these choices skip a row; undefined if they don’t. */
  skipBy({ policy, skipSent, keepFirst, decisions }: ReviewChoices): (row: number) => string | undefined {
    const decided = new Map(decisions);
    return (row) => {
      const decision = decided.get(row);
      if (decision === 'skip') return 'You chose to skip it in the review.';
      if (decision === 'create') return undefined;
      const sent = skipSent ? this.sentBy.get(row) : undefined;
      if (sent) return sentReason(sent);
      if (keepFirst && this.repeats[row] === 2) return 'An earlier row of this batch is for the same task.';
      const found = classes[this.classOf[row]!]!;
      const isSkipped = (skippedClasses[policy] as readonly string[]).includes(found);
      return isSkipped ? policyReasons[found as RowClass] : undefined;
    };
  }

  summary(plan: Plan, choices: ReviewChoices): ReviewSummary {
    const { rows } = this.reads;
    const summary: ReviewSummary = {
      rows: rows.count,
      kinds: { new: 0, other: 0, same: 0, missing: 0, unread: 0 },
      byMe: { same: 0, other: 0 },
      creates: { all: 0, 'not-same': 0, 'not-mine': 0, unlabelled: 0 },
      repeatedRows: 0,
      shares: sharesOf((this.batchTally ??= this.tallyOfBatch()), this.tasks?.tally),
      clearedGroundTruths: this.clearedGroundTruths(plan),
      hasAllTexts: this.tasks?.hasAllTexts ?? true,
    };
    const skips = policies.map((policy) => ({ policy, skip: this.skipBy({ ...choices, policy }) }));
    for (let row = 0; row < rows.count; row += 1) {
      const found = classes[this.classOf[row]!]!;
      summary.kinds[kindOf(found)] += 1;
      if (found === 'same-by-me') summary.byMe.same += 1;
      if (found === 'other-by-me') summary.byMe.other += 1;
      if (this.repeats[row]! > 0) summary.repeatedRows += 1;
      if (this.isUnavailable[row]) continue;
      for (const { policy, skip } of skips) if (skip(row) === undefined) summary.creates[policy] += 1;
    }
    return summary;
  }

  /** Matching rows from index `from` to before `to`, and their total number. */
  rows(
    plan: Plan,
    { decisions }: ReviewChoices,
    { filter, from, to }: { filter: RowFilter; from: number; to: number },
  ): { total: number; rows: ReviewRow[] } {
    const selected = this.select(plan, filter);
    const decided = new Map(decisions);
    return {
      total: selected.length,
      rows: Array.from(selected.subarray(from, to), (row) => this.row(plan, row, decided.get(row))),
    };
  }

  /** The place of a row’s entry in the text, in UTF-16 code units. */
  placeOf(row: number): { entry: number } & Span {
    const entry = this.reads.rows.entry[row]!;
    const { text, parsed } = this.source;
    const [span] = parsed.layout.spans([{ entry, path: [] }]);
    return { entry, from: text.unitsAt(span!.from), to: text.unitsAt(span!.to) };
  }

  /** The input for previewing a row; undefined if the labels of its project are unknown. */
  previewOf(row: number): PreviewInput | undefined {
    const { rows } = this.reads;
    const request = this.source.parsed.entries.at(rows.entry[row]!) as JsonObject;
    const project = this.projectOf(row);
    const { config } = this.source.configOf?.({ project }) ?? {};
    return config && { request, config, project, task: rows.task[row] };
  }

  private row(plan: Plan, row: number, decision: RowDecision | undefined): ReviewRow {
    const { rows } = this.reads;
    const [entry, task, project] = [rows.entry[row]!, rows.task[row]!, this.projectOf(row)];
    const request = this.source.parsed.entries.at(entry) as JsonObject;
    const labels =
      request['was_cancelled'] === true
        ? []
        : labelsIn(request['result']).flatMap(({ labels: some }) => [...some]);
    if (labels.length === 0) labels.push(summariseResult(request));
    const found = classes[this.classOf[row]!]!;
    const kind = kindOf(found);
    return {
      row,
      entry,
      task,
      link: linkTo(this.linkBase, project, task),
      text: this.textOf(project, task),
      labels: labels.slice(0, limits.rowLabels),
      moreLabels: Math.max(0, labels.length - limits.rowLabels),
      kind,
      byMe: found.endsWith('-by-me'),
      existing: kind === 'other' ? this.tasks?.wordsOf(project, task) : undefined,
      isRepeated: this.repeats[row]! > 0,
      decision,
      skipped: plan.skips.get(row),
      isUnavailable: this.isUnavailable[row] === 1,
    };
  }

  private select(plan: Plan, filter: RowFilter): Uint32Array {
    if (this.selected?.plan !== plan || this.selected.filter !== filter) {
      const found: number[] = [];
      for (let row = 0; row < this.reads.rows.count; row += 1)
        if (this.matches(plan, filter, row)) found.push(row);
      this.selected = { plan, filter, rows: Uint32Array.from(found) };
    }
    return this.selected.rows;
  }

  private matches(plan: Plan, filter: RowFilter, row: number): boolean {
    switch (filter) {
      case 'all':
        return true;
      case 'repeated':
        return this.repeats[row]! > 0;
      case 'skipped':
        return plan.skips.has(row);
      case 'ground-truth':
        return this.clearsGroundTruth(plan, row);
      case 'new':
      case 'other':
      case 'same':
      case 'missing':
      case 'unread':
        return kindOf(classes[this.classOf[row]!]!) === filter;
    }
  }

  private clearedGroundTruths(plan: Plan): ReviewSummary['clearedGroundTruths'] {
    const cleared = new Map<string, { task: number; link: string }>();
    const { rows } = this.reads;
    for (let row = 0; row < rows.count; row += 1) {
      if (!this.clearsGroundTruth(plan, row)) continue;
      const [project, task] = [this.projectOf(row), rows.task[row]!];
      cleared.set(`${project} ${task}`, { task, link: linkTo(this.linkBase, project, task) });
    }
    return { tasks: [...cleared.values()].slice(0, limits.listedGroundTruths), count: cleared.size };
  }

  private clearsGroundTruth(plan: Plan, row: number): boolean {
    if (!this.tasks || plan.skips.has(row) || !this.contentOf(row).isGroundTruth) return false;
    return this.tasks.hasGroundTruth(this.projectOf(row), this.reads.rows.task[row]!);
  }

  /** Counts the labels of all rows, once per distinct content. */
  private tallyOfBatch(): LabelTally {
    const { rows } = this.reads;
    const { entries } = this.source.parsed;
    const { codes } = entries.contentCodes();
    const uses = new Map<number, { entry: number; times: number }>();
    for (let row = 0; row < rows.count; row += 1) {
      const entry = rows.entry[row]!;
      const known = uses.get(codes[entry]!);
      if (known) known.times += 1;
      else uses.set(codes[entry]!, { entry, times: 1 });
    }
    const tally = new LabelTally();
    for (const { entry, times } of uses.values()) {
      const { result, was_cancelled: isSkip } = entries.at(entry) as JsonObject;
      if (isSkip !== true) tally.add(result, times);
    }
    return tally;
  }

  private contentOf(row: number): Content {
    const { entries } = this.source.parsed;
    const entry = this.reads.rows.entry[row]!;
    const code = entries.contentCodes().codes[entry]!;
    const known = this.contents[code];
    if (known) return known;
    const { result, was_cancelled: isSkip, ground_truth: isGroundTruth } = entries.at(entry) as JsonObject;
    const content = {
      labelsHash: labelsHash(result, isSkip === true),
      isGroundTruth: isGroundTruth === true,
    };
    this.contents[code] = content;
    return content;
  }

  projectOf(row: number): number {
    return this.reads.projectOf[this.reads.rows.entry[row]!]!;
  }
}
