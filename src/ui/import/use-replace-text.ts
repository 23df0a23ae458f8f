import { useState } from 'react';
import type { PlacedProblem } from '#wire/problem.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { SampleKind } from '#domain/samples/task-samples.ts';
import type { Opened } from '#engine/batch/calls/text-calls.ts';
import type { BatchPart } from '#engine/batch/batch-part.ts';
import type {
  CellsPasted,
  ChangedCells,
  PastedCells,
  RewrittenRows,
  RowsFit,
} from '#engine/batch/calls/cell-calls.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { isBlank, isSameText } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { FixScope } from './problems/fix-buttons.tsx';
import type { TextQueue } from '#ui/import/history/text-queue.ts';

/** Reports that something was done, or could not be. */
export interface Notice {
  words: string;
  /** The history step that the notice offers to undo, while it is the last one. */
  step?: number;
}

/** A workbook with several sheets, of which one is to be chosen. */
export interface SheetQuestion {
  file: File;
  sheets: string[];
}

/** A text that was pasted over a batch. */
export interface PasteQuestion {
  text: string;
  fit: RowsFit;
  /** Pastes it as cells, if it was pasted into the grid. */
  pasteCells?: (() => void) | undefined;
}

/** Changes that replace the whole text, each as one step that can be undone. */
export function useReplaceText(queue: TextQueue, onFileOpened: (name: string, text: TextOnScreen) => void) {
  const engine = useEngine();
  const [notice, notify] = useState<Notice>();
  const [pasteQuestion, setPasteQuestion] = useState<PasteQuestion>();
  const [sheetQuestion, askSheet] = useState<SheetQuestion>();

  /** `make` gives undefined if there is no new text, and notifies why. `words` are asked once it is made. */
  const replace = (words: string | (() => string), make: () => Promise<TextOnScreen | undefined>) =>
    queue.edit(async (before) => {
      const text = await make();
      if (text === undefined || isSameText(before, text)) return before;
      const { undo: step } = await engine.batch.nextSteps();
      const done = typeof words === 'string' ? words : words();
      if (!isBlank(before)) notify({ words: done, ...(step !== undefined && { step }) });
      return text;
    });

  const insertExample = (): Promise<unknown> =>
    replace('Inserted an example; your previous text was replaced.', async () => {
      const example = await engine.batch.example();
      if (example.ok) return engine.batch.replaceText(example.value);
      notify({ words: `No example: ${example.failure.message}` });
      return undefined;
    });

  const trySample = (kind: SampleKind, project: number): Promise<unknown> =>
    replace('Opened a sample; your previous text was replaced.', async () => {
      const sample = await engine.batch.sampleText(kind, project);
      if (sample.ok) return engine.batch.replaceText(sample.value);
      const { message, hint } = sample.failure;
      notify({ words: [`No sample: ${message}`, ...(hint === undefined ? [] : [hint])].join(' ') });
      return undefined;
    });

  const openFiles = (files: readonly File[], sheet?: string): Promise<unknown> => {
    const name = files.length === 1 ? files[0]!.name : count(files.length, 'file');
    return replace(`Opened ${name}; your previous text was replaced.`, async () => {
      const opened = await engine.batch.openFiles([...files], sheet);
      if (opened.ok) {
        onFileOpened(sheet === undefined ? name : `${name}, ${sheet}`, opened.text);
        return opened.text;
      }
      if ('sheets' in opened) askSheet({ file: files[0]!, sheets: opened.sheets });
      else notify({ words: `${name} wasn’t opened: ${opened.message} Your text is unchanged.` });
      return undefined;
    });
  };

  const writeAsRequests = (): void =>
    void replace('Converted to requests; your previous text was replaced.', () =>
      engine.batch.writeAsRequests(),
    );

  const removeRequest = (entry: number): void =>
    void replace(`Set ${entry + 1} removed.`, () => engine.batch.removeEntry(entry));

  const deleteRows = async (rows: Uint32Array): Promise<RewrittenRows | undefined> => {
    let written: RewrittenRows | undefined;
    await replace(`${count(rows.length, 'row')} deleted.`, async () => {
      written = await engine.batch.deleteRows(rows);
      return written.text;
    });
    return written;
  };

  const pasteCells = async (pasted: PastedCells): Promise<CellsPasted | undefined> => {
    let written: CellsPasted | undefined;
    await replace(
      () => pasteWords(written!),
      async () => {
        written = await engine.batch.pasteCells(pasted);
        if (written.changed === 0) notify({ words: pasteWords(written) });
        return written.text;
      },
    );
    return written;
  };

  const replaceInCells = async (
    ...where: Parameters<typeof engine.batch.replaceInCells>
  ): Promise<ChangedCells | undefined> => {
    let written: ChangedCells | undefined;
    await replace(
      () => `Replaced in ${count(written!.changed, 'cell')}.${lockedWords(written!)}`,
      async () => {
        written = await engine.batch.replaceInCells(...where);
        if (written.changed === 0) notify({ words: `No cell was changed.${lockedWords(written)}` });
        return written.text;
      },
    );
    return written;
  };

  const appendRows = (pasted: string): void =>
    void replace('Rows appended.', async () => (await engine.batch.appendRows(pasted)).text);

  /** Asks what a text does that is pasted over the batch. */
  async function askPaste(pasted: string) {
    await queue.settled();
    setPasteQuestion({ text: pasted, fit: await engine.batch.fitRows(pasted) });
  }

  /** Pastes cells into the grid, or asks first if they are a table like the batch’s own. */
  async function pasteInGrid(pasted: string, pasteOver: () => void) {
    await queue.settled();
    const fit = await engine.batch.fitRows(pasted);
    if ('rows' in fit) setPasteQuestion({ text: pasted, fit, pasteCells: pasteOver });
    else pasteOver();
  }

  const format = (): void => void replace('JSON formatted.', () => engine.batch.format());

  const insertLongText = async (place: { from: number; to: number }, pasted: string) => {
    await replace('Pasted.', async () => {
      const put = await putLongText(engine.batch, place, pasted);
      if (put.ok) return put.text;
      notify({ words: `Not pasted: ${put.message} Your text is unchanged.` });
      return undefined;
    });
    await queue.settled();
  };

  const discardDraft = (): Promise<unknown> =>
    replace('Draft discarded.', () => engine.batch.replaceText(''));

  const repair = (words: string) => replace(words, () => engine.batch.applyRepair());

  const fix = (problem: PlacedProblem, scope: FixScope) => {
    const places = scope === 'one' ? 'one place' : `${figure(problem.alike ?? 1)} places`;
    const done = `Fixed in ${places}.`;
    return replace(done, () => engine.batch.fix(problem, scope));
  };

  return {
    notice,
    notify: (next: Notice) => notify(next),
    dismiss: () => notify(undefined),
    insertExample,
    trySample,
    openFiles,
    sheetQuestion,
    closeSheetQuestion: () => askSheet(undefined),
    writeAsRequests,
    format,
    removeRequest,
    deleteRows,
    pasteCells,
    replaceInCells,
    appendRows,
    askPaste,
    pasteInGrid,
    pasteQuestion,
    closePasteQuestion: () => setPasteQuestion(undefined),
    fix,
    repair,
    insertLongText,
    discardDraft,
  };
}

