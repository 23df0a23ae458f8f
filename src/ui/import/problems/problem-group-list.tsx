import type { KeyboardEvent, Ref } from 'react';
import type { ProblemKind } from '#domain/checked.ts';
import { WindowedList } from '#ui/components/data-display/windowed-list.tsx';
import { KindRow } from './problem-group-row.tsx';

interface KindListProps {
  kinds: readonly ProblemKind[];
  active: number;
  onActive: (kind: number) => void;
  onChoose?: (kind: ProblemKind) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  ref?: Ref<HTMLDivElement>;
}

/** Everything that is wrong, each kind of it in one line. */
export function KindList({ kinds, active, onActive, onChoose, onKeyDown, ref }: KindListProps) {
  return (
    <WindowedList
      key="kinds"
      label="Kinds of problems"
      count={kinds.length}
      rowHeight={29}
      active={active}
      onActive={onActive}
      {...(ref !== undefined && { ref })}
      {...(onChoose && { onChoose: (index: number) => onChoose(kinds[index]!) })}
      {...(onKeyDown && { onKeyDown })}
    >
      {(index) => kinds[index] && <KindRow kind={kinds[index]} />}
    </WindowedList>
  );
}
