import { useEffect, useRef, useState } from 'react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { isoDay, sizeInWords } from '#wire/text/words.ts';
import { download } from '#ui/components/download.ts';
import { ago, count } from '#ui/components/numbers.ts';
import { takeLostFocus } from '#ui/components/take-lost-focus.ts';
import type { ListedDraft } from '#ui/state/drafts/keep-drafts.ts';
import { useDrafts } from '#ui/state/drafts/use-drafts.ts';
import { mono } from '#ui/theme/tokens.ts';
import { ConfirmedButton } from './confirmed-button.tsx';

interface DraftListProps {
  label: string;
  drafts: readonly ListedDraft[];
  /** Further drafts are behind a button. */
  maxShown?: number;
  /** Set if the current text is empty, so that a draft can be opened. */
  onOpen?: ((draft: ListedDraft) => void) | undefined;
  refresh: () => Promise<void>;
}

/** Drafts with their age, first line and size, with buttons to open, download and delete. */
export function DraftList({ label, drafts, maxShown = Infinity, onOpen, refresh }: DraftListProps) {
  const kept = useDrafts();
  const list = useRef<HTMLUListElement>(null);
  const wasButtonRemoved = useRef(false);
  const [isLong, setLong] = useState(false);
  const [isEmptied, setEmptied] = useState(false);
  // The list takes the focus of a button that was removed.
  useEffect(() => {
    if (!wasButtonRemoved.current || document.activeElement !== document.body) return;
    wasButtonRemoved.current = false;
    list.current?.focus({ preventScroll: true });
  });
  const shown = isLong ? drafts : drafts.slice(0, maxShown);
  const size = sizeInWords(drafts.reduce((sum, draft) => sum + draft.size, 0));
  if (drafts.length === 0) return isEmptied ? <Box ref={takeLostFocus} tabIndex={-1} /> : null;

  function showAll() {
    wasButtonRemoved.current = true;
    setLong(true);
  }

  async function remove(ids: string[]) {
    wasButtonRemoved.current = true;
    setEmptied(ids.length === drafts.length);
    await kept.remove(ids);
    await refresh();
  }

  return (
    <>
      <Box
        component="ul"
        ref={list}
        aria-label={label}
        tabIndex={-1}
        sx={{ m: 0, p: 0, listStyle: 'none', outline: 'none' }}
      >
        {shown.map((draft) => (
          <DraftItem
            key={draft.id}
            draft={draft}
            onOpen={onOpen && (() => onOpen(draft))}
            onDelete={() => void remove([draft.id])}
          />
        ))}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, mt: 1, ml: -2 }}>
        {shown.length < drafts.length && (
          <Button size="small" onClick={showAll}>
            Show all {drafts.length}
          </Button>
        )}
        {drafts.length > 1 && (
          <ConfirmedButton
            question={`Delete all ${drafts.length} drafts for good?`}
            onConfirm={() => void remove(drafts.map(({ id }) => id))}
          >
            Delete all ({count(drafts.length, 'draft')}, {size})
          </ConfirmedButton>
        )}
      </Box>
    </>
  );
}

interface DraftItemProps {
  draft: ListedDraft;
  onOpen: (() => void) | undefined;
  onDelete: () => void;
}

function DraftItem({ draft, onOpen, onDelete }: DraftItemProps) {
  const { id, firstLine, size, savedAt, age, tab, isStuck } = draft;
  const drafts = useDrafts();
  const [isLost, setLost] = useState(false);

  async function save() {
    const file = await drafts.file(id);
    if (file) download(file, `sheaf-draft-${isoDay(savedAt)}.txt`);
    setLost(file === undefined);
  }

  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 4,
        py: 1.5,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <Box
          id={`draft-${id}`}
          sx={{
            typography: 'body2',
            fontFamily: mono,
            overflow: 'hidden',
            whiteSpace: 'nowrap',
            textOverflow: 'ellipsis',
          }}
        >
          {firstLine === '' ? 'Only spaces' : firstLine}
        </Box>
        <Box sx={{ typography: 'body2', color: 'text.secondary' }}>
          <time dateTime={new Date(savedAt).toISOString()}>{ago(age)}</time>
          {' · '}
          {sizeInWords(size)}
          {tab !== 'closed' && ` · open in ${tab} tab`}
        </Box>
        {isStuck && (
          <Box sx={{ typography: 'body2', color: 'warning.main' }}>
            The last time this draft was opened, the page didn’t finish.
          </Box>
        )}
        <Box role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {isLost && 'This draft is gone: another tab has deleted it, or the browser has lost it.'}
        </Box>
      </Box>
      <Box role="group" aria-labelledby={`draft-${id}`} sx={{ display: 'flex', flexWrap: 'wrap', ml: -2 }}>
        {onOpen && (
          <Button size="small" onClick={onOpen}>
            Open
          </Button>
        )}
        <Button size="small" onClick={() => void save()}>
          Download
        </Button>
        <ConfirmedButton question="Delete for good?" onConfirm={onDelete}>
          Delete
        </ConfirmedButton>
      </Box>
    </Box>
  );
}