/** What became of pasted cells, and what didn’t fit. */
function pasteWords(pasted: CellsPasted): string {
  const { rows, columns, changed, rowsBeyond, columnsBeyond } = pasted;
  const beyond = [
    ...(rowsBeyond > 0 ? [count(rowsBeyond, 'row')] : []),
    ...(columnsBeyond > 0 ? [count(columnsBeyond, 'column')] : []),
  ].join(' and ');
  const done =
    changed === 0
      ? 'No cell was changed.'
      : `Pasted ${count(rows, 'row')} of ${count(columns, 'column')}; ${count(changed, 'cell')} changed.`;
  const lost = beyond === '' ? '' : ` ${beyond} didn’t fit in the grid and weren’t pasted.`;
  return `${done}${lost}${lockedWords(pasted)}`;
}

const lockedWords = ({ locked }: ChangedCells): string =>
  locked === 0 ? '' : ` ${count(locked, 'cell')} can’t be edited here. Use the text view.`;

/** In UTF-16 code units; a slice of this size doesn't block the page. */
const sliceLength = 1_000_000;

/** Inserts a long text into the engine's text in slices, so that the page stays responsive. */
async function putLongText(
  batch: Pick<BatchPart, 'appendToBuffer' | 'insertBuffer'>,
  place: { from: number; to: number },
  words: string,
): Promise<Opened> {
  for (let from = 0; from < words.length; from += sliceLength)
    await batch.appendToBuffer(words.slice(from, from + sliceLength));
  return batch.insertBuffer(place);
}
