import { type TextVersion, isSameVersion } from '#wire/text/text-version.ts';
import { textOfSlices } from '#domain/text/decode.ts';
import { SourceText, type Edit } from '#domain/text/source-text.ts';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { placeOfLine, type PartPosition, type TextPart } from '#domain/text/text-window.ts';
import type { BatchText, StepTaken, TextOnScreen, TransferredText } from '#engine/batch/batch-text.ts';
import { readFiles } from '#engine/batch/files/read-files.ts';
import { bytesOf } from '#engine/batch/read-file.ts';
import { transferText } from '#engine/batch/transfer-text.ts';
import type { NextSteps, Typing } from '#engine/batch/undo-history.ts';

export type Opened = { ok: true; text: TextOnScreen } | { ok: false; /** For people. */ message: string };

/**
 * The same for files. Without a text, there may be sheets of a workbook to choose from. `note` says what reads otherwise than it
 * is displayed elsewhere.
 */
export type FilesOpened =
  | { ok: true; text: TextOnScreen; note?: string }
  | Exclude<Opened, { ok: true }>
  | { ok: false; sheets: string[] };

export interface PartOfText extends TextVersion {
  part: TextPart;
}

/** Typed changes; their places are those of the version they were typed into. */
export interface TypedChange extends TextVersion {
  edits: Edit[];
  /** Undefined for a change that isn't a step. */
  typing: Typing | undefined;
}

/** Opens, shows and edits the text. */
export function textCalls(text: BatchText) {
  let buffer: string[] = [];
  let bufferUnits = 0;
  const fromStart = () => {
    text.view = { at: 'from', place: 0 };
  };

  return {
    /**
     * Replaces the text by files: UTF-8 or UTF-16 text (also gzipped), archives of such files, or an Excel workbook, of
     * which `sheet` is read. Several files are joined to one text.
     */
    async openFiles(files: File[], sheet?: string): Promise<FilesOpened> {
      const read = await readFiles(files, sheet);
      if (!read.ok) return read;
      fromStart();
      return { ok: true, text: text.replace(read.text), ...(read.note !== undefined && { note: read.note }) };
    },
    /** The text as a file, without copying it to the page. */
    async textAsFile(): Promise<Blob> {
      return new Blob([text.source.bytes], { type: 'text/plain' });
    },
    /**
     * Opens a draft that is a file from `textAsFile`, unless the text isn’t this version any more. Undefined if the file isn’t
     * readable any more.
     */
    async openDraft(draft: Blob, version: TextVersion): Promise<TextOnScreen | undefined> {
      const bytes = await bytesOf(draft);
      if (bytes === undefined) return undefined;
      if (!isSameVersion(version, text.version)) return text.onScreen();
      fromStart();
      return text.open(SourceText.ofOwn(bytes));
    },
    /** Replaces the text by another text of the screen. */
    replaceText: async (words: string): Promise<TextOnScreen> => text.replace(SourceText.of(words)),

    /** The asked part of a large text; the screen shows it from now on. */
    textPart: async (asked: PartPosition): Promise<PartOfText> => ({
      ...text.version,
      part: text.show(asked),
    }),
    /** The place where a line begins; `line` counts from 1. */
    placeOfLine: async (line: number): Promise<number> => placeOfLine(text.source, line),

    /** Applies typed changes. Changes to another version are ignored. */
    async type({ edits, typing, ...version }: TypedChange): Promise<void> {
      if (isSameVersion(version, text.version)) text.type(edits, typing);
    },
    /** Collects a long paste in slices for `insertBuffer`, so that no message is large. */
    async appendToBuffer(slice: string): Promise<void> {
      bufferUnits += slice.length;
      if (bufferUnits > limits.fileBytes) buffer = [];
      else buffer.push(slice);
    },
    /** Replaces a range by the collected slices and puts the cursor after them, unless the text gets too large. */
    async insertBuffer(place: { from: number; to: number }): Promise<Opened> {
      const { source } = text;
      const [from, to] = [source.offsetOf(place.from), source.offsetOf(place.to)];
      const kept = source.bytes.length - (to - from);
      // A code unit takes at least one byte.
      const put = kept + bufferUnits > limits.fileBytes ? undefined : textOfSlices(buffer);
      buffer = [];
      bufferUnits = 0;
      if (put === undefined || kept + put.bytes.length > limits.fileBytes)
        return {
          ok: false,
          message: `The text would be more than ${sizeInWords(limits.fileBytes)}. Split it.`,
        };
      return { ok: true, text: text.replace(source.with(from, to, put), {}, place.from + put.length) };
    },

    /** Undoes the last step of the batch; undefined if there is none. */
    undo: async (): Promise<StepTaken | undefined> => text.take('undo'),
    redo: async (): Promise<StepTaken | undefined> => text.take('redo'),
    /** The ids of the next steps to undo and redo. */
    nextSteps: async (): Promise<NextSteps> => text.steps,

    /** Moves the text and its history to the engine of another server. */
    async exportText(): Promise<TransferredText | undefined> {
      const released = text.release();
      // A copy, because messages transfer these bytes and a run may still read the original.
      return transferText({ ...released, bytes: released.bytes.slice() });
    },
    /** Continues with the result of another engine’s `exportText`. */
    async importText(released: TransferredText): Promise<void> {
      text.adopt(released);
    },
  };
}
