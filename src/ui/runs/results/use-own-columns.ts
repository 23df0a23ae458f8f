import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { RunView } from '#engine/runs/run-view.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { limits } from '#wire/limits.ts';
import { keepColumns, readKeptColumns } from './kept-columns.ts';

/** A column of the submitted file. */
export interface OwnColumn {
  name: string;
  /** From 0. */
  column: number;
}

export type OwnColumns = ReturnType<typeof useOwnColumns>;

/** Columns of the submitted file, and which are shown. The file is read only if a column is shown. */
export function useOwnColumns({ id }: RunView) {
  const engine = useEngine();
  const [chosen, setChosen] = useState(() => readKeptColumns(localStorage));
  const [isAsked, setAsked] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['own-columns', id],
    queryFn: () => engine.runs.ownColumns(id),
    enabled: isAsked || chosen.length > 0,
    staleTime: Infinity,
  });
  const all: OwnColumn[] | undefined = data?.names.map((name, column) => ({ name, column }));
  const shown = all?.filter(({ name }) => chosen.includes(name)).slice(0, limits.shownOwnColumns) ?? [];

  return {
    /** Undefined until read. */
    all,
    /** Number of further columns in the file. */
    more: data === undefined ? 0 : data.total - data.names.length,
    shown,
    error,
    ask: () => setAsked(true),
    toggle(name: string) {
      const others = chosen.filter((one) => one !== name);
      const next = others.length < chosen.length ? others : [name, ...chosen];
      setChosen(next);
      keepColumns(localStorage, next);
    },
  };
}
