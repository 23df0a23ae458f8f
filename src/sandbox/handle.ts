import {
  getAnnotation,
  listAnnotations,
  patchAnnotation,
  postAnnotation,
  removeAnnotation,
} from './annotations.ts';
import { bulkCreate, bulkDelete } from './bulk.ts';
import { listColumns } from '#sandbox/data-manager/columns.ts';
import { listActions, performAction } from '#sandbox/data-manager/actions.ts';
import { createView, listViews } from '#sandbox/data-manager/views.ts';
import { exportTasks } from './exports/export-tasks.ts';
import { importPredictions, importTasks } from './imports.ts';
import { deleteModelVersion, listModelVersions } from '#sandbox/projects/model-versions.ts';
import {
  changeProject,
  createProject,
  deleteProject,
  getProject,
  listCounts,
  listProjects,
  validateConfig,
} from '#sandbox/projects/projects.ts';
import { createPrediction, getPrediction, listPredictions, removePrediction } from './predictions.ts';
import { getSummary, resetSummary } from '#sandbox/projects/summary.ts';
import { Router, type Route } from '#sandbox/http/router.ts';
import { loadSeeds } from '#sandbox/data/seeds.ts';
import {
  blacklistToken,
  createToken,
  getLegacyToken,
  getTokenSettings,
  getUser,
  listTokens,
  listUsers,
  refreshToken,
  resetLegacyToken,
  rotateToken,
  setTokenSettings,
  whoami,
} from './session.ts';
import { withDefaults, type SandboxOptions } from '#sandbox/data/settings.ts';
import { changeTask, createTask, deleteTask, getTask, listTasks, showTask } from './tasks.ts';
import { uploadedFile } from './uploads.ts';
import { health, version } from './version.ts';

/** A strict stand-in for Label Studio 1.23.2. */
export interface Sandbox {
  /**
   * Answers as the server would; paths begin at `/api`. A body may end early.
   *
   * @throws {ConnectionLost} where the real connection would be lost without an answer: close the socket
   */
  handle(request: Request): Promise<Response>;
}

/** Creates an independent server: two sandboxes share no data. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const settings = withDefaults(options);
  const store = loadSeeds(settings.data, settings.now());
  const enterprise = settings.edition === 'enterprise' ? enterpriseRoutes : [];
  const router = new Router([...enterprise, ...routes], store, settings);
  return { handle: (request) => router.respond(request) };
}

const EVERYTHING = 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS';
const BEARER = 'Bearer realm="api"';

/** All routes. Any other path gets Django's HTML 404. */
const routes: Route[] = [
  { path: '/api/version/', methods: { GET: version, POST: version }, open: true, allow: '' },
  { path: '/health/', methods: { GET: health, POST: health }, open: true, allow: '' },
  { path: '/projects/<id>/data', methods: { GET: showTask }, open: true, allow: '' },
  { path: '/data/upload/*', methods: { GET: uploadedFile } },

  { path: '/api/current-user/whoami', methods: { GET: whoami } },
  { path: '/api/current-user/token', methods: { GET: getLegacyToken } },
  { path: '/api/current-user/reset-token/', methods: { POST: resetLegacyToken } },
  { path: '/api/users/', methods: { GET: listUsers }, allow: 'GET, POST, HEAD' },
  { path: '/api/users/<id>/', methods: { GET: getUser }, allow: 'GET, HEAD, PATCH, DELETE' },
  { path: '/api/token/', methods: { GET: listTokens, POST: createToken } },
  { path: '/api/token/refresh/', methods: { POST: refreshToken }, open: true, challenge: BEARER },
  { path: '/api/token/rotate/', methods: { POST: rotateToken }, challenge: BEARER },
  { path: '/api/token/blacklist/', methods: { POST: blacklistToken }, open: true, challenge: BEARER },
  { path: '/api/jwt/settings', methods: { GET: getTokenSettings, POST: setTokenSettings } },

  { path: '/api/projects/', methods: { GET: listProjects, POST: createProject } },
  { path: '/api/projects/counts/', methods: { GET: listCounts } },
  { path: '/api/projects/validate/', methods: { POST: validateConfig }, open: true },
  {
    path: '/api/projects/<id>/',
    methods: { GET: getProject, PATCH: changeProject, DELETE: deleteProject },
    allow: EVERYTHING,
  },
  { path: '/api/projects/<id>/import', methods: { POST: importTasks } },
  { path: '/api/projects/<id>/import/predictions', methods: { POST: importPredictions } },
  {
    path: '/api/projects/<id>/model-versions/',
    methods: { GET: listModelVersions, DELETE: deleteModelVersion },
  },
  { path: '/api/projects/<id>/summary/', methods: { GET: getSummary } },
  { path: '/api/projects/<id>/summary/reset/', methods: { POST: resetSummary } },
  { path: '/api/projects/<id>/export', methods: { GET: exportTasks } },

  { path: '/api/tasks/', methods: { GET: listTasks, POST: createTask } },
  {
    path: '/api/tasks/<id>/',
    methods: { GET: getTask, PATCH: changeTask, DELETE: deleteTask },
    allow: EVERYTHING,
  },
  { path: '/api/tasks/<id>/annotations/', methods: { GET: listAnnotations, POST: postAnnotation } },
  {
    path: '/api/annotations/<id>/',
    methods: { GET: getAnnotation, PUT: patchAnnotation, PATCH: patchAnnotation, DELETE: removeAnnotation },
  },

  { path: '/api/predictions/', methods: { GET: listPredictions, POST: createPrediction } },
  {
    path: '/api/predictions/<id>/',
    methods: { GET: getPrediction, DELETE: removePrediction },
    allow: EVERYTHING,
  },

  { path: '/api/dm/views/', methods: { GET: listViews, POST: createView } },
  { path: '/api/dm/columns/', methods: { GET: listColumns } },
  { path: '/api/dm/actions/', methods: { GET: listActions, POST: performAction } },
];

const enterpriseRoutes: Route[] = [
  { path: '/api/annotations/bulk/', methods: { POST: bulkCreate } },
  { path: '/api/annotations/bulk-delete/', methods: { POST: bulkDelete } },
];
