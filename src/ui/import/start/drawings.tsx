import Box from '@mui/material/Box';

// Small drawings of the three ways to start. Their colours are those of the theme.

const line = 'var(--sheaf-palette-outline-quiet)';
const paper = 'var(--sheaf-palette-background-paper)';
const star = 'var(--sheaf-palette-star-main)';
const chosen = 'var(--sheaf-palette-action-selected)';

const size = { width: 200, height: 88 };

const cells = [0, 1, 2, 3].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })));

/** Cells of a table, some of them selected. */
export const TableDrawing = () => (
  <Box component="svg" viewBox="0 0 200 88" sx={size}>
    <rect x="0.5" y="4.5" width="199" height="79" rx="6" fill={paper} stroke={line} />
    <rect x="60" y="24" width="139" height="40" fill={chosen} stroke={star} strokeWidth="1.5" />
    {cells.map(({ row, column }) => (
      <rect
        key={`${row} ${column}`}
        x={12 + column * 64 - (column > 0 ? 8 : 0)}
        y={11 + row * 20}
        width={column === 0 ? 28 : 44}
        height="5"
        rx="2.5"
        fill={column > 0 && (row === 1 || row === 2) ? star : line}
      />
    ))}
  </Box>
);

/** Files over a drop area. */
export const FilesDrawing = () => (
  <Box component="svg" viewBox="0 0 200 88" sx={size}>
    <rect
      x="1"
      y="4"
      width="198"
      height="80"
      rx="6"
      fill="none"
      stroke={line}
      strokeWidth="1.5"
      strokeDasharray="6 5"
    />
    {['CSV', 'JSON', 'JSONL'].map((name, index) => (
      <g key={name} transform={`translate(${28 + index * 50} 16) rotate(${(index - 1) * 5} 22 28)`}>
        <path d="M2 4a4 4 0 0 1 4-4h24l14 14v38a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4z" fill={paper} stroke={line} />
        <text
          x="23"
          y="38"
          textAnchor="middle"
          fontSize="11"
          fontWeight="600"
          fill="var(--sheaf-palette-primary-main)"
        >
          {name}
        </text>
      </g>
    ))}
  </Box>
);

const starPath = 'M8 0l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L8 12.4l-5 2.8 1.2-5.6L0 5.8l5.6-.6z';

/** Choices and stars of a form. */
export const FormDrawing = () => (
  <Box component="svg" viewBox="0 0 200 88" sx={size}>
    <rect x="0.5" y="4.5" width="199" height="79" rx="6" fill={paper} stroke={line} />
    {[0, 1, 2].map((choice) => (
      <rect
        key={choice}
        x={14 + choice * 60}
        y="18"
        width="52"
        height="20"
        rx="10"
        fill={choice === 0 ? chosen : paper}
        stroke={choice === 0 ? star : line}
      />
    ))}
    {[0, 1, 2, 3, 4].map((index) => (
      <path
        key={index}
        d={starPath}
        transform={`translate(${16 + index * 24} 54)`}
        fill={index < 4 ? star : 'none'}
        stroke={index < 4 ? star : line}
      />
    ))}
  </Box>
);
