import { useQuery } from '@tanstack/react-query';
import CopyIcon from '@mui/icons-material/ContentCopy';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import { figure } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { UndoButtons, type UndoActions } from '#ui/import/history/undo-buttons.tsx';
import { EntryForm } from './entry-form.tsx';
import type { FormViewProps } from './form-view.tsx';

interface EntryPaneProps extends FormViewProps {
  checked: CheckSummary;
  /** Another one each time the text became another by anything but this form. */
  version: number;
  /** It was just added, and wants its tasks first. */
  startsInTasks: boolean;
  waysBack: UndoActions;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** One request: what can be done with the whole of it, and its form. */
export function EntryPane(props: EntryPaneProps) {
  const { checked, entry, version, waysBack, onDuplicate, onRemove } = props;
  return (
    <Box sx={{ overflow: { md: 'auto' }, scrollbarGutter: 'stable' }}>
      <Box sx={{ maxWidth: 800, px: { xs: 3, sm: 6 }, py: 4 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 4 }}>
          <Typography variant="h2" sx={{ flex: 1, whiteSpace: 'nowrap' }}>
            Request {figure(entry + 1)}{' '}
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 'fontWeightRegular' }}>
              of {figure(checked.entries)}
            </Box>
          </Typography>
          <UndoButtons history={waysBack} />
          <Button size="small" startIcon={<CopyIcon />} onClick={onDuplicate} sx={wordOnlyWhenNarrow}>
            Duplicate
          </Button>
          <Button size="small" startIcon={<DeleteIcon />} onClick={onRemove} sx={wordOnlyWhenNarrow}>
            Remove
          </Button>
        </Box>
        <EntryBody key={`${version} ${entry}`} {...props} />
      </Box>
    </Box>
  );
}

/** Reads the request from the text once, then hands it to the form. */
function EntryBody(props: EntryPaneProps) {
  const { entry, version, queue } = props;
  const engine = useEngine();
  const { data: shown } = useQuery({
    // What was read of an earlier text may still be there when the form of the new one is made.
    queryKey: ['entry', version, entry],
    // After whatever the form before this one still had to write.
    queryFn: async () => {
      await queue.settled();
      return (await engine.batch.readEntry(entry)) ?? null;
    },
    // From here on the form holds the truth: read once, and never kept for the next time.
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  if (shown === undefined) {
    return (
      <Box sx={onlyWhenSlow}>
        <Waiting>Reading the request …</Waiting>
      </Box>
    );
  }
  if (shown === null) {
    return (
      <p>
        This isn’t an object in {'{ }'}, so the form can’t show it. Fix it in the JSON view, or remove it.
      </p>
    );
  }
  return <EntryForm {...props} values={shown.values} answersAtFirst={shown.answers} />;
}

const onlyWhenSlow = {
  '@keyframes appear': { from: { opacity: 0 } },
  animation: 'appear 0s 400ms backwards',
};

const wordOnlyWhenNarrow = { '& .MuiButton-startIcon': { display: { xs: 'none', sm: 'inherit' } } };
