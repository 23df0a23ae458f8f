import type { Outcome } from '#wire/failure.ts';
import { z } from '#wire/zod.ts';
import type { HttpClient } from '#api/http/http-client.ts';
import { nameSchema } from './name-schema.ts';

const inListSchema = z.looseObject({
  id: z.number(),
  title: z.nullable(nameSchema),
  task_number: z.nullable(z.number()),
  total_annotations_number: z.nullable(z.number()),
});

const projectSchema = z.extend(inListSchema, {
  label_config: z.nullable(z.string()),
  created_at: z.nullish(z.string()),
  config_suitable_for_bulk_annotation: z.nullish(z.boolean()),
  /** The version of predictions, or the connected model, shown to annotators. */
  model_version: z.nullish(z.string()),
});

export type ProjectInList = z.infer<typeof inListSchema>;
export type ProjectAnswer = z.infer<typeof projectSchema>;

const pageSchema = z.object({ count: z.number(), results: z.array(inListSchema) });

/** `GET /api/projects/`: a page of 100 projects (the maximum) whose title contains `title`. Pages start at 1. */
export async function listProjects(
  client: HttpClient,
  { title, page }: { title: string; page: number },
): Promise<Outcome<{ count: number; results: ProjectInList[] }>> {
  const query = new URLSearchParams({
    page: String(page),
    page_size: '100',
    // Documented for counters only, but 1.23.2 omits every field that isn’t listed.
    include: Object.keys(inListSchema.shape).join(','),
    ...(title !== '' && { title }),
  });
  return client.call({ method: 'GET', path: `/api/projects/?${query}`, schema: pageSchema });
}

/** `GET /api/projects/{id}/`; 404 for a project of another organisation. */
export function readProject(client: HttpClient, id: number): Promise<Outcome<ProjectAnswer>> {
  return client.call({ method: 'GET', path: `/api/projects/${id}/`, schema: projectSchema });
}
