import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OptionRows, OptionSearch } from '#domain/form/option-rows.ts';
import type { AnswerOnScreen } from '#engine/batch/calls/form-calls.ts';
import { useEngine } from '#ui/state/use-engine.ts';

const forNow = { staleTime: Infinity, gcTime: 0, throwOnError: true } as const;

/**
 * The unfolded or found options of an input. An input comes with its first options; the engine finds others. `read`
 * gives those for words that were just typed.
 */
export function useOptions(input: AnswerOnScreen, asked: OptionSearch) {
  const engine = useEngine();
  const client = useQueryClient();
  const { form, name, options: first } = input;
  const query = (search: OptionSearch) => ({
    queryKey: ['options', form, name, search],
    queryFn: () => engine.batch.options(form, name, search),
  });
  const isAll = asked.search === '' && asked.unfolded.length === 0 && first.rows.length === first.found;
  const { data } = useQuery({
    ...forNow,
    ...query(asked),
    enabled: !isAll,
    // Keeps the previous rows while others are loading.
    placeholderData: keepPreviousData,
  });
  return {
    options: isAll || data === undefined ? first : data,
    read: (search: OptionSearch): Promise<OptionRows> =>
      client.fetchQuery({ ...query(search), staleTime: Infinity, gcTime: 0 }),
  };
}

/** The labels along each path, as annotators see them. */
export function useOptionLabels({ form, name }: AnswerOnScreen, paths: string[][]): string[][] {
  const engine = useEngine();
  const { data } = useQuery({
    ...forNow,
    queryKey: ['option labels', form, name, paths],
    queryFn: () => engine.batch.optionLabels(form, name, paths),
    enabled: paths.length > 0,
  });
  return data ?? paths;
}
