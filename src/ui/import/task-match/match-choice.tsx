import { useId, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Link from '@mui/material/Link';
import NativeSelect from '@mui/material/NativeSelect';
import type { TaskMatching } from '#domain/match/comparison.ts';
import type { MatchOption, MatchOptions } from '#engine/batch/calls/match-calls.ts';
import type { ReadTasks } from '#engine/tasks/tasks-part.ts';
import { Waiting } from '#ui/components/feedback/waiting.tsx';
import { count } from '#ui/components/numbers.ts';
import { useNavigation } from '#ui/import/batch-context.tsx';
import { useEngine } from '#ui/state/use-engine.ts';
import { MatchResults } from './match-results.tsx';
import { useMatchingChoice } from './use-matching-choice.ts';
import { readWords, type TaskReading } from './use-project-tasks.ts';
import { CompareChoice } from './compare-choice.tsx';

interface MatchChoiceProps {
  /** The column that the dialog was opened for. */
  column: string | undefined;
  /** Of the project. */
  title: string;
  tasks: ReadTasks;
  reading: TaskReading;
}

/** A pair of column and field, the comparison, and what it matches. */
interface Chosen {
  /** Its index among the options. */
  column: number;
  matching: TaskMatching;
}

export function MatchChoice(props: MatchChoiceProps) {
  const engine = useEngine();
  const { readAt } = props.tasks;
  const { data: options } = useQuery({
    queryKey: ['match-options', useId(), readAt, props.column],
    queryFn: async () => (await engine.batch.matchOptions(props.column)) ?? null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    throwOnError: true,
  });
  if (!options)
    return (
      <Box sx={{ px: { xs: 4, sm: 6 }, py: 6 }}>
        <Waiting>Looking for the best match …</Waiting>
      </Box>
    );
  if (options.columns.length === 0 || options.fields.length === 0)
    return (
      <Box sx={{ px: { xs: 4, sm: 6 }, py: 6 }}>
        {options.columns.length === 0
          ? 'This source has no values that rows could be matched by.'
          : `The tasks of ${props.title} have no data that rows could be matched by.`}
      </Box>
    );
  return <Choosing {...props} options={options} />;
}

function Choosing({ column, title, tasks, reading, options }: MatchChoiceProps & { options: MatchOptions }) {
  const engine = useEngine();
  const { taskMatch } = useNavigation();
  const { current, apply } = useMatchingChoice();
  const [chosen, setChosen] = useState<Chosen>(() => firstChoice(options, column, current));
  const { matching } = chosen;
  const { data: trials, isPlaceholderData } = useQuery({
    queryKey: ['match-trial', useId(), tasks.readAt, chosen],
    queryFn: async () => (await engine.batch.tryMatching(chosen.column, matching)) ?? null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    throwOnError: true,
  });
  const change = (next: Partial<TaskMatching>) =>
    setChosen({ ...chosen, matching: { ...matching, ...next } });
  const matched = trials?.trial.matched ?? 0;

  async function use() {
    await apply(options.columns[chosen.column]!.name, matching);
    taskMatch.close();
  }

  return (
    <>
      <Box sx={panes}>
        <Box
          sx={{ minWidth: 0, px: { xs: 4, sm: 6 }, py: 4, display: 'grid', gap: 4, alignContent: 'start' }}
        >
          <OptionSelect
            label="Column in your file"
            options={options.columns}
            value={chosen.column}
            onChange={(index) => setChosen({ ...chosen, column: index })}
            hint={
              options.moreColumns > 0
                ? `${count(options.moreColumns, 'more column')} can’t be chosen.`
                : undefined
            }
          />
          <Box>
            <OptionSelect
              label={`Data field in ${title}`}
              options={options.fields}
              value={Math.max(
                0,
                options.fields.findIndex(({ name }) => name === matching.field),
              )}
              onChange={(index) => change({ field: options.fields[index]!.name })}
              hint={droppedWords(options.dropped)}
            />
            <Box sx={hint} role="status">
              {reading.isReading ? 'Reading what changed …' : `${readWords(tasks)}. `}
              {!reading.isReading && (
                <Link component="button" type="button" variant="inherit" onClick={reading.read}>
                  Read again
                </Link>
              )}
            </Box>
            {reading.failure && reading.failure.kind !== 'stopped' && (
              <Box sx={{ ...hint, color: 'error.main' }}>{reading.failure.message}</Box>
            )}
          </Box>
          <CompareChoice
            trials={trials ?? undefined}
            value={matching.compare}
            onChange={(compare) => change({ compare })}
          />
          <FormControlLabel
            label="Ignore capital letters and extra spaces"
            control={
              <Checkbox
                checked={matching.ignoresCase}
                onChange={(_, ignoresCase) => change({ ignoresCase })}
              />
            }
          />
        </Box>
        {trials ? (
          <MatchResults trial={trials.trial} compare={matching.compare} />
        ) : (
          <Box sx={{ p: 6 }}>
            <Waiting>Matching the rows …</Waiting>
          </Box>
        )}
      </Box>
      <Box sx={footer}>
        <Box sx={{ flex: { xs: '1 1 100%', sm: 1 }, typography: 'caption', color: 'text.secondary' }}>
          Remembered for {title} in this browser.
        </Box>
        <Button variant="outlined" onClick={taskMatch.close}>
          Cancel
        </Button>
        <Button variant="contained" disabled={matched === 0 || isPlaceholderData} onClick={() => void use()}>
          {matched === 0 ? 'No matches' : `Use ${count(matched, 'match', 'matches')}`}
        </Button>
      </Box>
    </>
  );
}

/** The current choice, else the proposal, else the first of each. */
function firstChoice(
  { columns, fields, proposal }: MatchOptions,
  asked: string | undefined,
  current: { column: string; matching: TaskMatching } | undefined,
): Chosen {
  const indexOf = (name: string | undefined) => columns.findIndex((one) => one.name === name);
  const used = indexOf(current?.column);
  const isUsed = used >= 0 && fields.some(({ name }) => name === current!.matching.field);
  if (isUsed && (asked === undefined || asked === current!.column))
    return { column: used, matching: current!.matching };
  if (proposal) return proposal;
  const matching = { field: fields[0]!.name, compare: 'value', ignoresCase: true } as const;
  return { column: Math.max(0, indexOf(asked)), matching };
}

function droppedWords(dropped: readonly string[]): string | undefined {
  if (dropped.length === 0) return undefined;
  return `${dropped.map((name) => `“${name}”`).join(', ')} ${dropped.length === 1 ? 'has' : 'have'} too much text to match by.`;
}

interface OptionSelectProps {
  label: string;
  options: readonly MatchOption[];
  value: number;
  onChange: (index: number) => void;
  hint: string | undefined;
}

function OptionSelect({ label, options, value, onChange, hint: words }: OptionSelectProps) {
  const id = useId();
  return (
    <Box>
      <Box component="label" htmlFor={id} sx={{ display: 'block', mb: 1, fontWeight: 'fontWeightMedium' }}>
        {label}
      </Box>
      <NativeSelect
        fullWidth
        disableUnderline
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
        inputProps={{ id }}
        sx={select}
      >
        {options.map(({ name, sample }, index) => (
          <option key={name} value={index}>
            {sample === '' ? name : `${name}: ${sample}`}
          </option>
        ))}
      </NativeSelect>
      {words !== undefined && <Box sx={hint}>{words}</Box>}
    </Box>
  );
}

const hint = { mt: 1, typography: 'caption', color: 'text.secondary' } as const;

const panes = {
  display: 'grid',
  gridTemplateColumns: { xs: '1fr', md: '384px 1fr' },
  minHeight: 0,
  overflow: 'auto',
  borderTop: 1,
  borderBottom: 1,
  borderColor: 'outline.quiet',
} as const;

const footer = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 2,
  px: { xs: 4, sm: 6 },
  py: 3,
} as const;

const select = {
  border: 1,
  borderColor: 'outline.main',
  borderRadius: 1,
  bgcolor: 'background.paper',
  '& select': { py: 1.5, pl: 2 },
} as const;
