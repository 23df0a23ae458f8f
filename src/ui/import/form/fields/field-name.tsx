import Box from '@mui/material/Box';
import type { FieldName } from '#wire/bulk-request.ts';
import { requestFields } from './request-fields.ts';

/** A field's label and its JSON name, so that each view explains the other. */
export function FieldName({ field }: { field: FieldName }) {
  return (
    <>
      {requestFields[field].label}{' '}
      <Box component="code" sx={{ ml: 1, color: 'text.secondary', fontWeight: 'fontWeightRegular' }}>
        {field}
      </Box>
    </>
  );
}
