/** A line of the problem list; `columns` where there is room for them, `narrow` where there is not. */
export const problemLine = (narrow: string, columns: string) => ({
  display: 'grid',
  gridTemplateColumns: { xs: narrow, sm: columns },
  columnGap: 3,
  px: { xs: 3, sm: 4 },
  py: '4px',
  typography: 'body2',
});
