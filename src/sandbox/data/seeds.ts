import annotations from '../../../seeds/sandbox/annotations.json' with { type: 'json' };
import predictions from '../../../seeds/sandbox/predictions.json' with { type: 'json' };
import projects from '../../../seeds/sandbox/projects.json' with { type: 'json' };
import reviews from '../../../seeds/sandbox/reviews.json' with { type: 'json' };
import tasks from '../../../seeds/sandbox/tasks.json' with { type: 'json' };
import users from '../../../seeds/sandbox/users.json' with { type: 'json' };
import views from '../../../seeds/sandbox/views.json' with { type: 'json' };
import { timestamp } from './clock.ts';
import type { JsonObject } from '#sandbox/http/json.ts';
import { newPrediction, newProject, newTask } from './new-rows.ts';
import type { Role, TaskRow, ViewRow } from './rows.ts';
import {
  countRegionIds,
  clearOtherGroundTruths,
  newAnnotation,
  recountAnnotations,
} from './annotation-rules.ts';
import type { SandboxOptions } from './settings.ts';
import { Store } from './store.ts';
import { countColumns, countRegions } from './summary.ts';
import { givePersonalToken, personalToken } from '#sandbox/http/tokens.ts';

/** Creation date of all seeds, fixed so that tokens and ids are the same on every start. */
const SEED_DAY = new Date('2026-10-05T08:00:00Z');
const SEEDED = '2026-10-05T08:00:00Z';

/** A user to sign in as. */
export interface SandboxUser {
  name: string;
  role: Role;
  email: string;
  legacyToken: string;
  personalAccessToken: string;
}

/** The users of the seeded sandbox: a manager and an annotator. */
export const sandboxUsers: SandboxUser[] = users.map((user) => ({
  name: `${user.first_name} ${user.last_name}`,
  role: user.role as Role,
  email: user.email,
  legacyToken: user.legacyToken,
  personalAccessToken: personalToken(user, SEED_DAY, user.personalTokenId),
}));

/** The only user of an empty sandbox, without a personal access token, as after installation. */
export const emptySandboxUser = {
  name: 'admin@example.test',
  email: 'admin@example.test',
  legacyToken: '0123456789abcdef0123456789abcdef01234567',
};

/**
 * Fills a store with the seeds. Task ids never change: reviews are 1–5000, shop photos 6001–6012, invoices 7001–7012,
 * company news 8001–8010, street scenes 9001–9008, faults 10001–10020.
 */
export function loadSeeds(data: SandboxOptions['data'], now: Date): Store {
  const store = new Store();
  if (data === 'empty') {
    const { email, legacyToken } = emptySandboxUser;
    const joined = timestamp(now);
    store.users.insert({
      id: 1,
      first_name: '',
      last_name: '',
      email,
      role: 'Owner',
      legacyToken,
      date_joined: joined,
    });
    return store;
  }
  store.organization.title = 'Northwind Goods';
  for (const { personalTokenId, ...user } of users) {
    store.users.insert({ ...user, role: user.role as Role, date_joined: SEEDED });
    givePersonalToken(store, user, SEED_DAY, personalTokenId);
  }
  for (const project of projects)
    store.projects.insert({ ...newProject(store, 1, SEEDED, project), id: project.id });
  for (const [text, product, sku, channel] of reviews) {
    addTask(store, { project: 1, data: { text: text!, product: product!, sku: sku!, channel: channel! } });
  }
  for (const task of tasks) addTask(store, task);
  for (const view of views)
    store.views.insert({ ...(view as unknown as ViewRow), user: 1, order: view.id - 1 });
  addPredictions(store);
  addAnnotations(store);
  return store;
}

interface SeedTask {
  id?: number;
  project: number;
  data: JsonObject;
}

function addTask(store: Store, { id, project: projectId, data }: SeedTask): void {
  const project = store.projects.get(projectId)!;
  const task: TaskRow = newTask(store, project, data, SEEDED);
  store.addTask({ ...task, id: id ?? task.id });
  countColumns(project.summary, [data]);
}

function addPredictions(store: Store): void {
  for (const prediction of predictions) {
    const task = store.tasks.get(prediction.task)!;
    store.addPrediction(newPrediction(store, task, prediction, SEEDED));
    task.total_predictions += 1;
  }
}

function addAnnotations(store: Store): void {
  for (const { task: taskId, ...values } of annotations) {
    const task = store.tasks.get(taskId)!;
    const user = store.users.get(values.completed_by)!;
    const row = newAnnotation(store, task, { values, user, prediction: {} }, SEEDED);
    row.result_count = countRegionIds(row.result);
    store.addAnnotation(row);
    if (row.ground_truth) clearOtherGroundTruths(store, row);
    recountAnnotations(store, task, true);
    recountAnnotations(store, task, false);
    countRegions(store.projects.get(task.project)!.summary, [row]);
  }
}
