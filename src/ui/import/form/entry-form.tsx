import type { PlacedProblem } from '#wire/problem.ts';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { FormProvider, useForm, type Resolver } from 'react-hook-form';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { AnswersOfProject, EntryVerdict } from '#engine/batch/form-calls.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { createDebounce } from '#ui/components/debounce.ts';
import { AuthorSection } from '#ui/import/form/sections/metadata-sections.tsx';
import { ErrorSummary } from './error-summary.tsx';
import type { FormViewProps } from './form-view.tsx';
import { goToField } from './go-to-field.ts';
import { hasProvenance, ProvenanceSection } from '#ui/import/form/sections/metadata-sections.tsx';
import { ResultSection } from '#ui/import/form/sections/result-section.tsx';
import { TargetSection } from '#ui/import/form/sections/target-section.tsx';
import { toErrors } from './to-errors.ts';
import { UnknownFields } from '#ui/import/form/sections/metadata-sections.tsx';

const pauseMs = 200;

interface EntryFormProps extends FormViewProps {
  checked: CheckSummary;
  /** The request as it stands in the text. */
  values: FormValues;
  /** What its project's config makes of the form. */
  answersAtFirst: AnswersOfProject;
  startsInTasks: boolean;
}

/** The form of one request. What is typed is checked at once, and written into the text at the next pause. */
export function EntryForm(props: EntryFormProps) {
  const { checked, checking, entry, values, history, onUnwritten, onShowInText, summaryRef, startsInTasks } =
    props;
  const engine = useEngine();
  const [verdict, setVerdict] = useState<EntryVerdict>();
  const [judgedWith, setJudgedWith] = useState<CheckSummary>();
  const [answers, setAnswers] = useState(props.answersAtFirst);
  const problems = verdict?.problems;
  const isGone = useRef(false);
  const { writeForm } = history;

  const resolver: Resolver<FormValues> = async (typed) => {
    const judged = await engine.batch.checkEntry(typed);
    const found = judged.problems;
    if (isGone.current) return { values: typed, errors: {} };
    setVerdict(judged);
    setJudgedWith(checked);
    onUnwritten(found.filter(({ unwritten }) => unwritten));
    return found.length > 0 ? { values: {}, errors: toErrors(found) } : { values: typed, errors: {} };
  };
  const form = useForm<FormValues>({ defaultValues: values, resolver });
  const [write] = useState(() => createDebounce(pauseMs));
  // Only then the form and the text say the same, and both were judged by what is known now.
  const isSettled = !checking && !write.isWaiting() && judgedWith === checked;
  const elsewhere = useElsewhere(checked, entry, problems, isSettled);

  // Setting a state here lets React run all effects before the form is on screen: whoever clicks at once is listened to.
  const [, setDrawn] = useState(false);
  // oxlint-disable-next-line react/set-state-in-effect -- Another render is just what is wanted.
  useLayoutEffect(() => setDrawn(true), []);

  // The form is written as it changes, not submitted, and react-hook-form tells of changes by subscription only.
  useEffect(() => {
    isGone.current = false;
    // Or the button that led here took the focus with it: then the next Tab would start at the top of the page.
    if (startsInTasks || document.activeElement === document.body) goToField('taskIds');
    let seen = JSON.stringify(form.getValues());
    const stop = form.subscribe({
      formState: { values: true },
      callback: (state) => {
        const now = JSON.stringify(state.values);
        if (now === seen) return;
        seen = now;
        void form.trigger();
        const typed = structuredClone(state.values);
        write.call(() => void writeForm(entry, () => engine.batch.writeEntry(entry, typed)));
      },
    });
    return () => {
      stop();
      write.flush();
      isGone.current = true;
      onUnwritten([]);
    };
  }, [form, write, writeForm, engine, entry, startsInTasks, onUnwritten]);

  // What is known of the project may come late, or become another one.
  useEffect(() => {
    if (checked) void form.trigger();
  }, [form, checked]);
  const isOutdated = verdict !== undefined && verdict.answersKey !== answers.key;
  useEffect(() => {
    const renew = async () => {
      const shown = await engine.batch.readAnswers(form.getValues());
      if (isGone.current) return;
      form.setValue('result', shown.values.result);
      setAnswers(shown.answers);
    };
    if (isOutdated) void renew();
  }, [isOutdated, engine, form]);

  return (
    <FormProvider {...form}>
      <Box
        component="form"
        aria-label={`Request ${entry + 1}`}
        noValidate
        autoComplete="off"
        onSubmit={(event) => event.preventDefault()}
        onBlur={write.flush}
        // What a key takes back must be there first.
        onKeyDownCapture={({ ctrlKey, metaKey }) => (ctrlKey || metaKey) && write.flush()}
        sx={{ display: 'flex', flexDirection: 'column', gap: 6 }}
      >
        <ErrorSummary
          ref={summaryRef}
          problems={problems ?? []}
          placed={isSettled ? checked.problems.filter((problem) => problem.entry === entry) : []}
          elsewhere={elsewhere}
          onShowInText={onShowInText}
          onFix={(problem, scope) => props.leave(() => props.onFix(problem, scope))}
        />
        <TargetSection checked={checked} entry={entry} connected={props.connected} />
        <ResultSection answers={answers} verdict={verdict} />
        <AuthorSection />
        <ProvenanceSection open={hasProvenance(values)} />
        <UnknownFields />
      </Box>
    </FormProvider>
  );
}

/**
 * The request's problems that no form can know, such as a task that another request names too: what the text's check
 * found beyond the form's own. The two are compared only when the text holds what the form holds; while it is behind,
 * what was mended in the form would look like a problem of the text.
 */
function useElsewhere(
  checked: CheckSummary,
  entry: number,
  problems: FieldProblem[] | undefined,
  isSettled: boolean,
): PlacedProblem[] {
  const [last, setLast] = useState<{ checked?: CheckSummary; found: PlacedProblem[] }>({ found: [] });
  if (!isSettled || !problems || last.checked === checked) return last.found;

  const known = new Set(problems.map(({ message }) => message));
  const found = checked.problems.filter(
    (problem) => problem.entry === entry && problem.severity !== 'info' && !known.has(problem.message),
  );
  setLast({ checked, found });
  return found;
}
