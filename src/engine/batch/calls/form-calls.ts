import type { LabelConfig } from '#config/label-config.ts';
import { answerForm, type AnswerForm, type AnswerInput } from '#domain/form/answer-inputs.ts';
import { labelsOf, optionRows, type OptionRows, type OptionSearch } from '#domain/form/option-rows.ts';
import { hiddenInputs, assignRegions } from '#domain/form/region-answers.ts';
import { checkForm } from '#domain/form/check-form.ts';
import {
  addEntry,
  duplicateEntry,
  entryLength,
  readEntry,
  removeEntry,
  writeEntry,
} from '#domain/form/edit-entry.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import { isJsonObject, readJson, writeJson, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { Batch } from '#engine/batch/batch.ts';
import type { TextOnScreen } from '#engine/batch/batch-text.ts';

/** One request as form values. */
export interface EntryInForm {
  values: FormValues;
  answers: AnswersOfProject;
}

/** Options sent with an input: the number of buttons in the form. Others are read with `options`. */
const firstOptions = 24;

/** An input with the first of its options. */
export interface AnswerOnScreen extends Omit<AnswerInput, 'options'> {
  options: OptionRows;
  /** Pass it to `options` and `optionLabels` with the input’s name. */
  form: string;
}

/** The form inputs for a project’s labelling config. */
export interface AnswersOfProject extends Pick<AnswerForm, 'beyond'> {
  inputs: AnswerOnScreen[];
  /** Differs for each config. */
  key: string;
  /** Why there are no inputs; set if the config is unknown. */
  why?: string;
}

export interface EntryVerdict {
  problems: FieldProblem[];
  /** Names of controls that are hidden with these answers. */
  hidden: string[];
  /** The key of the inputs for these values. A different key on screen means that its inputs are outdated. */
  answersKey: string;
}

/** Reads, checks and writes requests as form values. */
export function formCalls(batch: Batch) {
  const forms = new WeakMap<LabelConfig, AnswerForm>();
  /** Cached by key, for as many configs as can be known. */
  const inputsByKey = new Map<string, AnswerInput[]>();

  const answersOf = (project: Json | undefined): AnswerForm & { key: string; why?: string } => {
    const known = batch.configOf({ project: project ?? null });
    if (known.config === undefined) return { key: known.why, why: known.why, inputs: [], beyond: [] };
    const { config } = known;
    const form = forms.get(config) ?? answerForm(config);
    forms.set(config, form);
    const key = `project ${writeJson(batch.projectOf(project))}`;
    inputsByKey.set(key, form.inputs);
    return { key, ...form };
  };
  const onScreen = ({ inputs, ...form }: ReturnType<typeof answersOf>): AnswersOfProject => ({
    ...form,
    inputs: inputs.map((input) => ({
      ...input,
      form: form.key,
      options: optionRows(input.options, { search: '', unfolded: [] }, firstOptions),
    })),
  });
  const optionsOf = (form: string, control: string) =>
    inputsByKey.get(form)?.find(({ name }) => name === control)?.options ?? [];

  return {
    /** A checked request as form values: undefined if the form can’t show it, its length if it is too long. */
    async readEntry(entry: number): Promise<EntryInForm | { tooLong: number } | undefined> {
      const { parsed } = batch.checkup;
      const request = parsed.entries.at(entry);
      if (!isJsonObject(request)) return undefined;
      const length = entryLength(batch.text.whole, parsed, entry);
      if (length > limits.formUnits) return { tooLong: length };
      const answers = answersOf(request['project']);
      const values = readEntry(batch.text.whole, parsed, entry, answers.inputs);
      return values && { values, answers: onScreen(answers) };
    },
    /** Problems of form values in the editor’s words, and the inputs they need. */
    async checkEntry(values: FormValues): Promise<EntryVerdict> {
      const project = projectIn(values);
      const { config } = batch.configOf({ project });
      const { key, inputs } = answersOf(project);
      return {
        problems: checkForm(values, batch.configOf),
        hidden: config ? hiddenInputs(values.result, inputs, config) : [],
        answersKey: key,
      };
    },
    /** The same values with the inputs of their current project. */
    async readAnswers(values: FormValues): Promise<EntryInForm> {
      const answers = answersOf(projectIn(values));
      const result = assignRegions(values.result, answers.inputs);
      return { values: { ...values, result }, answers: onScreen(answers) };
    },
    /** The unfolded or found options of an input: the first thousand. */
    options: async (form: string, control: string, search: OptionSearch): Promise<OptionRows> =>
      optionRows(optionsOf(form, control), search, limits.listed),
    /** The labels that annotators see for these option paths. */
    optionLabels: async (form: string, control: string, paths: string[][]): Promise<string[][]> =>
      paths.map((path) => labelsOf(optionsOf(form, control), path)),
    /** Writes only changed fields into the text. `at` is in milliseconds since 1970. */
    writeEntry: async (entry: number, values: FormValues, at: number): Promise<TextOnScreen> =>
      batch.rewrite((text, { parsed }) => writeEntry(text, parsed, entry, values).text, {
        form: { entry, at },
      }),
    addEntry: async (): Promise<TextOnScreen> => batch.rewrite((text, { parsed }) => addEntry(text, parsed)),
    duplicateEntry: async (entry: number): Promise<TextOnScreen> =>
      batch.rewrite((text, { parsed }) => duplicateEntry(text, parsed, entry)),
    removeEntry: async (entry: number): Promise<TextOnScreen> =>
      batch.rewrite((text, { parsed }) => removeEntry(text, parsed, entry)),
  };
}

/** The project of form values: a number, or the typed text. */
function projectIn({ project }: FormValues): Json {
  return readJson(project.trim()).value ?? null;
}
