import { useRef, useState, type KeyboardEvent } from 'react';
import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import InputBase from '@mui/material/InputBase';
import type { CellOption } from '#domain/parse/grid/grid-columns.ts';
import { limits } from '#wire/limits.ts';
import { ListNote, PaperWithNote, WindowedListbox } from '#ui/components/inputs/windowed-listbox.tsx';
import { figure } from '#ui/components/numbers.ts';
import { rowHeight } from './grid-styles.ts';

/** The move after a cell is committed; `stay` if the focus has already moved. */
export type Onward = 'down' | 'up' | 'right' | 'left' | 'stay';

interface CellEditorProps {
  /** The cell's accessible name. */
  label: string;
  /** The cell's text. */
  words: string;
  /** The letter that started the edit and replaces the cell's text. */
  typed: string | undefined;
  /** Suggestions; other texts are allowed. */
  options: readonly CellOption[];
  onTake: (words: string, onward: Onward) => void;
  onCancel: () => void;
}

/** Edits one cell. Enter and Tab commit, Escape cancels. */
export function CellEditor(props: CellEditorProps) {
  // A one-line input would lose line breaks.
  const isPick = props.options.length > 0 && !/[\r\n]/.test(props.words);
  return isPick ? <PickEditor {...props} /> : <TextEditor {...props} />;
}

function TextEditor({ label, words, typed, onTake, onCancel }: CellEditorProps) {
  const once = useOnce();

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const input = event.currentTarget;
    if (event.key === 'Enter' && event.altKey) {
      event.preventDefault();
      input.setRangeText('\n', input.selectionStart, input.selectionEnd, 'end');
      return;
    }
    const onward = onwardOf(event);
    if (onward === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    once(() => (onward === undefined ? onCancel() : onTake(asTyped(input.value, words), onward)));
  }

  return (
    <Box
      component="textarea"
      aria-label={label}
      defaultValue={typed ?? words}
      ref={focusAtEnd}
      rows={1}
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={({ target }) => once(() => onTake(asTyped(target.value, words), 'stay'))}
      sx={textArea}
    />
  );
}

/** Restores the original line endings, which inputs normalize to \n. */
const asTyped = (typed: string, words: string) =>
  typed === words.replaceAll(/\r\n?/g, '\n') ? words : typed;

function PickEditor({ label, words, typed, options, onTake, onCancel }: CellEditorProps) {
  const [input, setInput] = useState(typed ?? words);
  const once = useOnce();
  const labels = new Map(options.map((option) => [option.value, option.label]));

  /** Runs before the list handles Escape, which would only close the list. */
  function onEscape(event: KeyboardEvent & { defaultMuiPrevented?: boolean | undefined }) {
    if (event.key !== 'Escape') return;
    event.defaultMuiPrevented = true;
    once(onCancel);
  }

  /** Runs after the list has taken its highlighted option. */
  function onKeyDown(event: KeyboardEvent) {
    const onward = onwardOf(event);
    if (onward === undefined) return;
    event.preventDefault();
    once(() => onTake(input, onward));
  }

  return (
    <Box onKeyDown={onKeyDown} sx={{ flex: 1, minWidth: 0 }}>
      <ListNote value={options.length >= limits.listed ? firstOnly : undefined}>
        <Autocomplete
          freeSolo
          disableClearable
          openOnFocus
          // The existing text isn’t a search: all options are offered until the user types.
          defaultValue={typed === undefined ? words : ''}
          inputValue={input}
          onInputChange={(_, next, reason) => reason !== 'reset' && setInput(next)}
          onChange={(_, picked) => once(() => onTake(picked, 'down'))}
          options={options.map(({ value }) => value)}
          filterOptions={createFilterOptions({
            stringify: (value) => `${value} ${labels.get(value) ?? ''}`,
          })}
          slots={{ paper: PaperWithNote }}
          onKeyDown={onEscape}
          slotProps={{
            paper: { sx: { border: 1, borderColor: 'outline.main' } },
            listbox: { component: WindowedListbox },
          }}
          renderOption={({ key, ...option }, value) => (
            <Box component="li" key={key} {...option}>
              {value}
              {labels.get(value) !== value && (
                <Box component="span" sx={{ ml: 2, color: 'text.secondary' }}>
                  {labels.get(value)}
                </Box>
              )}
            </Box>
          )}
          renderInput={({ slotProps }) => (
            <InputBase
              ref={slotProps.input.ref}
              autoFocus
              fullWidth
              inputProps={{ ...slotProps.htmlInput, 'aria-label': label, spellCheck: false }}
              onBlur={() => once(() => onTake(input, 'stay'))}
              sx={picker}
            />
          )}
        />
      </ListNote>
    </Box>
  );
}

const firstOnly = `The first ${figure(limits.listed)} choices. Others can be typed.`;

/** Runs only once: unmounting blurs the editor, which must not commit twice. */
function useOnce() {
  const isOver = useRef(false);
  return (work: () => void) => {
    if (isOver.current) return;
    isOver.current = true;
    work();
  };
}

function onwardOf({ key, shiftKey }: KeyboardEvent): Onward | undefined {
  if (key === 'Enter') return shiftKey ? 'up' : 'down';
  if (key === 'Tab') return shiftKey ? 'left' : 'right';
  return undefined;
}

function focusAtEnd(input: HTMLTextAreaElement | null) {
  if (!input || document.activeElement === input) return;
  input.focus();
  input.setSelectionRange(input.value.length, input.value.length);
}

const ring = { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: '-2px' } as const;

const textArea = {
  position: 'absolute',
  top: 0,
  left: 0,
  width: 1,
  minHeight: 1,
  maxHeight: 160,
  px: 2,
  py: '3px',
  m: 0,
  border: 0,
  borderRadius: 0,
  resize: 'none',
  font: 'inherit',
  color: 'text.primary',
  bgcolor: 'background.paper',
  // Grows with its text.
  fieldSizing: 'content',
  '&, &:focus-visible': ring,
} as const;

const picker = {
  height: rowHeight - 1,
  px: 2,
  font: 'inherit',
  bgcolor: 'background.paper',
  ...ring,
  '& input': { p: 0, height: 1 },
  '& input:focus-visible': { outline: 'none' },
} as const;
