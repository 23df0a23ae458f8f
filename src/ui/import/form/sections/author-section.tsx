import { ChoiceInput } from '#ui/import/form/fields/choice-input.tsx';
import { Columns, Section } from '#ui/import/form/fields/section.tsx';
import { TextInput } from '#ui/import/form/fields/text-input.tsx';

export const AuthorSection = () => (
  <Section title="By whom, and how it is marked">
    <Columns>
      <TextInput name="completedBy" field="completed_by" />
      <TextInput name="leadTime" field="lead_time" nullable inputMode="decimal" />
    </Columns>
    <ChoiceInput name="groundTruth" field="ground_truth" />
    <ChoiceInput name="wasCancelled" field="was_cancelled" />
    <ChoiceInput name="bulkCreated" field="bulk_created" nullable />
  </Section>
);
