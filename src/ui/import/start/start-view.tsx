import type { ReactNode } from 'react';
import ChecklistIcon from '@mui/icons-material/ChecklistOutlined';
import PasteIcon from '@mui/icons-material/ContentPasteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { limits } from '#wire/limits.ts';
import { sizeInWords } from '#wire/text/words.ts';
import { DraftOffers } from '#ui/drafts/draft-offers.tsx';
import { useBatchActions, useNavigation, useNotices } from '#ui/import/batch-context.tsx';
import { OpenFileButton } from '#ui/import/open-file-button.tsx';
import { ProjectPicker } from '#ui/import/projects/project-picker.tsx';
import type { Projects } from '#ui/import/projects/use-projects.ts';
import { noTextToPaste } from '#ui/import/use-replace-text.ts';
import { radius } from '#ui/theme/tokens.ts';
import { FilesDrawing, FormDrawing, TableDrawing } from './drawings.tsx';
import { RecentRuns } from './recent-runs.tsx';
import { Samples } from './samples.tsx';

/** The first screen after connecting: three ways to bring labels. */
export function StartView({ projects }: { projects: Projects }) {
  const { fillInForm, pasteText } = useBatchActions();
  const { setView } = useNavigation();
  const { notify } = useNotices();

  /** Browsers may refuse to read the clipboard; the key always works. */
  async function paste() {
    const text = await navigator.clipboard?.readText().catch(() => undefined);
    if (text) pasteText(text);
    else if (text === '') notify(noTextToPaste);
    else notify({ words: `The browser doesn’t let Sheaf read the clipboard. Press ${pasteKey} instead.` });
  }

  return (
    <Box sx={{ height: 1, overflow: 'auto' }}>
      <Box sx={page}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: 4 }}>
          <Box sx={{ flex: '1 1 320px' }}>
            <Typography variant="h1" component="p">
              Create annotations
            </Typography>
            <Box sx={{ color: 'text.secondary' }}>
              Bring labels from anywhere. Everything is checked before it is sent, and nothing is sent until
              you say so.
            </Box>
          </Box>
          <Box role="group" aria-label="Batch" sx={{ flex: '0 1 296px', minWidth: { xs: 1, sm: 200 } }}>
            <ProjectPicker projects={projects} />
          </Box>
        </Box>
        <DraftOffers />
        <Box sx={tiles}>
          <Tile
            drawing={<TableDrawing />}
            title="Paste cells or JSON"
            action={
              <>
                <Button variant="outlined" startIcon={<PasteIcon />} onClick={() => void paste()}>
                  Paste
                </Button>
                <Button onClick={() => setView('json')}>Type it</Button>
                <Box component="kbd" sx={key}>
                  {pasteKey}
                </Box>
              </>
            }
          >
            From Google Sheets, Excel, a notebook or a model’s output. Works anywhere on this page.
          </Tile>
          <Tile drawing={<FilesDrawing />} title="Drop files" action={<OpenFileButton />}>
            CSV, Excel, JSON, COCO, YOLO or a Label Studio export, up to {sizeInWords(limits.fileBytes)}.
          </Tile>
          <Tile
            drawing={<FormDrawing />}
            title="Label with a form"
            action={
              <>
                <Button variant="outlined" startIcon={<ChecklistIcon />} onClick={fillInForm}>
                  Open the form
                </Button>
                <Box sx={{ ml: 'auto', typography: 'caption', color: 'text.secondary' }}>No file needed</Box>
              </>
            }
          >
            Choose the labels once and apply them to any number of tasks.
          </Tile>
        </Box>
        <Samples />
        <RecentRuns />
      </Box>
    </Box>
  );
}

const pasteKey = navigator.userAgent.includes('Mac') ? '⌘ V' : 'Ctrl V';

interface TileProps {
  drawing: ReactNode;
  title: string;
  /** One sentence. */
  children: ReactNode;
  action: ReactNode;
}

const Tile = ({ drawing, title, children, action }: TileProps) => (
  <Box component="section" aria-label={title} sx={tile}>
    <Box aria-hidden sx={picture}>
      {drawing}
    </Box>
    <Typography variant="h2">{title}</Typography>
    <Box sx={{ flex: 1, mt: 1, color: 'text.secondary' }}>{children}</Box>
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mt: 4 }}>{action}</Box>
  </Box>
);

const page = {
  display: 'flex',
  flexDirection: 'column',
  gap: 5,
  maxWidth: 1040,
  mx: 'auto',
  px: { xs: 3, sm: 4 },
  pt: { xs: 5, md: 12 },
  pb: 8,
} as const;

const tiles = {
  display: 'grid',
  gridTemplateColumns: { xs: '1fr', md: 'repeat(3, 1fr)' },
  gap: 4,
} as const;

const tile = {
  display: 'flex',
  flexDirection: 'column',
  p: 5,
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: radius.dialog,
  bgcolor: 'background.paper',
  boxShadow: 1,
} as const;

const picture = {
  display: { xs: 'none', md: 'grid' },
  placeItems: 'center',
  height: 112,
  mb: 4,
  borderRadius: 1,
  bgcolor: 'sunken.main',
} as const;

const key = {
  ml: 'auto',
  px: 1.5,
  border: 1,
  borderColor: 'outline.quiet',
  borderRadius: radius.small,
  typography: 'caption',
  fontFamily: 'mono',
} as const;
