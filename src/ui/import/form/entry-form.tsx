import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type FormEvent,
} from 'react';
import { flushSync } from 'react-dom';
import { FormProvider, useForm, type Resolver } from 'react-hook-form';
import Box from '@mui/material/Box';
import type { CheckSummary } from '#domain/check.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import type { FieldProblem } from '#domain/form/read-form.ts';
import type { AnswersOfProject, EntryVerdict } from '#engine/batch/calls/form-calls.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { useBatch, useNavigation } from '#ui/import/batch-context.tsx';
import { createDebounce } from '#ui/components/debounce.ts';
import { ErrorSummary } from './error-summary.tsx';
import { focusFirstField, goToField } from './go-to-field.ts';
import {
  AuthorSection,
  hasAuthor,
  hasProvenance,
  ProvenanceSection,
  UnknownFields,
} from '#ui/import/form/sections/metadata-sections.tsx';
import { ResultSection, type AskedField } from '#ui/import/form/sections/result-section.tsx';
import { TargetSection } from '#ui/import/form/sections/target-section.tsx';
import { inputOf, toErrors } from './to-errors.ts';
import type { PlacedProblem } from '#wire/problem.ts';

const pauseMs = 200;

interface EntryFormProps {
  checked: CheckSummary;
  entry: number;
  /** The request’s values in the text. */
  values: FormValues;
  /** The form's inputs, made from the project's labelling config. */
  firstAnswers: AnswersOfProject;
}

/** The form of one set of labels. Changes are checked at once, and written into the text after a pause. */
export function EntryForm(props: EntryFormProps) {
  const { checked, entry, values } = props;
  const touched = useTouched(entry);
  const { form, write, verdict, answers, placed, elsewhere } = useEntryForm(props, touched);
  const problems = (verdict?.problems ?? []).filter(touched.isShown);
  const [asked, setAsked] = useState<AskedField>();

  /** Long lists show only a part of their fields, so the field may have to be rendered first. */
  function goTo(field: string) {
    flushSync(() => setAsked({ field }));
    goToField(field);
  }

  return (
    <FormProvider {...form}>
      <Box
        component="form"
        aria-label={`Set of labels ${entry + 1}`}
        noValidate
        autoComplete="off"
        onSubmit={(event) => event.preventDefault()}
        onChange={touched.onChange}
        onBlur={(event) => {
          write.flush();
          touched.onBlur(event);
        }}
        // Undo by key needs the latest change written first.
        onKeyDownCapture={({ ctrlKey, metaKey }) => (ctrlKey || metaKey) && write.flush()}
        sx={{ display: 'flex', flexDirection: 'column', gap: 4 }}
      >
        {/* In a new set it would push down the field that is being filled in. */}
        {!touched.isFresh && (
          <ErrorSummary problems={problems} placed={placed} elsewhere={elsewhere} onField={goTo} />
        )}
        <ResultSection answers={answers} hidden={verdict?.hidden ?? []} problems={problems} asked={asked} />
        <TargetSection checked={checked} entry={entry} />
        <AuthorSection open={hasAuthor(values)} />
        <ProvenanceSection open={hasProvenance(values)} />
        <UnknownFields />
      </Box>
    </FormProvider>
  );
}

/** Which problems of a new set are shown: those of fields that were filled in and left. Other sets show all. */
function useTouched(entry: number) {
  const { freshSet } = useNavigation();
  const isFresh = freshSet === entry;
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set());
  const changed = useRef(new Set<string>());
  const isShown = useCallback(
    ({ field }: FieldProblem) => !isFresh || fields.has(inputOf(field)),
    [isFresh, fields],
  );
  const nameOf = ({ target }: FormEvent | FocusEvent) => (target as HTMLInputElement).name;
  return {
    isFresh,
    isShown,
    onChange: (event: FormEvent) => void changed.current.add(nameOf(event)),
    onBlur(event: FocusEvent) {
      const name = nameOf(event);
      if (!changed.current.has(name) || fields.has(name)) return;
      afterPress(() => setFields((last) => new Set([...last, name])));
    },
  };
}

/** Runs on key or button release, because a layout shift before it would lose the click. */
function afterPress(run: () => void) {
  const released = new AbortController();
  for (const end of ['pointerup', 'keyup'])
    document.addEventListener(
      end,
      () => {
        released.abort();
        setTimeout(run);
      },
      { signal: released.signal },
    );
}

/** The form’s state: checked at every change, written after a pause, and refreshed with the project’s inputs. */
function useEntryForm(
  { checked, entry, values, firstAnswers }: EntryFormProps,
  { isFresh, isShown }: Pick<ReturnType<typeof useTouched>, 'isFresh' | 'isShown'>,
) {
  const engine = useEngine();
  const { workbench, checking, queue } = useBatch();
  const [verdict, setVerdict] = useState<EntryVerdict>();
  const [verdictFor, setVerdictFor] = useState<CheckSummary>();
  const [answers, setAnswers] = useState(firstAnswers);
  const isGone = useRef(false);
  const wasFresh = useRef(isFresh);
  const { setUnsaved } = workbench;

  const resolver: Resolver<FormValues> = async (typed) => {
    const result = await engine.batch.checkEntry(typed);
    const found = result.problems;
    if (isGone.current) return { values: typed, errors: {} };
    setVerdict(result);
    setVerdictFor(checked);
    setUnsaved(found.filter(({ unsaved }) => unsaved));
    const shown = found.filter(isShown);
    return shown.length > 0 ? { values: {}, errors: toErrors(shown) } : { values: typed, errors: {} };
  };
  const form = useForm<FormValues>({ defaultValues: values, resolver });
  const [write] = useState(() => createDebounce(pauseMs));
  // Only then do form and text agree and share the same check.
  const isSettled = !checking && !write.isWaiting() && verdictFor === checked;
  const elsewhere = useElsewhere(checked, entry, verdict?.problems, isSettled);

  // A state update here makes React run all effects before the form is shown, so that no early click is lost.
  const [, setDrawn] = useState(false);
  // oxlint-disable-next-line react/set-state-in-effect -- The extra render is intended.
  useLayoutEffect(() => setDrawn(true), []);

  // Changes are written through a subscription, the only way react-hook-form reports them.
  useEffect(() => {
    isGone.current = false;
    // The button that led here may have been removed with the focus; Tab would start at the top of the page.
    if (wasFresh.current || document.activeElement === document.body) focusFirstField();
    let seen = JSON.stringify(form.getValues());
    const stop = form.subscribe({
      formState: { values: true },
      callback: (state) => {
        const now = JSON.stringify(state.values);
        if (now === seen) return;
        seen = now;
        void form.trigger();
        const typed = structuredClone(state.values);
        write.call(() => void queue.writeForm(() => engine.batch.writeEntry(entry, typed, Date.now())));
      },
    });
    return () => {
      stop();
      write.flush();
      isGone.current = true;
      setUnsaved([]);
    };
  }, [form, write, queue, engine, entry, setUnsaved]);

  // The project’s details may arrive late or change, and a field may have been touched.
  useEffect(() => {
    if (checked) void form.trigger();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- The resolver uses it.
  }, [form, checked, isShown]);
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

  const placed = isSettled ? checked.problems.filter((problem) => problem.entry === entry) : [];
  return { form, write, verdict, answers, placed, elsewhere };
}

/**
 * Problems from the text’s check that the form can’t find, such as a task named by two requests. Compared only when
 * text and form agree; otherwise a problem that was just fixed would still be listed.
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
