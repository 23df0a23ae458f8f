import { v4 as uuid } from 'uuid';
import { rowsOf, type BatchCheck } from '#domain/check.ts';
import type { PassedOver, Plan } from '#domain/plan/plan.ts';
import { PlanMemory } from '#domain/plan/plan-memory.ts';
import type { PlanView } from '#domain/plan/plan-view.ts';
import { labelsChanged, type ProjectConfigs } from '#engine/batch/project-configs.ts';
import type { Batch } from '#engine/batch/batch.ts';
import { notConnected } from '#engine/session/not-connected.ts';
import type { CurrentSession } from '#engine/session/open-session.ts';
import { RowPreviews, type RowPreview } from '#engine/tasks/row-previews.ts';
import { planFromReads, readForPlan, type RunOfPlan } from '#run/prepare.ts';
import { readExistingLabels } from '#run/read/existing-labels.ts';
import { routesOf } from '#run/routes/routes.ts';
import { refused, type Outcome } from '#wire/failure.ts';
import type { Span } from '#wire/json/json-scan.ts';
import { count } from '#wire/text/figures.ts';
import type { EarlierRuns } from '#engine/runs/earlier-runs.ts';
import type { LiveRuns } from '#engine/runs/live-runs.ts';
import { noChoices, type ReviewChoices } from '#engine/runs/review-choices.ts';
import { Review, type ReviewRow, type ReviewSummary, type RowFilter } from '#engine/runs/review.ts';

export interface PlanChoices {
  /** `resolve` turns a task selection into explicit tasks; `as-is` lets the server resolve it (bulk route only). */
  selection: 'resolve' | 'as-is';
  /** Plans only the valid rows. Otherwise, a batch with errors is refused. */
  skipInvalid?: boolean;
  /** The name of the opened file. */
  fileName?: string;
}

/** The review on screen and its latest plan. */
interface CurrentReview {
  /** The ID of its first plan. */
  id: string;
  review: Review;
  latest: { plan: Plan; view: PlanView; choices: ReviewChoices };
  planAgain(choices: ReviewChoices): CurrentReview['latest'];
}

