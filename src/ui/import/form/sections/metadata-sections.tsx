import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormContext, useWatch } from 'react-hook-form';
import { ChoiceInput } from '#ui/import/form/fields/choice-input.tsx';
import { Columns, Section } from '#ui/import/form/fields/section.tsx';
import { TextInput } from '#ui/import/form/fields/text-input.tsx';
import { limits } from '#wire/limits.ts';
import { excerpt } from '#wire/words.ts';
import { count } from '#ui/components/numbers.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import { LastActionInput } from '#ui/import/form/fields/last-action-input.tsx';
import { requestFields } from '#ui/import/form/fields/request-fields.ts';
import { RawJson } from '#ui/import/form/fields/raw-json.tsx';

export const AuthorSection = () => (
  <Section title="Annotator and status">
    <Columns>
      <TextInput name="completedBy" field="completed_by" />
      <TextInput name="leadTime" field="lead_time" nullable inputMode="decimal" />
    </Columns>
    <ChoiceInput name="groundTruth" field="ground_truth" />
    <ChoiceInput name="wasCancelled" field="was_cancelled" />
    <ChoiceInput name="bulkCreated" field="bulk_created" nullable />
  </Section>
);

/** Provenance fields. Few batches have them, so the section is collapsed unless they are set. */
export const ProvenanceSection = ({ open }: { open: boolean }) => (
  <Box component="details" open={open}>
    <Typography component="summary" variant="h3" sx={{ pb: 1.5, borderBottom: 1, borderColor: 'divider' }}>
      Provenance
    </Typography>
    <Box sx={{ pt: 4, boxSizing: 'border-box' }}>
      <Columns>
        <TextInput name="uniqueId" field="unique_id" inputMode="text" />
        <TextInput name="importId" field="import_id" nullable />
        <TextInput name="parentAnnotation" field="parent_annotation" nullable />
        <TextInput name="parentPrediction" field="parent_prediction" nullable />
        <LastActionInput />
        <TextInput name="lastCreatedBy" field="last_created_by" nullable />
        <TextInput name="updatedBy" field="updated_by" nullable />
        <TextInput name="draftCreatedAt" field="draft_created_at" nullable inputMode="text" />
      </Columns>
    </Box>
  </Box>
);

const fields = [
  ['uniqueId', 'unique_id'],
  ['importId', 'import_id'],
  ['parentAnnotation', 'parent_annotation'],
  ['parentPrediction', 'parent_prediction'],
  ['lastCreatedBy', 'last_created_by'],
  ['updatedBy', 'updated_by'],
  ['draftCreatedAt', 'draft_created_at'],
] as const;

/** True if a request has any provenance field. */
export function hasProvenance(values: FormValues) {
  const { nulls, rawJson, lastAction } = values;
  const isSaid = fields.some(([name, field]) => values[name] !== '' || nulls[field] || field in rawJson);
  return isSaid || lastAction !== 'not-set' || 'last_action' in rawJson;
}

const maxUnknown = 20;

/** Fields unknown to Label Studio: kept unchanged until the user deletes them. */
export function UnknownFields() {
  const { control } = useFormContext<FormValues>();
  const rawJson = useWatch({ control, name: 'rawJson' });
  const unknown = Object.keys(rawJson).filter((name) => !Object.hasOwn(requestFields, name));
  if (unknown.length === 0) return null;
  return (
    <Section title="Unknown fields">
      {unknown.slice(0, maxUnknown).map((name) => (
        <Box key={name} sx={{ overflowWrap: 'anywhere' }}>
          <code>{excerpt(name, limits.shownUnits)}</code>
          <RawJson field={name} />
        </Box>
      ))}
      {unknown.length > maxUnknown && (
        <Box sx={{ color: 'text.secondary' }}>
          {count(unknown.length - maxUnknown, 'more unknown field')}. Delete them in the JSON view.
        </Box>
      )}
    </Section>
  );
}
