import type { PlacedProblem } from '#wire/problem.ts';
import { useState } from 'react';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';
import type { BatchPart } from '#engine/batch/batch-part.ts';
import { figure } from '#ui/components/numbers.ts';
import { isBlank, isSameText, wholeText } from '#ui/state/text-on-screen.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import type { BatchHistory } from '#ui/import/history/use-history.ts';
import type { TextQueue } from './text-queue.ts';

/** Said once something was done, or could not be. */
export interface Word {
  words: string;
  /** What was done can be taken back. Only said while it is the last thing that was done: undoing would undo that. */
  step?: number;
}

/** Texts that take the place of the one on the workbench. Whatever was there can be had back. */
export function useNewText(queue: TextQueue, history: BatchHistory) {
  const engine = useEngine();
  const [said, setSaid] = useState<Word>();

  /** `undefined` from `make` means that there is no new text, and that it has said why. */
  const replace = (words: string, make: () => Promise<TextOnScreen | undefined>) =>
    queue.edit(async (before) => {
      const text = await make();
      if (text === undefined || isSameText(before, text)) return before;
      const step = history.replaced(before, text);
      if (!isBlank(before)) setSaid({ words, step });
      return text;
    });

  const insertExample = () =>
    void replace('Inserted an example; your previous text was replaced.', async () => {
      const example = await engine.batch.example();
      if (example.ok) return wholeText(example.value);
      setSaid({ words: `No example: ${example.failure.message}` });
      return undefined;
    });

  const openFile = (file: File) =>
    void replace(`Opened ${file.name}; your previous text was replaced.`, async () => {
      const opened = await engine.batch.openFile(file);
      if (opened.ok) return opened.text;
      setSaid({ words: `${file.name} wasn’t opened: ${opened.message} Your text is unchanged.` });
      return undefined;
    });

  const writeAsRequests = () =>
    void replace('Converted to requests; your previous text was replaced.', () =>
      engine.batch.writeAsRequests(),
    );

  const removeRequest = (entry: number) =>
    void replace(`Request ${entry + 1} removed.`, () => engine.batch.removeEntry(entry));

  const layOut = () => void replace('JSON formatted.', () => engine.batch.format());

  const putIn = async (place: { from: number; to: number }, pasted: string) => {
    await replace('Pasted.', () => putLongText(engine.batch, place, pasted));
    await queue.settled();
  };

  const discard = () => void replace('Draft discarded.', async () => wholeText(''));

  const repair = (words: string) => replace(words, () => engine.batch.applyRepair());

  const fix = (problem: PlacedProblem, scope: 'one' | 'alike') => {
    const places = scope === 'one' ? 'one place' : `${figure(problem.alike ?? 1)} places`;
    const done = `Fixed in ${places}.`;
    return replace(done, () => engine.batch.fix(problem, scope));
  };

  return {
    said,
    say: setSaid,
    hush: () => setSaid(undefined),
    insertExample,
    openFile,
    writeAsRequests,
    layOut,
    removeRequest,
    fix,
    repair,
    putIn,
    discard,
  };
}

/** In UTF-16 code units: what the page hands over in one go without standing still for it. */
const sliceLength = 1_000_000;

/** Puts a long text into that of the engine, slice by slice: between two of them the page has time for everything else. */
async function putLongText(
  batch: Pick<BatchPart, 'appendToBuffer' | 'insertBuffer'>,
  place: { from: number; to: number },
  words: string,
): Promise<TextOnScreen> {
  for (let from = 0; from < words.length; from += sliceLength)
    await batch.appendToBuffer(words.slice(from, from + sliceLength));
  return batch.insertBuffer(place);
}
