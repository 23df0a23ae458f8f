import type { Label, NamedLabel } from '#config/labels.ts';
import type { AnswerForm, AnswerInput, AnswerOption } from '#domain/form/answer-inputs.ts';
import type { CheckSummary } from '#domain/checked.ts';
import type { EntrySummary } from '#domain/plan/entry-summary.ts';
import type { FormProblem } from '#domain/form/read-form.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import type { PlacedProblem } from '#domain/problems/problem.ts';
import type { GroupView, PlanView } from '#domain/plan/plan-view.ts';
import type { RowState, RunTotals } from '#domain/results/account.ts';
import type { Repair } from '#domain/text/repair-preview.ts';
import type { CellWrite, GridHead, GridRow } from '#domain/parse/records/grid.ts';
import type { Bytes, Edit } from '#domain/text/source-text.ts';
import type { PartAsked, TextPart } from '#domain/text/text-window.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import type { ColumnValues } from '#domain/parse/records/unmatched-values.ts';
import type { ResultRow, RowQuery } from '#domain/results/result-rows.ts';
import type { RunPhase } from '#run/run-context.ts';
import type { Outcome } from '#wire/failure.ts';
import type { ServerOffer } from '#wire/server-offer.ts';

/** The names by which the screens know what crosses. */
export type {
  AnswerInput,
  AnswerOption,
  Edit,
  FormProblem as FieldProblem,
  Label,
  NamedLabel,
  PartAsked,
  ResultRow,
  RowQuery,
  RunPhase,
  TextPart,
};

/**
 * Everything a screen can ask. The engine runs in a worker of its own: it alone holds the token and speaks to the
 * server, and it alone holds the batch, so that a million rows never freeze the page.
 */
export interface Engine {
  /** What the page's own server offers: a sandbox, a way to a real Label Studio, or nothing. */
  offer(): Promise<ServerOffer>;

  /** Signs in. The token stays in the engine's memory, until `disconnect` or the tab's end. */
  connect(server: ServerAddress, token: string): Promise<Outcome<Connection>>;
  disconnect(): Promise<void>;
  /** The engine starts with no more than the above; this loads the rest ahead of the first call that needs it. */
  getReady(): Promise<void>;

  /** The server's projects whose title holds `title`, newest first, the first hundred. */
  projects(title: string): Promise<Outcome<ProjectPage>>;
  project(id: number): Promise<Outcome<ProjectSummary>>;

  /** One page of the project's tasks as a list shows them, counted from 1. */
  taskPage(project: number, asked: { search: string; page: number }): Promise<Outcome<TaskPage>>;
  /** The ids of all tasks that a search finds; of a search for nothing, of all tasks. */
  foundTasks(project: number, search: string): Promise<Outcome<number[]>>;
  /** The views that are saved in the project's Data Manager. */
  taskViews(project: number): Promise<Outcome<TaskView[]>>;
  tasksOfView(view: number): Promise<Outcome<number[]>>;
  /** An image that the server itself keeps, read with the token, for a page has none to show. */
  taskImage(url: string): Promise<Outcome<Blob>>;
  /** Ids as a person types them, `1-50, 60`, and what of that cannot be read. */
  readTaskIds(text: string): Promise<{ ids: number[]; problems: string[] }>;
  /** The same the other way: to be read again, and `short` for showing. */
  writeTaskIds(ids: number[]): Promise<{ text: string; short: string }>;

  /** Makes a file the workbench's new content: in UTF-8 or UTF-16, packed with gzip or not. */
  openFile(file: Blob): Promise<Opened>;
  /** The text as a file of its own, which costs the page nothing however large it is. */
  textAsFile(): Promise<Blob>;
  /** Makes what `textAsFile` once gave the workbench's new content; undefined where it cannot be read any more. */
  takeBack(file: Blob): Promise<TextOnScreen | undefined>;
  /**
   * Checks the workbench's content. A small text is told whole, and becomes the new content; of a large one is told which
   * it is. The later of two calls wins.
   */
  check(told: string | TextVersion): Promise<Verdict>;
  /** Takes over what was typed into a part of a large text, unless there is another text by now. */
  type(change: TypedChange): Promise<void>;
  part(asked: PartAsked): Promise<PartOfText>;
  /** Where a line of the text begins; `line` counts from 1. */
  placeOfLine(line: number): Promise<number>;
  /** Makes these changes, whose places are all in the text as it is. */
  edit(edits: Edit[]): Promise<TextOnScreen>;
  /** Keeps one slice after the other of what `putHeld` is to put into the text: nothing large crosses in one go. */
  hold(slice: string): Promise<void>;
  putHeld(place: { from: number; to: number }): Promise<TextOnScreen>;
  /** Makes a large text that was the workbench's content before its content again; undefined where it is not kept any more. */
  bringBack(version: TextVersion): Promise<TextOnScreen | undefined>;
  /** The texts, for the engine of another server, which goes on with them. */
  handOver(): Promise<HandedOver>;
  takeOver(texts: HandedOver): Promise<void>;
  /** Sets how the text is to be read, where that is not found out; said before the text is checked. */
  chooseReading(choice: ImportSettings): Promise<void>;
  /** The requests `from` ≤ entry < `to` of the text checked last. */
  entries(from: number, to: number): Promise<EntrySummary[]>;
  /** Sets the project that requests without one of their own belong to. */
  chooseProject(id: number | undefined): Promise<void>;

