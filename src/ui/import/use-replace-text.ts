import { useState } from 'react';
import type { PlacedProblem } from '#wire/problem.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { SampleKind } from '#domain/samples/task-samples.ts';
import type { Opened } from '#engine/batch/calls/text-calls.ts';
import type { BatchPart } from '#engine/batch/batch-part.ts';
import type { Added, Fit } from '#engine/batch/calls/append-calls.ts';
import type {
  CellsPasted,
  ChangedCells,
  PastedCells,
  RewrittenRows,
} from '#engine/batch/calls/cell-calls.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { isBlank } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { FixScope } from './problems/fix-buttons.tsx';
import type { TextQueue } from '#ui/import/history/text-queue.ts';

/** Reports that something was done, or could not be. */
export interface Notice {
  words: string;
  /** The undo step offered by the notice while it is the last one. */
  step?: number;
}

/** A web page may copy cells as HTML only. */
export const noTextToPaste: Notice = {
  words: 'The clipboard has no text. Copy the cells in the spreadsheet again, or drop the file here.',
};

/** A workbook with several sheets to choose from. */
export interface SheetQuestion {
  file: File;
  sheets: string[];
}

/** Pasted text or opened files while there is a batch. */
export interface AppendQuestion {
  added: Added;
  fit: Fit;
  /** What reads otherwise than it is displayed elsewhere. */
  note?: string | undefined;
  /** Pastes it as cells; set if it was pasted into the grid. */
  pasteCells?: (() => void) | undefined;
}

/** Changes of the whole text, each as one undoable step. */
export function useReplaceText(queue: TextQueue, onFileOpened: (name: string, text: TextOnScreen) => void) {
  const engine = useEngine();
  const [notice, notify] = useState<Notice>();
  const [appendQuestion, setAppendQuestion] = useState<AppendQuestion>();
  const [sheetQuestion, askSheet] = useState<SheetQuestion>();

  /** `make` gives undefined if there is no new text, after showing why. `words` are evaluated after it. */
  const replace = (words: string | (() => string), make: () => Promise<TextOnScreen | undefined>) =>
    queue.edit(async (before) => {
      const text = await make();
      if (text === undefined || text.edition === before.edition) return before;
      const { undo: step } = await engine.batch.nextSteps();
      const done = typeof words === 'string' ? words : words();
      if (!isBlank(before)) notify({ words: done, ...(step !== undefined && { step }) });
      return text;
    });

  function named(name: string, text: TextOnScreen): TextOnScreen {
    onFileOpened(name, text);
    return text;
  }

  const insertExample = (): Promise<unknown> =>
    replace('Inserted an example; your previous text was replaced.', async () => {
      const example = await engine.batch.example();
      if (example.ok) return named('Example', await engine.batch.replaceText(example.value));
      notify({ words: `No example: ${example.failure.message}` });
      return undefined;
    });

  const trySample = (kind: SampleKind, project: number): Promise<unknown> =>
    replace('Opened a sample; your previous text was replaced.', async () => {
      const sample = await engine.batch.sampleText(kind, project);
      if (sample.ok) return named('Sample', await engine.batch.replaceText(sample.value));
      const { message, hint } = sample.failure;
      notify({ words: [`No sample: ${message}`, ...(hint === undefined ? [] : [hint])].join(' ') });
      return undefined;
    });

  const openFiles = (files: readonly File[], sheet?: string): Promise<unknown> => {
    const name = nameOf(files);
    let note: string | undefined;
    const words = () =>
      ['Opened ' + name + '; your previous text was replaced.', ...(note ? [note] : [])].join(' ');
    return replace(words, async () => {
      const opened = await engine.batch.openFiles([...files], sheet);
      if (opened.ok) {
        ({ note } = opened);
        if (note !== undefined) notify({ words: note });
        return named(sheet === undefined ? name : `${name}, ${sheet}`, opened.text);
      }
      notUnderstood(files, opened);
      return undefined;
    });
  };

  /** Asks for the sheet of a workbook, or says why files can’t be opened. */
  function notUnderstood(files: readonly File[], read: { sheets: string[] } | { message: string }) {
    if ('sheets' in read) askSheet({ file: files[0]!, sheets: read.sheets });
    else {
      const were = files.length === 1 ? 'wasn’t' : 'weren’t';
      notify({ words: `${nameOf(files)} ${were} opened: ${read.message} Your text is unchanged.` });
    }
  }

  /** Asks whether files replace or extend the batch. */
  async function askFiles(files: readonly File[], sheet?: string) {
    notify({ words: `Reading ${nameOf(files)} …` });
    await queue.settled();
    const added = { files: [...files], sheet };
    const read = await engine.batch.fitAppended(added);
    notify(undefined);
    if (read.ok) setAppendQuestion({ added, fit: read.fit, note: read.note });
    else notUnderstood(files, read);
  }

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

  const append = (added: Added): Promise<unknown> =>
    replace(appendedWords(added), () => engine.batch.append(added));

  async function fitOf(pasted: string): Promise<Fit | undefined> {
    await queue.settled();
    const read = await engine.batch.fitAppended(pasted);
    return read.ok ? read.fit : undefined;
  }

  /** Asks what to do with text pasted over the batch. */
  async function askPaste(pasted: string) {
    const fit = await fitOf(pasted);
    if (fit) setAppendQuestion({ added: pasted, fit });
  }

  /** Pastes cells into the grid, or asks first if they are a table with the batch’s columns. */
  async function pasteInGrid(pasted: string, pasteOver: () => void) {
    const fit = await fitOf(pasted);
    if (fit && 'entries' in fit) setAppendQuestion({ added: pasted, fit, pasteCells: pasteOver });
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
    notify,
    dismiss: () => notify(undefined),
    insertExample,
    trySample,
    openFiles,
    askFiles,
    sheetQuestion,
    closeSheetQuestion: () => askSheet(undefined),
    writeAsRequests,
    format,
    removeRequest,
    deleteRows,
    pasteCells,
    replaceInCells,
    append,
    askPaste,
    pasteInGrid,
    appendQuestion,
    closeAppendQuestion: () => setAppendQuestion(undefined),
    fix,
    repair,
    insertLongText,
    discardDraft,
  };
}

/** The name of one file, or how many there are. */
export const nameOf = (files: readonly File[]): string =>
  files.length === 1 ? files[0]!.name : count(files.length, 'file');

function appendedWords(added: Added): string {
  if (typeof added === 'string') return 'Rows appended.';
  return `${nameOf(added.files)} ${added.files.length === 1 ? 'was' : 'were'} appended.`;
}

/** The result of pasting cells, and what didn’t fit. */
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
  const were = rowsBeyond + columnsBeyond === 1 ? 'wasn’t' : 'weren’t';
  const lost = beyond === '' ? '' : ` ${beyond} didn’t fit in the grid and ${were} pasted.`;
  return `${done}${lost}${lockedWords(pasted)}`;
}

const lockedWords = ({ locked }: ChangedCells): string =>
  locked === 0 ? '' : ` ${count(locked, 'cell')} can’t be edited here. Use the text view.`;

/** In UTF-16 code units; a slice of this size doesn't block the page. */
const sliceLength = 1_000_000;

/** Inserts a long text in slices, so that the page stays responsive. */
async function putLongText(
  batch: Pick<BatchPart, 'appendToBuffer' | 'insertBuffer'>,
  place: { from: number; to: number },
  words: string,
): Promise<Opened> {
  for (let from = 0; from < words.length; from += sliceLength)
    await batch.appendToBuffer(words.slice(from, from + sliceLength));
  return batch.insertBuffer(place);
}
