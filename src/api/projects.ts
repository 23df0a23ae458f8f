import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from './http-client.ts';

/** A control as `parsed_label_config` tells it; keyed by its name. */
const parsedControlSchema = z.looseObject({
  type: z.string(),
  to_name: z.array(z.string()),
  inputs: z.array(z.looseObject({ type: z.string(), value: z.string().nullish() })),
  labels: z.array(z.string()),
});

const projectSchema = z.looseObject({
  id: z.number(),
  title: z.string().nullable(),
  task_number: z.number().nullable(),
  total_annotations_number: z.number().nullable(),
  label_config: z.string().nullable(),
  parsed_label_config: z.record(z.string(), parsedControlSchema).nullish(),
  config_suitable_for_bulk_annotation: z.boolean().nullish(),
});

export type ProjectAnswer = z.infer<typeof projectSchema>;
export type ParsedControl = z.infer<typeof parsedControlSchema>;

const pageSchema = z.object({ count: z.number(), results: z.array(projectSchema) });

/** `GET /api/projects/`: the first hundred (the most a page holds) whose title holds `title`. */
export async function listProjects(
  client: HttpClient,
  title: string,
): Promise<Outcome<{ count: number; results: ProjectAnswer[] }>> {
  const query = new URLSearchParams({
    page_size: '100',
    // Only the counters named here are counted; the others come back null.
    include: 'task_number,total_annotations_number',
    ...(title !== '' && { title }),
  });
  return client.call({ method: 'GET', path: `/api/projects/?${query}`, schema: pageSchema });
}

/** `GET /api/projects/{id}/`; a project of another organisation is not found. */
export function readProject(client: HttpClient, id: number): Promise<Outcome<ProjectAnswer>> {
  return client.call({ method: 'GET', path: `/api/projects/${id}/`, schema: projectSchema });
}
