/** The grid template of a line in the problem list, for narrow and wide windows. */
export const problemLine = (narrow: string, columns: string) => ({
  display: 'grid',
  gridTemplateColumns: { xs: narrow, sm: columns },
  columnGap: 3,
  px: { xs: 3, sm: 4 },
  py: '4px',
  typography: 'body2',
});
