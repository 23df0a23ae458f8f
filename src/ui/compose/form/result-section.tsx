import { useId, useState } from 'react';
import { useController, useFieldArray, useFormContext } from 'react-hook-form';
import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type { FormValues } from '#domain/form-values.ts';
import { useEngine } from '#ui/shared/use-engine.ts';
import { requestFields } from '../request-fields.ts';
import { AsWritten } from './as-written.tsx';
import { BelowField } from './below-field.tsx';
import { FieldName } from './field-name.tsx';
import { Region } from './region.tsx';
import { radioRow, Section } from './section.tsx';

export function ResultSection() {
  const id = useId();
  const engine = useEngine();
  const { control, getValues } = useFormContext<FormValues>();
  const { field: hasResult, fieldState } = useController({ control, name: 'hasResult' });
  const list = useFieldArray({ control, name: 'result' });
  const regions = list.fields.length;
  const [removed, setRemoved] = useState<{ index: number; region: { json: string } }>();

  const add = async () =>
    list.append({ json: await engine.exampleRegion() }, { focusName: `result.${regions}.json` });

  function remove(index: number) {
    const region = getValues(`result.${index}`);
    list.remove(index);
    setRemoved({ index, region });
  }

  return (
    <Section title="With what">
      <FormControl>
        <FormLabel id={id}>
          <FieldName field="result" />
        </FormLabel>
        <RadioGroup
          row
          aria-labelledby={id}
          aria-describedby={`${id}-below`}
          name="hasResult"
          value={String(hasResult.value)}
          onChange={(_, value) => hasResult.onChange(value === 'true')}
          sx={radioRow}
        >
          <FormControlLabel value="true" label="A list of regions" control={<Radio />} />
          <FormControlLabel value="false" label="Left out" control={<Radio />} />
        </RadioGroup>
        <BelowField id={`${id}-below`} problem={fieldState.error} help={requestFields.result.about} />
        <AsWritten field="result" />
      </FormControl>
      {hasResult.value && (
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 3 }}>
          {regions === 0 && (
            <Box sx={{ color: 'text.secondary' }}>
              The list is empty: an annotation that is finished and says nothing.
            </Box>
          )}
          {list.fields.map(({ id: key }, index) => (
            <Region
              key={key}
              index={index}
              total={regions}
              onMove={(to) => list.move(index, to)}
              onDuplicate={() => list.insert(index + 1, getValues(`result.${index}`))}
              onRemove={() => remove(index)}
            />
          ))}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
            <Button variant="outlined" startIcon={<AddIcon />} onClick={() => void add()}>
              Add a region
            </Button>
            <Box role="status" sx={{ color: 'text.secondary' }}>
              {removed && `Region ${removed.index + 1} was removed.`}
            </Box>
            {removed && (
              <Button
                size="small"
                onClick={() => {
                  list.insert(removed.index, removed.region);
                  setRemoved(undefined);
                }}
              >
                Put it back
              </Button>
            )}
          </Box>
        </Box>
      )}
    </Section>
  );
}
