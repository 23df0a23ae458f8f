import { useId } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import Autocomplete from '@mui/material/Autocomplete';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { FormValues } from '#domain/form/form-values.ts';
import { requestFields } from './request-fields.ts';
import { inputHeight, ProjectOption, type ProjectChoice } from '#ui/import/projects/project-option.tsx';
import { useBatch } from '#ui/import/batch-context.tsx';
import {
  ListNote,
  PaperWithNote,
  whenNearEnd,
  WindowedListbox,
} from '#ui/components/inputs/windowed-listbox.tsx';
import { useProjects } from '#ui/import/projects/use-projects.ts';
import { RawJson } from './raw-json.tsx';
import { BelowField } from './below-field.tsx';
import { NullToggle } from './null-toggle.tsx';

/** The request's project: its number, typed or picked by title. */
export function ProjectInput() {
  const { connected } = useBatch();
  const id = useId();
  const { control, setValue } = useFormContext<FormValues>();
  const { field: input, fieldState } = useController({ control, name: 'project' });
  const { field: isNull } = useController({ control, name: 'nulls.project' });
  const projects = useProjects({ connected });
  const listed: readonly ProjectChoice[] = projects.listed;
  const standsNull = isNull.value;

  function change(text: string) {
    input.onChange(text);
    if (text !== '' && standsNull) setValue('nulls.project', false);
  }

  return (
    <FormControl fullWidth error={fieldState.error?.type === 'error'}>
      <FormLabel htmlFor={id} sx={{ mb: 1 }}>
        {requestFields.project.label}
      </FormLabel>
      <ListNote value={projects.note}>
        <Autocomplete
          id={id}
          freeSolo
          disableClearable
          size="small"
          sx={inputHeight}
          options={listed}
          filterOptions={(options) => options}
          // The request contains the number; the title is only for finding it.
          getOptionLabel={(option) => (typeof option === 'string' ? option : String(option.id))}
          inputValue={input.value}
          onInputChange={(_, text, reason) => {
            if (reason === 'reset') return;
            change(text);
            projects.search(/^\d*$/.test(text) ? '' : text);
          }}
          onChange={(_, choice) => {
            if (choice !== null && typeof choice !== 'string') change(String(choice.id));
          }}
          onBlur={input.onBlur}
          renderInput={({ slotProps, ...params }) => (
            <OutlinedInput
              {...params}
              {...slotProps.input}
              name="project"
              inputRef={input.ref}
              placeholder={standsNull ? 'null' : 'Not set'}
              slotProps={{ input: { ...slotProps.htmlInput, 'aria-describedby': `${id}-below` } }}
              endAdornment={
                standsNull && (
                  <NullToggle
                    label={requestFields.project.label}
                    isNull={standsNull}
                    onChange={(next) => {
                      isNull.onChange(next);
                      if (next) input.onChange('');
                    }}
                  />
                )
              }
            />
          )}
          renderOption={({ key, ...props }, option) => (
            <ProjectOption key={key} {...props} project={option} />
          )}
          slots={{ paper: PaperWithNote }}
          slotProps={{ listbox: { component: WindowedListbox, onScroll: whenNearEnd(projects.readMore) } }}
        />
      </ListNote>
      <BelowField id={`${id}-below`} problem={fieldState.error} help={requestFields.project.about} />
      <RawJson field="project" />
    </FormControl>
  );
}
