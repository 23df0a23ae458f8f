import { useId } from 'react';
import { useFormContext, useWatch, useController } from 'react-hook-form';
import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import { ChoiceInput } from '#ui/import/form/fields/choice-input.tsx';
import { Columns, Section } from '#ui/import/form/fields/section.tsx';
import { TextInput } from '#ui/import/form/fields/text-input.tsx';
import { limits } from '#wire/limits.ts';
import { excerpt, shorten } from '#wire/text/words.ts';
import { FoldedCard } from '#ui/components/data-display/card.tsx';
import { count } from '#ui/components/numbers.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import { requestFields, lastActions } from '#ui/import/form/fields/request-fields.ts';
import { RawJson } from '#ui/import/form/fields/raw-json.tsx';
import { BelowField } from '#ui/import/form/fields/below-field.tsx';

export function AuthorSection({ open }: { open: boolean }) {
  const { control } = useFormContext<FormValues>();
  const [completedBy, groundTruth, wasCancelled] = useWatch({
    control,
    name: ['completedBy', 'groundTruth', 'wasCancelled'],
  });
  const words = [
    completedBy === '' ? 'You' : `Annotator ${shorten(completedBy, 20)}`,
    wasCancelled === 'true' ? 'skipped' : 'submitted',
    groundTruth === 'true' ? 'ground truth' : 'not ground truth',
  ];
  return (
    <FoldedCard title="Annotator and status" meta={words.join(', ')} open={open}>
      <Box component="section" aria-label="Annotator and status" sx={inside}>
        <Columns>
          <TextInput name="completedBy" field="completed_by" />
          <TextInput name="leadTime" field="lead_time" nullable inputMode="decimal" />
        </Columns>
        <ChoiceInput name="groundTruth" field="ground_truth" />
        <ChoiceInput name="wasCancelled" field="was_cancelled" />
        <ChoiceInput name="bulkCreated" field="bulk_created" nullable />
      </Box>
    </FoldedCard>
  );
}

/** True if any field about the annotator or the status is set. */
export function hasAuthor(values: FormValues) {
  const { completedBy, leadTime, groundTruth, wasCancelled, bulkCreated, nulls, rawJson } = values;
  const names = ['completed_by', 'lead_time', 'ground_truth', 'was_cancelled', 'bulk_created'];
  return (
    completedBy !== '' ||
    leadTime !== '' ||
    [groundTruth, wasCancelled, bulkCreated].some((one) => one !== 'not-set') ||
    names.some((name) => nulls[name] || name in rawJson)
  );
}

/** Provenance fields. Folded unless set, because few batches use them. */
export const ProvenanceSection = ({ open }: { open: boolean }) => (
  <FoldedCard title="Provenance" meta="IDs and times from elsewhere" open={open}>
    <Box component="section" aria-label="Provenance" sx={inside}>
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
  </FoldedCard>
);

/** One of the ten actions, null, or unset. */
function LastActionInput() {
  const id = useId();
  const { control } = useFormContext<FormValues>();
  const { field: input, fieldState } = useController({ control, name: 'lastAction' });

  return (
    <FormControl fullWidth error={fieldState.error?.type === 'error'}>
      <FormLabel htmlFor={id} sx={{ mb: 1 }}>
        {requestFields.last_action.label}
      </FormLabel>
      <NativeSelect
        id={id}
        name="lastAction"
        value={input.value}
        onChange={({ target }) => input.onChange(target.value)}
        onBlur={input.onBlur}
        input={<OutlinedInput />}
        inputProps={{ 'aria-describedby': `${id}-below` }}
      >
        <option value="not-set">Not set</option>
        <option value="null">null</option>
        {Object.entries(lastActions).map(([action, words]) => (
          <option key={action} value={action}>
            {words}
          </option>
        ))}
      </NativeSelect>
      <BelowField id={`${id}-below`} problem={fieldState.error} help={requestFields.last_action.about} />
      <RawJson field="last_action" />
    </FormControl>
  );
}

const inside = { display: 'flex', flexDirection: 'column', gap: 5, px: 4, pb: 4, pt: 2 } as const;

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
  const isSet = fields.some(([name, field]) => values[name] !== '' || nulls[field] || field in rawJson);
  return isSet || lastAction !== 'not-set' || 'last_action' in rawJson;
}

const maxUnknown = 20;

/** Fields that Label Studio doesn’t know. Kept unchanged until the user deletes them. */
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
