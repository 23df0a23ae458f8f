import Box from '@mui/material/Box';

/** Five stalks, bound: the many become one. The same drawing as `public/icon.svg`. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <Box
      component="svg"
      viewBox="0 0 32 32"
      aria-hidden
      sx={{
        width: size,
        height: size,
        fill: 'none',
        strokeLinecap: 'round',
        stroke: '#d9920a',
        strokeWidth: 2.6,
      }}
    >
      <path d="M4.5 5.5C7 12 12 15 13.6 19.5C14.6 22.4 12.4 26 10 29" />
      <path d="M10 3C11.4 9.5 14.2 14 14.9 19.5C15.2 23 14.4 26.5 13 29.5" />
      <path d="M16 2V30" />
      <path d="M22 3C20.6 9.5 17.8 14 17.1 19.5C16.8 23 17.6 26.5 19 29.5" />
      <path d="M27.5 5.5C25 12 20 15 18.4 19.5C17.4 22.4 19.6 26 22 29" />
      <Box component="path" d="M11 20.5C14 22 18 22 21 20.5" sx={{ stroke: '#8a5a00', strokeWidth: 3.2 }} />
    </Box>
  );
}
