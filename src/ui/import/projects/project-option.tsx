import type { HTMLAttributes } from 'react';
import Box from '@mui/material/Box';
import type { ProjectSummary } from '#engine/tasks/tasks-part.ts';
import { clamped } from '#ui/components/clamp.ts';
import { count } from '#ui/components/numbers.ts';

/** A listed project, or only a project number. */
export type ProjectChoice = Pick<ProjectSummary, 'id'> & Partial<ProjectSummary>;

interface ProjectOptionProps extends HTMLAttributes<HTMLLIElement> {
  project: ProjectChoice;
}

/** An option of the project list. */
export function ProjectOption({ project: { id, title, tasks }, ...li }: ProjectOptionProps) {
  return (
    <Box component="li" {...li} sx={{ gap: 3, '&&': { alignItems: 'baseline' } }}>
      <Box component="span" sx={{ flex: 1, minWidth: 0, ...clamped(3) }}>
        {title ?? `Project ${id}, by its number`}
      </Box>
      {tasks !== undefined && (
        <Box component="span" sx={{ typography: 'caption', color: 'text.secondary', whiteSpace: 'nowrap' }}>
          #{id} · {count(tasks, 'task')}
        </Box>
      )}
    </Box>
  );
}

/** MUI’s Autocomplete has extra padding; this gives its input the height of other inputs. */
export const inputHeight = {
  '&& .MuiOutlinedInput-root.MuiInputBase-sizeSmall': { py: 0, pl: 0 },
  '&& .MuiOutlinedInput-root.MuiInputBase-sizeSmall .MuiOutlinedInput-input': { px: '10px', py: '6px' },
};
