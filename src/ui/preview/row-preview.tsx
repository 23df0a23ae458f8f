import { Fragment, useState } from 'react';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { AnswerPreview, RegionPreview, TextPreview } from '#domain/preview/preview.ts';
import type { RowPreview } from '#engine/tasks/row-previews.ts';
import { surface } from '#ui/components/data-display/card.tsx';
import { count } from '#ui/components/numbers.ts';
import { fontSize, radius } from '#ui/theme/tokens.ts';
import { ImageWithShapes } from './image-with-shapes.tsx';

interface RowPreviewProps {
  shown: RowPreview;
  /** Hides the task’s name, which is shown elsewhere. */
  isBare?: boolean;
}

/** Previews a row on its task: shapes on the image, spans in the text, answers as chips. */
export function RowPreviewView({ shown, isBare = false }: RowPreviewProps) {
  const { task, noTask, preview, others, isSkip } = shown;
  const { answers, regions, unknownRegions } = preview;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 4 }}>
      <Box sx={isBare ? undefined : { ...surface, overflow: 'hidden' }}>
        {!isBare && task && <TaskHead task={task} />}
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 4, ...(!isBare && { p: 4 }) }}>
          {!isBare && noTask !== undefined && <Box sx={quiet}>{noTask}</Box>}
          {isSkip && <Box>The task will be skipped.</Box>}
          <Drawing shown={shown} />
          {unknownRegions > 0 && (
            <Box sx={quiet}>
              {count(unknownRegions, 'label')} can’t be shown: this project has no control for{' '}
              {unknownRegions === 1 ? 'it' : 'them'}.
            </Box>
          )}
          {!isSkip && regions.length + answers.length + unknownRegions === 0 && (
            <Box sx={quiet}>No labels yet: this would create an empty annotation.</Box>
          )}
        </Box>
      </Box>
      {(others.fields.length > 0 || others.more > 0) && (
        <Box sx={isBare ? undefined : { ...surface, p: 4 }}>
          <OtherData others={others} />
        </Box>
      )}
    </Box>
  );
}

const TaskHead = ({ task }: { task: NonNullable<RowPreview['task']> }) => (
  <Typography variant="h3" component="div" sx={taskHead}>
    Task{' '}
    {task.url === undefined ? (
      task.id
    ) : (
      <Link href={task.url} target="_blank" rel="noreferrer">
        {task.id}
      </Link>
    )}
  </Typography>
);

/** Images, texts and answers, and the numbered regions. */
function Drawing({ shown: { preview, pictures } }: { shown: RowPreview }) {
  const { images, texts, answers, regions, moreRegions } = preview;
  const [active, setActive] = useState<number>();
  return (
    <>
      {images.map((image, index) => (
        <ImageWithShapes
          key={image.name}
          image={image}
          picture={pictures[index]}
          regions={regions}
          active={active}
        />
      ))}
      {texts.map((text) => (
        <Fragment key={text.name}>
          <TextWithSpans text={text} regions={regions} active={active} />
          {text.isHtml && text.text !== undefined && (
            <Box sx={quiet}>
              The page as text. Spans are found by their words; their XPaths aren’t compared with the page.
            </Box>
          )}
        </Fragment>
      ))}
      {answers.length > 0 && (
        <Box component="dl" aria-label="Labels" sx={pairs}>
          {answers.map((answer, index) => (
            // Answers have no identity, and the list is never reordered.
            // oxlint-disable-next-line react/no-array-index-key
            <Answer key={index} answer={answer} />
          ))}
        </Box>
      )}
      {regions.length > 0 && <Regions regions={regions} active={active} onActive={setActive} />}
      {moreRegions > 0 && <Box sx={quiet}>{count(moreRegions, 'more region')} aren’t shown.</Box>}
    </>
  );
}

/** Task data that isn’t drawn. */
const OtherData = ({ others: { fields, more } }: Pick<RowPreview, 'others'>) => (
  <>
    <Box component="dl" aria-label="Other data of the task" sx={pairs}>
      {fields.map(({ name, text, length }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>
            {text}
            {length !== undefined && (
              <Box component="span" sx={quiet}>
                {' '}
                … cut; {count(length, 'character')} in all
              </Box>
            )}
          </dd>
        </Fragment>
      ))}
    </Box>
    {more > 0 && <Box sx={{ ...quiet, mt: 2 }}>{count(more, 'more field')} in Label Studio.</Box>}
  </>
);

interface TextWithSpansProps {
  text: TextPreview;
  regions: readonly RegionPreview[];
  active: number | undefined;
}

