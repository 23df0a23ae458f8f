import { useQuery } from '@tanstack/react-query';
import CopyIcon from '@mui/icons-material/ContentCopy';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { Checked } from '#domain/checked.ts';
import { figure } from '#ui/shared/numbers.ts';
import { useEngine } from '#ui/shared/use-engine.ts';
import { Waiting } from '#ui/shared/waiting.tsx';
import { EntryForm } from './entry-form.tsx';
import type { FormViewProps } from './form-view.tsx';

interface EntryPaneProps extends FormViewProps {
  checked: Checked;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** One request: reads it from the text once, then hands it to the form. */
export function EntryPane(props: EntryPaneProps) {
  const { checked, entry, queue, onDuplicate, onRemove } = props;
  const engine = useEngine();
  const { data: values } = useQuery({
    queryKey: ['entry', entry],
    // After whatever the form before this one still had to write.
    queryFn: async () => {
      await queue.settled();
      return (await engine.readEntry(entry)) ?? null;
    },
    // From here on the form holds the truth: read once, and never kept for the next time.
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  return (
    <Box sx={{ overflow: { md: 'auto' }, scrollbarGutter: 'stable' }}>
      <Box sx={{ maxWidth: 800, px: { xs: 3, sm: 6 }, py: 4 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 4 }}>
          <Typography variant="h2" sx={{ flex: 1, whiteSpace: 'nowrap' }}>
            Request {figure(entry + 1)}{' '}
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
              of {figure(checked.entries)}
            </Box>
          </Typography>
          <Button size="small" startIcon={<CopyIcon />} onClick={onDuplicate}>
            Duplicate
          </Button>
          <Button size="small" startIcon={<DeleteIcon />} onClick={onRemove}>
            Remove
          </Button>
        </Box>
        {values === undefined && <Waiting>Reading the request …</Waiting>}
        {values === null && (
          <p>
            This is no object in {'{ }'}, so the form cannot show it. Mend it in the JSON view, or remove it.
          </p>
        )}
        {values && <EntryForm {...props} values={values} />}
      </Box>
    </Box>
  );
}
