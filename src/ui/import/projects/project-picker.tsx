import { useId, useMemo, useState } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import FormControl from '@mui/material/FormControl';
import FormLabel from '@mui/material/FormLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import {
  ListNote,
  PaperWithNote,
  whenNearEnd,
  WindowedListbox,
} from '#ui/components/inputs/windowed-listbox.tsx';
import { visuallyHidden } from '#ui/components/visually-hidden.ts';
import { inputHeight, ProjectOption, type ProjectChoice } from './project-option.tsx';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { useProject, type Projects } from './use-projects.ts';

/** The batch’s project, by title or number. Accepts a number even if the list can’t be read. */
export function ProjectPicker({ projects }: { projects: Projects }) {
  const { workbench, projectId, connected } = useBatch();
  const { projectInput } = useNavigation();
  const chosen = useProject(projectId, { connected });
  const id = useId();
  const [words, setWords] = useState('');
  const { listed } = projects;
  // Kept because the list no longer contains the picked project when the search ends.
  const [picked, setPicked] = useState<ProjectChoice>();
  // Another server has other projects with the same numbers.
  if (!connected && picked) setPicked(undefined);
  const title = titleOf(projectId, picked ? [...listed, picked] : listed, chosen.data);
  // A new object would count as a new choice, and replace what is being typed.
  const value = useMemo(
    () => (projectId === undefined ? null : { id: projectId, ...(title !== undefined && { title }) }),
    [projectId, title],
  );

  return (
    <ListNote value={projects.note}>
      <Autocomplete
        id={id}
        value={value}
        options={withNumber(words, listed)}
        // The server has already searched.
        filterOptions={(options) => options}
        getOptionLabel={nameOf}
        getOptionKey={(option) => option.id}
        isOptionEqualToValue={(option, other) => option.id === other.id}
        onChange={(_, choice) => {
          setPicked(choice ?? undefined);
          workbench.chooseProject(choice?.id);
        }}
        onOpen={() => connected && projects.readAgain()}
        onInputChange={(_, input, reason) => {
          const searched = reason === 'input' ? input : '';
          setWords(searched);
          projects.search(searched);
        }}
        loading={projects.isFetching}
        loadingText="Loading projects …"
        noOptionsText={whyNone(words, projects, connected)}
        autoHighlight
        fullWidth
        size="small"
        sx={inputHeight}
        renderInput={({ slotProps, ...params }) => (
          <FormControl fullWidth>
            <FormLabel {...slotProps.inputLabel} sx={visuallyHidden}>
              Project
            </FormLabel>
            <OutlinedInput
              {...params}
              {...slotProps.input}
              inputRef={projectInput}
              placeholder="Choose a project"
              slotProps={{ input: slotProps.htmlInput }}
            />
          </FormControl>
        )}
        renderOption={({ key, ...props }, option) => <ProjectOption key={key} {...props} project={option} />}
        slots={{ paper: PaperWithNote }}
        slotProps={{ listbox: { component: WindowedListbox, onScroll: whenNearEnd(projects.readMore) } }}
      />
    </ListNote>
  );
}

function whyNone(words: string, { failure }: Projects, connected: boolean): string {
  if (!connected) return 'Not connected. Enter a project ID, or connect first.';
  if (failure) return 'The projects couldn’t be read. Enter a project ID, or reload them.';
  return words === '' ? 'There are no projects that you can see' : 'No project with this title';
}

const nameOf = ({ id, title }: ProjectChoice) =>
  title === undefined ? `Project ${id}` : `${title} (#${id})`;

function titleOf(
  id: number | undefined,
  listed: readonly ProjectChoice[],
  read: ReturnType<typeof useProject>['data'],
): string | undefined {
  return read?.ok && read.value.id === id
    ? read.value.title
    : listed.find((project) => project.id === id)?.title;
}

/** A typed number is an option, unless it is listed. */
function withNumber(words: string, listed: readonly ProjectChoice[]): readonly ProjectChoice[] {
  const typed = /^#?([1-9]\d{0,14})$/.exec(words.trim())?.[1];
  if (typed === undefined || listed.some(({ id }) => id === Number(typed))) return listed;
  return [{ id: Number(typed) }, ...listed];
}
