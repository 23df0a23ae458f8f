import { useId, useState, type Ref } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { asHighAsOthers, ProjectOption, type ProjectChoice } from './project-option.tsx';
import type { useProject, useProjects } from './use-projects.ts';

interface ProjectPickerProps {
  inputRef: Ref<HTMLInputElement>;
  projectId: number | undefined;
  onProjectChange: (projectId: number | undefined) => void;
  connected: boolean;
  projects: ReturnType<typeof useProjects>;
  chosen: ReturnType<typeof useProject>;
}

/** The project of the batch, by title or number. A number can be chosen unseen, where the list is out of reach. */
export function ProjectPicker({
  inputRef,
  projectId,
  onProjectChange,
  connected,
  projects,
  chosen,
}: ProjectPickerProps) {
  const id = useId();
  const [words, setWords] = useState('');
  const listed: ProjectChoice[] = projects.data?.ok ? projects.data.value.projects : [];
  const value = projectId === undefined ? null : choiceOf(projectId, listed, chosen.data);

  return (
    <Autocomplete
      id={id}
      value={value}
      options={withNumber(words, listed)}
      // The server has searched already.
      filterOptions={(options) => options}
      getOptionLabel={nameOf}
      getOptionKey={(option) => option.id}
      isOptionEqualToValue={(option, other) => option.id === other.id}
      onChange={(_, choice) => onProjectChange(choice?.id)}
      onOpen={() => connected && void projects.refetch()}
      onInputChange={(_, input, reason) => {
        const searched = reason === 'input' ? input : '';
        setWords(searched);
        projects.search(searched);
      }}
      loading={projects.isFetching}
      loadingText="Loading projects …"
      noOptionsText={
        connected ? 'No project with this title' : 'Not connected. Enter a project ID, or connect first.'
      }
      autoHighlight
      fullWidth
      size="small"
      sx={asHighAsOthers}
      renderInput={({ slotProps, ...params }) => (
        <FormControl fullWidth>
          <FormLabel {...slotProps.inputLabel} sx={visuallyHidden}>
            Project
          </FormLabel>
          <OutlinedInput
            {...params}
            {...slotProps.input}
            inputRef={inputRef}
            placeholder="Choose a project"
            slotProps={{ input: slotProps.htmlInput }}
          />
        </FormControl>
      )}
      renderOption={({ key, ...props }, option) => <ProjectOption key={key} {...props} project={option} />}
    />
  );
}

const nameOf = ({ id, title }: ProjectChoice) =>
  title === undefined ? `Project ${id}` : `${title} (#${id})`;

function choiceOf(
  id: number,
  listed: ProjectChoice[],
  read: ReturnType<typeof useProject>['data'],
): ProjectChoice {
  return listed.find((project) => project.id === id) ?? (read?.ok ? read.value : { id });
}

/** What was typed as a number is a choice by itself, unless the list holds it. */
function withNumber(words: string, listed: ProjectChoice[]): ProjectChoice[] {
  const typed = /^#?([1-9]\d{0,14})$/.exec(words.trim())?.[1];
  if (typed === undefined || listed.some(({ id }) => id === Number(typed))) return listed;
  return [{ id: Number(typed) }, ...listed];
}