  /** The form's view of one request of the text checked last; undefined where the form cannot show it. */
  readEntry(entry: number): Promise<EntryInForm | undefined>;
  /** What is wrong with these values as they stand in the form, in the editor's words, and what it asks for. */
  checkEntry(values: FormValues): Promise<EntryVerdict>;
  /** The same values for the project that they name now: its inputs, and its regions shared out among them. */
  readAnswers(values: FormValues): Promise<EntryInForm>;
  /** Writes the changed fields into the text, leaving everything else of it as it is. Gives the new text. */
  writeEntry(entry: number, values: FormValues): Promise<TextOnScreen>;
  addEntry(): Promise<TextOnScreen>;
  duplicateEntry(entry: number): Promise<TextOnScreen>;
  removeEntry(entry: number): Promise<TextOnScreen>;
  /** The grid of the table or the records checked last; it has no rows where the text is neither. */
  gridHead(): Promise<GridHead>;
  gridRows(rows: number[]): Promise<GridRow[]>;
  /** What stands in the columns of the table or the records checked last and is none of the labels there. */
  columnValues(): Promise<ColumnValues[]>;
  /** Every label of a control of the chosen project. */
  labels(control: string): Promise<NamedLabel[]>;
  /** The rows with an error or a warning, ascending. */
  rowsWithProblems(): Promise<Uint32Array>;
  /** Lets one cell of the grid say something else, leaving everything else of the text as it is. */
  writeCell(row: number, column: number, words: string): Promise<CellWritten>;
  /** Makes of the batch a list of requests; rows that say the same are one of them. */
  writeAsRequests(): Promise<TextOnScreen>;
  /** Makes the fix of a problem of the text checked last; `alike` also that of every problem which it mends too. Gives the new text. */
  fix(problem: PlacedProblem, scope: 'one' | 'alike'): Promise<TextOnScreen>;
  /** How the text checked last becomes JSON, where it is almost that; undefined where mending it would be guessing. */
  repair(): Promise<Repair | undefined>;
  /** Makes the repair of the text checked last. Gives the new text; without a repair, the text itself. */
  applyRepair(): Promise<TextOnScreen>;
  /** Lays the text out with two spaces, numbers as written; leaves it as it is where it cannot be read. */
  format(): Promise<TextOnScreen>;
  /** A request that fits the chosen project (without one: a general example), as text. */
  example(): Promise<Outcome<string>>;
  /** A region that fits the chosen project, as text, for the form's *Add a region*. */
  exampleRegion(): Promise<string>;
  /** A batch that shows the labels of the chosen project, each in a row of its own, to be downloaded and filled. */
  sample(format: 'json' | 'csv'): Promise<Outcome<SampleFile>>;

  /** Reads what must be known of the server's side and lays out exactly what will happen. Creates nothing. */
  plan(choices: PlanChoices): Promise<Outcome<PlanView>>;
  /** The groups `from` ≤ group < `to` of a plan, in the order of the source. */
  planGroups(planId: string, from: number, to: number): Promise<GroupView[]>;
  /** Runs a plan to its end. Progress comes by `onChange`, at most ten times a second, and once at the end. */
  run(planId: string, onChange: (view: RunView) => void): Promise<RunView>;
  /** Sends nothing more; what is in flight is still awaited and read back. */
  stop(runId: string): Promise<void>;
  /** Reads the tasks of unknown rows back once more. */
  readBackAgain(runId: string, onChange: (view: RunView) => void): Promise<RunView>;
  /** Sends what was not sent, after a stop or a refused token; the rest of the run stays as it is. */
  resume(runId: string, onChange: (view: RunView) => void): Promise<RunView>;
  runView(runId: string): Promise<RunView | undefined>;
  /** One window of the results. */
  rows(runId: string, query: RowQuery, from: number, to: number): Promise<RowWindow>;
  /** All rows that the query lets through, as a file, or their annotation ids one a line. */
  exportRows(runId: string, query: RowQuery, format: 'csv' | 'json' | 'ids'): Promise<Blob>;
  /**
   * What has not become an annotation, as it stands in the batch of this plan or run, in a file of the batch's own kind:
   * requests with mistakes, and rows that are skipped, refused, not sent or unknown. Undefined once another run has
   * started, for the batch is not kept longer.
   */
  restFile(runId: string): Promise<RestFile | undefined>;
}

/**
 * The workbench's text as a screen knows it: all of it while it is small. A large one stays with the engine, and only what
 * is in sight is told. Places and lengths are in UTF-16 code units, by which editors count.
 */
