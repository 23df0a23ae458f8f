import { useState } from 'react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import type { ForeignControl } from '#domain/parse/exports/foreign-controls.ts';
import type { ExportSummary, ImportSettings } from '#domain/parse/import-settings.ts';
import type { ExportNames } from '#engine/batch/calls/export-calls.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { useBatch } from '#ui/import/batch-context.tsx';
import { Choice } from '#ui/import/mapping/choice.tsx';
import { useEngine } from '#ui/state/use-engine.ts';

interface ExportNamesProps {
  found: ExportSummary;
  choice: ImportSettings;
  onChoice: (next: ImportSettings) => void;
}

/** Asks which of the project’s controls match those of an export, and whether its annotators are kept. */
export function ExportNamesQuestions(props: ExportNamesProps) {
  const names = useExportNames();
  if (names === undefined) return null;
  const { controls } = names;
  const known = Object.keys(names.known).length;
  return (
    <>
      {controls.length > 0 && (
        <ControlQuestion key={controls.map(({ name }) => name).join('\n')} controls={controls} {...props} />
      )}
      {known > 0 && props.choice.annotators === undefined && (
        <AnnotatorQuestion known={known} names={names} {...props} />
      )}
    </>
  );
}

function ControlQuestion({ controls, choice, onChoice }: ExportNamesProps & { controls: ForeignControl[] }) {
  const [chosen, setChosen] = useState<Record<string, string>>(() =>
    Object.fromEntries(controls.flatMap(({ name, proposed }) => (proposed ? [[name, proposed]] : []))),
  );
  const picked = Object.values(chosen).filter((name) => name !== '').length;
  return (
    <Alert
      severity="info"
      role="group"
      aria-label="Controls of another project"
      sx={question}
      action={
        <Button
          color="inherit"
          size="small"
          disabled={picked === 0}
          onClick={() => {
            const added = Object.fromEntries(Object.entries(chosen).filter(([, name]) => name !== ''));
            onChoice({ ...choice, controls: { ...choice.controls, ...added } });
          }}
        >
          Use {count(picked, 'control')}
        </Button>
      }
    >
      This export names {count(controls.length, 'control')} that this project doesn’t have. Which ones are
      meant?
      <Box sx={list}>
        {controls.map(({ name, type, fitting }) =>
          fitting.length === 0 ? (
            <Box key={name}>
              {name}: the project has no control for {type}.
            </Box>
          ) : (
            <Choice
              key={name}
              label={`${name} is`}
              value={chosen[name] ?? ''}
              options={[['', 'Not chosen'], ...fitting.map((one) => [one, one] as const)]}
              onChange={(one) => setChosen({ ...chosen, [name]: one })}
            />
          ),
        )}
      </Box>
    </Alert>
  );
}

function AnnotatorQuestion({
  found,
  known,
  names,
  choice,
  onChoice,
}: ExportNamesProps & { known: number; names: ExportNames }) {
  const { authors } = found;
  const who =
    authors.length === 1
      ? `All annotations are by ${authors[0]!.name}, a user of this server.`
      : `${figure(known)} of ${count(authors.length, 'annotator')} are users of this server.`;
  return (
    <Alert
      severity="info"
      role="group"
      aria-label="Annotators of the export"
      sx={question}
      action={
        <>
          <Button
            color="inherit"
            size="small"
            onClick={() => onChoice({ ...choice, annotators: names.known })}
          >
            Keep {count(known, 'annotator')}
          </Button>
          <Button color="inherit" size="small" onClick={() => onChoice({ ...choice, annotators: {} })}>
            Make them mine
          </Button>
        </>
      }
    >
      {who} Keep them as the annotators?
    </Alert>
  );
}

/** Foreign names in the current export; undefined until known, or if it isn’t an export. */
function useExportNames() {
  const { checked, projectId, connected } = useBatch();
  const engine = useEngine();
  const { data } = useQuery({
    queryKey: ['export-names', checked, projectId, connected],
    queryFn: async () => (await engine.batch.exportNames()) ?? null,
    enabled: checked?.reading?.export !== undefined,
    gcTime: 0,
    retry: false,
  });
  return data ?? undefined;
}

/** In the import settings: the mapping of an export’s controls and annotators. */
export function ExportNamesChoice({ found, choice, onChoice }: ExportNamesProps) {
  const names = useExportNames();
  const { controls = {}, annotators } = choice;
  const mapped = Object.entries(controls);
  return (
    <>
      {mapped.length > 0 && (
        <Box>
          Control names:
          {mapped.map(([name, own]) => (
            <Box key={name} sx={{ display: 'flex', alignItems: 'center', gap: 2, overflowWrap: 'anywhere' }}>
              <Box sx={{ flex: 1 }}>
                {name} is {own}
              </Box>
              <Button
                size="small"
                aria-label={`Remove ${name}`}
                onClick={() => {
                  const { [name]: _, ...others } = controls;
                  const { controls: _all, ...without } = choice;
                  onChoice(Object.keys(others).length > 0 ? { ...choice, controls: others } : without);
                }}
              >
                Remove
              </Button>
            </Box>
          ))}
        </Box>
      )}
      {names?.users !== undefined && found.authors.length > 0 && (
        <Box role="group" aria-label="Annotators" sx={{ ...list, maxHeight: 200, overflow: 'auto' }}>
          Annotators:
          {found.authors.slice(0, shownAuthors).map(({ name, annotations }) => (
            <Choice
              key={name}
              label={`${name} (${figure(annotations)})`}
              value={String(annotators?.[name] ?? '')}
              options={[
                ['', 'Me'],
                ...names.users!.map((user) => [String(user.id), userName(user)] as const),
              ]}
              more={
                names.moreUsers > 0 ? `${count(names.moreUsers, 'more user')} can’t be listed` : undefined
              }
              onChange={(id) => {
                const { [name]: _, ...others } = annotators ?? {};
                onChoice({ ...choice, annotators: id === '' ? others : { ...others, [name]: Number(id) } });
              }}
            />
          ))}
          {found.authors.length > shownAuthors &&
            `${count(found.authors.length - shownAuthors, 'more annotator')} with fewer annotations.`}
        </Box>
      )}
    </>
  );
}

const userName = ({ name, email, id }: { name: string; email: string; id: number }) =>
  [name, email === name ? '' : email].filter(Boolean).join(', ') || `User ${id}`;

const shownAuthors = 100;

const question = { alignItems: 'center', py: 0, flexWrap: { xs: 'wrap', sm: 'nowrap' } } as const;

const list = { display: 'flex', flexDirection: 'column', gap: 1, my: 1, maxWidth: 480 } as const;