/** Plans a batch, compares it with the server before anything is sent, and lists its rows. */
export function planCalls(
  batch: Batch,
  runs: LiveRuns,
  earlier: EarlierRuns,
  current: CurrentSession,
  now: () => number,
  currentConfigs: () => ProjectConfigs | undefined,
) {
  let known: CurrentReview | undefined;
  let stop = new AbortController();
  const previews = new RowPreviews(current);

  function reviewOf(id: string): CurrentReview {
    if (known?.id !== id) throw new Error('This review is over: the batch was planned once more.');
    return known;
  }

  return {
    /** Reads from the server what a plan needs, and plans all sendable rows. Creates nothing. */
    async plan({ selection, skipInvalid = false, fileName }: PlanChoices): Promise<Outcome<PlanView>> {
      const { session } = current;
      if (!session) return notConnected();
      const blocker = planBlocker(batch.checkup, skipInvalid);
      if (blocker) return blocker;
      const { connection } = session;
      const { server, user } = connection;
      const source = batch.source();
      const submitted = { bytes: source.text.bytes, importSettings: batch.settings, fileName };
      const routes = routesOf(connection.edition);
      const input = {
        client: session.client,
        routes,
        entries: source.parsed.entries,
        ...rowsOf(batch.checkup),
        chosenProject: batch.projectId,
      };
      const read = await readForPlan(input);
      if (!read.ok) return read;
      const reads = read.value;
      // Label Studio stores labels that a project doesn’t have.
      const [changed] = currentConfigs()?.update(reads.projects.values()) ?? [];
      if (changed) {
        batch.forgetCheckup();
        return refused('labels-changed', labelsChanged(changed));
      }
      const sent = await earlier.sentRows(server.linkBase, new Set(reads.projects.keys()));
      const review = new Review({ source, reads, me: user.id, linkBase: server.linkBase });

      /** Shared by plans that differ only in their rows. */
      const memories = new Map<string, PlanMemory>();
      function memoryFor({ oneByOne, omitLeadTime }: ReviewChoices): PlanMemory {
        const key = `${oneByOne} ${omitLeadTime}`;
        const memory = memories.get(key) ?? new PlanMemory();
        memories.set(key, memory);
        return memory;
      }

      function planFor(choices: ReviewChoices, skip: RunOfPlan['skip']): CurrentReview['latest'] {
        const id = uuid();
        const passedOver: PassedOver[] = [];
        const plan = planFromReads(input, reads, {
          selectionsAsIs: selection === 'as-is',
          oneByOne: choices.oneByOne,
          omit: choices.omitLeadTime ? ['lead_time'] : [],
          onPassedOver: (some) => passedOver.push(some),
          server: {
            address: server.linkBase,
            user: user.id,
            organisation: connection.organisationId,
            boot: server.boot,
          },
          createdAt: now(),
          id,
          // Eight digits of the run’s ID keep region IDs short and are enough to distinguish runs on one task.
          tag: `sheaf-${id.slice(0, 8)}`,
          skip,
          memory: memoryFor(choices),
        });
        const context = { routes, passedOver, sentBefore: sent.found, textOf: review.textOf };
        return { plan, choices, view: runs.add(plan, reads, source, submitted, context, session!) };
      }

      const latest = planFor(noChoices, (row, content) => {
        const run = sent.take(review.projectOf(row), reads.rows.task[row]!, content);
        if (run) review.noteSent(row, run);
        return undefined;
      });
      const { id } = latest.view;
      known = {
        id,
        review,
        latest,
        planAgain: (choices) => planFor(choices, review.skipBy(choices)),
      };
      return { ok: true, value: latest.view };
    },
    /** Plans the rows of a review with other choices. Reads nothing. */
    async replan(reviewId: string, choices: ReviewChoices): Promise<PlanView> {
      const reviewed = reviewOf(reviewId);
      if (JSON.stringify(reviewed.latest.choices) !== JSON.stringify(choices))
        reviewed.latest = reviewed.planAgain(choices);
      return reviewed.latest.view;
    },

    /**
     * Reads the tasks of a review and classifies its rows. `onProgress` gets the number of tasks read and the total.
     * Gives false if cancelled; then no task counts as read.
     */
    async compare(
      reviewId: string,
      onProgress: (read: number, of: number) => void,
    ): Promise<Outcome<boolean>> {
      const { session } = current;
      if (!session) return notConnected();
      stop.abort();
      const own = (stop = new AbortController());
      const { review } = reviewOf(reviewId);
      const tasks = review.newTaskLabels();
      const failure = await readExistingLabels(session.client, tasks, review.tasksToRead(), {
        stop: own.signal,
        onProgress,
      });
      if (own.signal.aborted) return { ok: true, value: false };
      if (failure) return { ok: false, failure };
      review.takeComparison(tasks);
      return { ok: true, value: true };
    },
    /** Cancels a running comparison. */
    async cancelCompare(): Promise<void> {
      stop.abort();
    },
    /** The summary of a review’s latest plan. */
    async reviewed(reviewId: string): Promise<ReviewSummary> {
      const { review, latest } = reviewOf(reviewId);
      return review.summary(latest.plan, latest.choices);
    },
    /** A page of the rows that match a filter, in source order, and their total number. */
    async reviewRows(
      reviewId: string,
      asked: { filter: RowFilter; from: number; to: number },
    ): Promise<{ total: number; rows: ReviewRow[] }> {
      const { review, latest } = reviewOf(reviewId);
      return review.rows(latest.plan, latest.choices, asked);
    },
    /** A row of a review on its task. Undefined if the labels of its project are unknown. */
    async reviewPreview(reviewId: string, row: number): Promise<RowPreview | undefined> {
      const input = reviewOf(reviewId).review.previewOf(row);
      return input && previews.of(input);
    },
    /** Where a row is in the text of the batch. */
    async placeOfRow(reviewId: string, row: number): Promise<{ entry: number } & Span> {
      return reviewOf(reviewId).review.placeOf(row);
    },
  };
}

/** Errors block a plan. With `skipInvalid` only errors of the whole text do. */
function planBlocker({ checked }: BatchCheck, skipInvalid: boolean): Outcome<never> | undefined {
  const { errors, sourceErrors, format } = checked;
  if (format !== 'unreadable' && (errors === 0 || (skipInvalid && sourceErrors === 0))) return undefined;
  return refused('mistakes', `The batch has ${count(errors, 'error')}.`, 'Fix them in Import.');
}
