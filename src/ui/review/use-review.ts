import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PlanView } from '#domain/plan/plan-view.ts';
import type { PlanChoices } from '#engine/runs/calls/plan-calls.ts';
import type { ReviewChoices } from '#engine/runs/review-choices.ts';
import type { Failure } from '#wire/failure.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { WorkbenchStore } from '#ui/state/workbench.ts';
import { batchName, type Workbench } from '#ui/state/workbench-state.ts';

/** Up to this many tasks are read without asking: about a minute on a typical server. */
const readAtOnce = 20_000;

export type BatchChecks = Pick<WorkbenchStore, 'settled' | 'checkAgain'>;

export interface ComparisonState {
  state: 'reading' | 'compared' | 'skipped' | 'failed';
  progress: { read: number; of: number } | undefined;
  failure: Failure | undefined;
  /** Its end in milliseconds since 1970. */
  at: number;
  /** Number of tasks to read. */
  tasks: number;
  compare: () => void;
  skip: () => void;
}

/** Plans the batch: first from the server, then again for each choice without reading anything. */
export function useReview(
  workbench: Workbench,
  { settled, checkAgain }: BatchChecks,
  selection: PlanChoices['selection'],
  choices: ReviewChoices,
) {
  const engine = useEngine();
  const first = useQuery({
    queryKey: ['review', workbench.revision, selection],
    queryFn: async () => {
      await settled();
      const fileName = batchName(workbench);
      const plan = () =>
        engine.runs.plan({
          selection,
          skipInvalid: workbench.skipsInvalidRows,
          ...(fileName !== undefined && { fileName }),
        });
      const planned = await plan();
      if (planned.ok || planned.failure.reason !== 'labels-changed') return planned;
      await checkAgain();
      return plan();
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    throwOnError: true,
  });
  const firstPlan = first.data?.ok ? first.data.value : undefined;
  const reviewId = firstPlan?.id ?? '';
  const replanned = useQuery({
    queryKey: ['plan', reviewId, choices],
    queryFn: () => engine.runs.replan(reviewId, choices),
    enabled: firstPlan !== undefined,
    // Keeps the old plan visible while the next one is made; its button waits.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
  const comparison = useComparison(firstPlan);
  const plan = replanned.data ?? firstPlan;
  const summary = useQuery({
    queryKey: ['reviewed', reviewId, plan?.id, comparison.state, comparison.at],
    queryFn: () => engine.runs.reviewed(reviewId),
    enabled: plan !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
  return {
    reviewId,
    failure: first.data?.ok === false ? first.data.failure : undefined,
    isReading: !first.data,
    /** The plan to execute. */
    plan,
    isReplanning: first.isFetching || replanned.isPlaceholderData || replanned.isPending,
    summary: summary.data,
    comparison,
    /** Reads everything again. */
    again: () => void first.refetch(),
  };
}

function useComparison(plan: PlanView | undefined): ComparisonState {
  const engine = useEngine();
  const [progress, setProgress] = useState<{ of: string; read: number; total: number }>();
  const [askedFor, setAskedFor] = useState<string>();
  const id = plan?.id ?? '';
  const tasks = plan?.tasks ?? 0;
  const isWanted = tasks <= readAtOnce || askedFor === id;
  const { data, isFetching, dataUpdatedAt, refetch } = useQuery({
    queryKey: ['comparison', id],
    queryFn: () => engine.runs.compare(id, (read, total) => setProgress({ of: id, read, total })),
    enabled: plan !== undefined && isWanted,
    staleTime: Infinity,
    gcTime: 0,
  });
  const isReading = isWanted && (isFetching || !data);
  return {
    state: isReading
      ? 'reading'
      : !data
        ? 'skipped'
        : !data.ok
          ? 'failed'
          : data.value
            ? 'compared'
            : 'skipped',
    progress: isReading && progress?.of === id ? { read: progress.read, of: progress.total } : undefined,
    failure: data?.ok === false ? data.failure : undefined,
    at: dataUpdatedAt,
    tasks,
    compare: () => (isWanted ? void refetch() : setAskedFor(id)),
    skip: () => void engine.runs.cancelCompare(),
  };
}
