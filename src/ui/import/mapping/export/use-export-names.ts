import { useQuery } from '@tanstack/react-query';
import { useBatch } from '#ui/import/batch-context.tsx';
import { useEngine } from '#ui/state/use-engine.ts';

/** Foreign names in the current export; undefined until known, or if it isn’t an export. */
export function useExportNames() {
  const { checked, projectId, connected } = useBatch();
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['export-names', checked, projectId, connected],
    queryFn: async () => (await engine.batch.exportNames()) ?? null,
    enabled: checked?.reading?.export !== undefined,
    gcTime: 0,
    retry: false,
  });
  return data ?? undefined;
}
