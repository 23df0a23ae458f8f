import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import InputBase from '@mui/material/InputBase';
import type { ExportParts, ExportSummary, ImportSettings } from '#domain/parse/import-settings.ts';
import { count, figure } from '#ui/components/numbers.ts';
import { Choice } from '#ui/import/mapping/choice.tsx';

interface ExportPartsProps {
  found: ExportSummary;
  choice: ImportSettings;
  onChoice: (next: ImportSettings) => void;
}

/** Which predictions and drafts of an export are imported as annotations. */
export function ExportPartsChoice(props: ExportPartsProps) {
  const { found } = props;
  const { parts, setPredictions, setDrafts } = partsOf(props);
  return (
    <>
      {found.predictions > 0 && (
        <FormControlLabel
          label={`Import ${count(found.predictions, 'prediction')} as annotations`}
          control={
            <Checkbox
              checked={parts.predictions !== undefined}
              onChange={(_, isChosen) => setPredictions(isChosen ? {} : undefined)}
            />
          }
        />
      )}
      {parts.predictions !== undefined && found.predictions > 0 && (
        <PredictionFilter found={found} filter={parts.predictions} onChange={setPredictions} />
      )}
      {found.drafts > 0 && (
        <FormControlLabel
          label={`Import ${count(found.drafts, 'draft')} as annotations`}
          control={
            <Checkbox checked={parts.drafts === true} onChange={(_, isChosen) => setDrafts(isChosen)} />
          }
        />
      )}
    </>
  );
}

/** Asks about predictions or drafts if an export has nothing else to import. */
export function ExportQuestion(props: ExportPartsProps) {
  const { annotations, predictions, drafts } = props.found;
  const { parts, setPredictions, setDrafts } = partsOf(props);
  if (annotations > 0 || parts.predictions !== undefined || parts.drafts === true) return null;
  if (predictions === 0 && drafts === 0) return null;
  const noun = predictions > 0 ? 'predictions' : 'drafts';
  const words = predictions > 0 ? count(predictions, 'prediction') : count(drafts, 'draft');
  return (
    <Alert
      severity="info"
      sx={{ alignItems: 'center', py: 0 }}
      action={
        <Button
          color="inherit"
          size="small"
          onClick={() => (predictions > 0 ? setPredictions({}) : setDrafts(true))}
        >
          Import {noun}
        </Button>
      }
    >
      {words}, no annotations. Import {noun} as annotations?
    </Alert>
  );
}

/** The chosen parts, and how to change them. */
function partsOf({ choice, onChoice }: ExportPartsProps) {
  const parts = choice.parts ?? {};
  return {
    parts,
    setDrafts: (drafts: boolean) => onChoice({ ...choice, parts: { ...parts, drafts } }),
    setPredictions: (predictions: ExportParts['predictions']) => {
      const { predictions: _, ...others } = parts;
      onChoice({ ...choice, parts: predictions === undefined ? others : { ...others, predictions } });
    },
  };
}

interface PredictionFilterProps {
  found: ExportSummary;
  filter: ExportParts['predictions'] & {};
  onChange: (filter: ExportParts['predictions']) => void;
}

function PredictionFilter({ found: { modelVersions, scores }, filter, onChange }: PredictionFilterProps) {
  const { modelVersion, ...otherwise } = filter;
  const versions = modelVersions.map(
    ({ name, predictions }, index) =>
      [`${index}`, `${name === '' ? 'Without a version' : name} (${figure(predictions)})`] as const,
  );
  const chosen = modelVersions.findIndex(({ name }) => name === modelVersion);
  return (
    <>
      {versions.length > 1 && (
        <Choice
          label="Model version"
          value={chosen < 0 ? '' : `${chosen}`}
          options={[['', 'All'], ...versions]}
          onChange={(index) =>
            onChange(
              index === '' ? otherwise : { ...filter, modelVersion: modelVersions[Number(index)]!.name },
            )
          }
        />
      )}
      {scores !== undefined && (
        <Box component="label" sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <span>Minimum score</span>
          <InputBase
            type="number"
            defaultValue={filter.minScore ?? ''}
            placeholder={`${scores.min}`}
            slotProps={{ input: { min: 0, max: Math.max(1, scores.max), step: 'any' } }}
            onBlur={({ target }) => {
              const { minScore: was, ...others } = filter;
              const minScore = target.value === '' ? undefined : Number(target.value);
              if (minScore !== was) onChange(minScore === undefined ? others : { ...others, minScore });
            }}
            sx={{
              width: 88,
              border: 1,
              borderColor: 'outline.main',
              borderRadius: 1,
              px: 2,
              fontSize: 'body2.fontSize',
            }}
          />
        </Box>
      )}
    </>
  );
}
