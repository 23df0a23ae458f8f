import ToggleButton from '@mui/material/ToggleButton';

interface NullToggleProps {
  /** The field's label. */
  label: string;
  isNull: boolean;
  onChange: (isNull: boolean) => void;
}

/** Sets an input to null; an empty input omits the field. At the end of the input, because it is rarely used. */
export function NullToggle({ label, isNull, onChange }: NullToggleProps) {
  return (
    <ToggleButton
      value="null"
      size="small"
      selected={isNull}
      onChange={() => onChange(!isNull)}
      aria-label={`${label}: null`}
      title={isNull ? 'Sent as null. Press to unset.' : 'Press to send null.'}
      sx={{
        border: 0,
        fontWeight: 'fontWeightRegular',
        color: 'text.secondary',
        fontFamily: 'mono',
        fontSize: 'caption.fontSize',
        px: 1.5,
        py: 0,
        minHeight: 22,
        mr: -1.5,
        textTransform: 'none',
      }}
    >
      null
    </ToggleButton>
  );
}
