import { useFormContext, useWatch } from 'react-hook-form';
import Box from '@mui/material/Box';
import type { FormValues } from '#domain/form/form-values.ts';
import { requestFields } from '#ui/import/request-fields.ts';
import { AsWritten } from '#ui/import/form/fields/as-written.tsx';
import { Section } from '#ui/import/form/fields/section.tsx';

/** Fields of the text that no request has: kept as they are, until somebody deletes them. */
export function UnknownFields() {
  const { control } = useFormContext<FormValues>();
  const asWritten = useWatch({ control, name: 'asWritten' });
  const unknown = Object.keys(asWritten).filter((name) => !Object.hasOwn(requestFields, name));
  if (unknown.length === 0) return null;
  return (
    <Section title="Fields that no request has">
      {unknown.map((name) => (
        <Box key={name}>
          <code>{name}</code>
          <AsWritten field={name} />
        </Box>
      ))}
    </Section>
  );
}