export type TextOnScreen = { size: 'small'; text: string } | LargeText;

export interface LargeText extends TextVersion {
  size: 'large';
  length: number;
  /** As far as a thousand characters. */
  firstLine: string;
  /** Whether it has the word by which a request says its project. */
  namesProject: boolean;
  /** The part that is looked at, as it was when this was told. */
  part: TextPart;
}

/** Which of the large texts of this workbench it is. */
export interface TextVersion {
  /** Another one for each text that came from elsewhere, or that the engine made. */
  edition: number;
  /** How many typed changes were made to it since. */
  typed: number;
}

/** What was typed into a large text; the places are those of the version that it was typed into. */
export interface TypedChange extends TextVersion {
  edits: Edit[];
}

export interface PartOfText extends TextVersion {
  part: TextPart;
}

/** Texts on their way from one engine to another; the one on the workbench is the last one. */
export type HandedOver = (TextVersion & { bytes: Bytes })[];

export type Opened =
  { ok: true; text: TextOnScreen } | { ok: false; /** In words for people. */ message: string };

/** What a check found; with the text, where the screen is to know it otherwise than it does. */
export interface Verdict extends CheckSummary {
  text?: TextOnScreen;
}

/** The new text, and what is needed to take the change back. */
export interface CellWritten extends Omit<CellWrite, 'text'> {
  text: TextOnScreen;
  /** Whether what is guessed of the text (how it is divided, what its columns hold) is guessed otherwise now. */
  isReadOtherwise?: boolean;
}

export interface ServerAddress {
  /** Where the API is, without a final slash: `https://ls.example.com/label-studio`. */
  base: string;
  /** Where people open it, for links; the same as `base` unless a proxy stands between. */
  linkBase: string;
  /** How it is called on screen: `Sandbox`, `ls.example.com`. */
  name: string;
  /** How long the server, or the gateway before it, works on a request at most. A lost answer is not looked for before. */
  timeLimitSeconds: number;
}

export interface Connection {
  server: ServerAddress;
  edition: 'Community' | 'Enterprise';
  version: string;
  user: { id: number; name: string; email: string; role?: string };
  organisation?: string;
  token: { kind: 'legacy' | 'personal' | 'access'; /** Milliseconds since 1970. */ expiresAt?: number };
  /** What this edition and role can do, in words, for the settings panel. */
  abilities: { text: string; there: boolean }[];
}

export interface ProjectPage {
  projects: ProjectSummary[];
  /** How many there are on the server in all. */
  total: number;
}

export interface ProjectSummary {
  id: number;
  title: string;
  tasks: number;
  annotations: number;
}

/** One request as the form shows it. */
export interface EntryInForm {
  values: FormValues;
  answers: AnswersOfProject;
}

/** What the labelling config of a request's project makes of its form. */
export interface AnswersOfProject extends AnswerForm {
  /** Another one for another config. */
  key: string;
  /** Why there is none, where no config is known. */
  why?: string;
}

export interface EntryVerdict {
  problems: FormProblem[];
  /** Controls that are not asked for with these answers. */
  hidden: string[];
  /** The key of the inputs that belong to these values: where it is another one, the inputs on screen are outdated. */
  answersKey: string;
}

export interface TaskPage {
  tasks: TaskInList[];
  /** How many tasks the search finds on all pages. */
  total: number;
  /** Keys of the data that the server cannot search, so that what stands there is not found. */
  notSearched: string[];
}

export interface TaskInList {
  id: number;
  /** What annotators look at, else the first of its data, on one line and cut; `''` where it is all in the image. */
  says: string;
  /** The rest of its data with its keys, likewise. */
  also: string;
  image?: TaskImage;
}

export interface TaskImage {
  url: string;
  /** `server`: by `taskImage`; `web`: at its address; `nowhere`: in a storage that a page cannot reach. */
  from: 'server' | 'web' | 'nowhere';
}

export interface TaskView {
  id: number;
  title: string;
}

export interface SampleFile {
  file: Blob;
  name: string;
  /** What it does not show, and why: whole sentences. */
  notes: string[];
}

export interface RestFile {
  file: Blob;
  name: string;
}

export interface PlanChoices {
  /** `resolve` turns a selection into explicit tasks; `as-is` sends it as it stands (bulk route only). */
  selection: 'resolve' | 'as-is';
  /** Somebody wants what has mistakes left out. Without their word a batch with mistakes is not planned. */
  leaveOut?: boolean;
}

export interface RunView {
  id: string;
  plan: PlanView;
  phase: RunPhase;
  /** What is being waited for, in words, while it is not finished. */
  waitingFor?: string;
  totals: RunTotals;
  calls: { sent: number; total: number };
  startedAt: number;
  endedAt?: number;
  /** The server's reasons, most frequent first. */
  reasons: { entry: number; state: RowState; reason: string; rows: number }[];
}

export interface RowWindow {
  /** How many rows the query lets through. */
  total: number;
  from: number;
  rows: ResultRow[];
}
