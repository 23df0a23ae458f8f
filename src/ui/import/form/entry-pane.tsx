import { useQuery } from '@tanstack/react-query';
import CopyIcon from '@mui/icons-material/ContentCopy';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import PreviewIcon from '@mui/icons-material/VisibilityOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { CheckSummary } from '#domain/check.ts';
import { limits } from '#wire/limits.ts';
import { figure } from '#ui/components/numbers.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { onlyWhenSlow, Waiting } from '#ui/components/feedback/waiting.tsx';
import { useBatch, useBatchActions, useNavigation } from '#ui/import/batch-context.tsx';
import { EntryForm } from './entry-form.tsx';

interface EntryBodyProps {
  checked: CheckSummary;
  entry: number;
  /** Changes when the text is changed outside this form. */
  version: number;
}

interface EntryPaneProps extends EntryBodyProps {
  onDuplicate: () => void;
  /** Opens the preview if it isn’t beside the form. */
  onPreview: (() => void) | undefined;
}

/** One set of labels: its actions and its form. */
export function EntryPane({ onDuplicate, onPreview, ...body }: EntryPaneProps) {
  const { checked, entry, version } = body;
  const { removeRequest } = useBatchActions();
  return (
    <Box sx={{ overflow: { md: 'auto' }, scrollbarGutter: { md: 'stable' } }}>
      <Box sx={{ maxWidth: 720, mx: 'auto', px: { xs: 3, sm: 6 }, pt: 3, pb: 6 }}>
        <Box sx={head}>
          <Typography variant="h2" sx={{ flex: 1, whiteSpace: 'nowrap' }}>
            Set {figure(entry + 1)}{' '}
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 'fontWeightRegular' }}>
              of {figure(checked.entries)}
            </Box>
          </Typography>
          {onPreview && (
            <Button size="small" startIcon={<PreviewIcon />} aria-haspopup="dialog" onClick={onPreview}>
              Preview
            </Button>
          )}
          <Button size="small" startIcon={<CopyIcon />} onClick={onDuplicate} sx={wordOnlyWhenNarrow}>
            Duplicate
          </Button>
          <Button
            size="small"
            startIcon={<DeleteIcon />}
            onClick={() => removeRequest(entry)}
            sx={wordOnlyWhenNarrow}
          >
            Remove
          </Button>
        </Box>
        <EntryBody key={`${version} ${entry}`} {...body} />
      </Box>
    </Box>
  );
}

const head = { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 3 } as const;

/** Reads the request from the text once for the form. */
function EntryBody({ version, ...form }: EntryBodyProps) {
  const { entry } = form;
  const { queue } = useBatch();
  const engine = useEngine();
  const { data: shown } = useQuery({
    // An earlier text’s answer may still be cached when the new form is created.
    queryKey: ['entry', version, entry],
    // The previous form may have unwritten changes.
    queryFn: async () => {
      await queue.settled();
      return (await engine.batch.readEntry(entry)) ?? null;
    },
    // From here on the form owns the values: read once, never cached.
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  if (shown === undefined) {
    return (
      <Box sx={onlyWhenSlow}>
        <Waiting>Reading the labels …</Waiting>
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
  if ('tooLong' in shown) return <TooLong length={shown.tooLong} />;
  return <EntryForm {...form} values={shown.values} firstAnswers={shown.answers} />;
}

function TooLong({ length }: { length: number }) {
  const { showInText } = useNavigation();
  return (
    <>
      <p>
        This set of labels has {figure(length)} characters. The form shows up to {figure(limits.formUnits)}.
        Edit it in the JSON view.
      </p>
      <Button variant="outlined" onClick={() => showInText(undefined)}>
        Show the JSON
      </Button>
    </>
  );
}

const wordOnlyWhenNarrow = { '& .MuiButton-startIcon': { display: { xs: 'none', sm: 'inherit' } } };