/** The text with its spans, split where any of them starts or ends. */
function TextWithSpans({ text: { text, isCut, spans, name }, regions, active }: TextWithSpansProps) {
  if (text === undefined) return null;
  const cuts = [...new Set([0, ...spans.flatMap(({ from, to }) => [from, to]), text.length])].toSorted(
    (one, other) => one - other,
  );
  const parts = cuts.slice(0, -1).map((from, index) => ({ from, to: cuts[index + 1]! }));
  return (
    <Box component="figure" aria-label={name} sx={textStyle}>
      {parts.map(({ from, to }) => {
        const over = spans.filter((span) => span.from <= from && to <= span.to);
        const words = text.slice(from, to);
        const last = over.at(-1);
        if (last === undefined) return words;
        const region = regions[last.region - 1]!;
        const isFirst = over.some((span) => span.from === from);
        return (
          <Box
            key={from}
            component="mark"
            sx={mark}
            style={{
              backgroundColor: `color-mix(in srgb, ${region.color} 22%, transparent)`,
              borderColor: region.color,
              borderBottomWidth: last.region === active ? 4 : 2,
            }}
          >
            {words}
            {isFirst && (
              <Box component="sup" sx={{ ml: 0.5, userSelect: 'none' }}>
                {last.region}
              </Box>
            )}
          </Box>
        );
      })}
      {isCut && '… '}
    </Box>
  );
}

/** More stars than this are shown as a number. */
const maxStars = 10;

function Answer({ answer: { control, tag, values, stars } }: { answer: AnswerPreview }) {
  return (
    <>
      <dt>{control}</dt>
      <dd>
        {stars !== undefined ? (
          <>
            {stars <= maxStars && (
              <Box component="span" aria-hidden sx={{ color: 'star.main', mr: 2, letterSpacing: '0.1em' }}>
                {Array.from({ length: stars }, (_, star) => (star < Number(values[0]) ? '★' : '☆')).join('')}
              </Box>
            )}
            {values[0]} of {stars}
          </>
        ) : tag === 'TextArea' ? (
          values.map((value) => (
            <Box key={value} sx={{ whiteSpace: 'pre-wrap' }}>
              {value}
            </Box>
          ))
        ) : (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            {values.map((value) => (
              <Box key={value} component="span" sx={chip}>
                {value}
              </Box>
            ))}
          </Box>
        )}
      </dd>
    </>
  );
}

interface RegionsProps {
  regions: readonly RegionPreview[];
  active: number | undefined;
  onActive: (region: number | undefined) => void;
}

/** The numbered regions. Hovering highlights one in the drawing. */
const Regions = ({ regions, active, onActive }: RegionsProps) => (
  <Box component="ol" aria-label="Regions" sx={list} onMouseLeave={() => onActive(undefined)}>
    {regions.map(({ number, labels, color, place }) => (
      <Box
        key={number}
        component="li"
        onMouseEnter={() => onActive(number)}
        sx={{ ...row, ...(number === active && { bgcolor: 'action.selected' }) }}
      >
        <Box component="span" sx={{ color: 'text.secondary', minWidth: '1.5rem' }}>
          {number}
        </Box>
        <Box component="span" aria-hidden sx={swatch} style={{ backgroundColor: color }} />
        <Box component="span" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {labels.join(', ') || 'No label'}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {place}
        </Box>
      </Box>
    ))}
  </Box>
);

const textStyle = {
  m: 0,
  maxHeight: 360,
  overflow: 'auto',
  whiteSpace: 'pre-wrap',
  overflowWrap: 'anywhere',
  typography: 'body1',
  fontSize: fontSize.lead,
  lineHeight: 1.75,
} as const;

const quiet = { color: 'text.secondary' } as const;

const taskHead = { px: 4, py: 2.5, borderBottom: 1, borderColor: 'divider' } as const;

/** A list of names and values. */
const pairs = {
  display: 'grid',
  gridTemplateColumns: 'minmax(64px, 104px) minmax(0, 1fr)',
  columnGap: 3,
  rowGap: 2,
  m: 0,
  '& dt': { color: 'text.secondary', overflowWrap: 'anywhere' },
  '& dd': { m: 0, overflowWrap: 'anywhere', maxHeight: 160, overflow: 'auto' },
} as const;

const mark = { color: 'inherit', borderBottom: '2px solid', borderRadius: radius.small, px: 0.5 } as const;

const chip = {
  px: 1.5,
  borderRadius: radius.small,
  bgcolor: 'sunken.pressed',
  overflowWrap: 'anywhere',
} as const;

const swatch = { width: 10, height: 10, borderRadius: radius.small, flex: 'none' } as const;

const list = {
  m: 0,
  p: 0,
  listStyle: 'none',
  border: 1,
  borderColor: 'divider',
  borderRadius: 1,
  overflow: 'hidden',
} as const;

const row = {
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  px: 3,
  py: 1,
  '& + &': { borderTop: 1, borderColor: 'divider' },
} as const;
