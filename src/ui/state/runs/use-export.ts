import { useState } from 'react';
import type { RowQuery } from '#domain/results/result-rows.ts';
import type { ExportKind } from '#engine/runs/files/run-exports.ts';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { download } from '#ui/components/download.ts';
import { useEngine } from '#ui/state/use-engine.ts';

const copied: ReadonlySet<ExportKind> = new Set(['curl', 'python']);

/** Creates and downloads a file about a run; scripts are copied instead unless they are too long. */
export function useExport(runId: string, query: RowQuery) {
  const engine = useEngine();
  const [isExporting, setExporting] = useState(false);
  const [message, setMessage] = useState<{ severity: 'error' | 'info'; words: string }>();

  async function save(kind: ExportKind) {
    const { file, name } = await engine.runs.exportFile(runId, kind, query);
    if (!copied.has(kind)) return download(file, name);
    if (file.size > limits.copiedBytes) {
      download(file, name);
      const size = sizeInWords(limits.copiedBytes);
      return setMessage({ severity: 'info', words: `Saved as ${name}: more than ${size} isn’t copied.` });
    }
    try {
      await navigator.clipboard.writeText(await file.text());
      setMessage({
        severity: 'info',
        words: 'Copied. Put your token in LABEL_STUDIO_TOKEN before you run it.',
      });
    } catch {
      download(file, name);
      setMessage({ severity: 'info', words: `Saved as ${name}, since copying isn’t allowed.` });
    }
  }

  async function exportFile(kind: ExportKind) {
    setExporting(true);
    setMessage(undefined);
    try {
      await save(kind);
    } catch (error) {
      setMessage({ severity: 'error', words: (error as Error).message });
    } finally {
      setExporting(false);
    }
  }

  return { isExporting, message, dismiss: () => setMessage(undefined), exportFile };
}
