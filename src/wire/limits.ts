/**
 * How much Sheaf accepts. Each limit is enforced where data comes in: from a file, a paste, a server’s answer or the browser’s
 * store; its message names the limit and says what to do.
 */
export const limits = {
  /** Bytes of a file, unpacked. Below the longest string that there can be (2 ** 29 - 24 units), and a tab survives it. */
  fileBytes: 500_000_000,
  /** Files that are opened together, those in an archive included: the label files of a large set of images. */
  openedFiles: 20_000,
  /** Bytes of the parts of a workbook, unpacked. A part becomes one string, and its cells some ten times as much memory. */
  workbookBytes: 200_000_000,
  /** Cells that a sheet may span, empty ones included: a full sheet of 20 columns. */
  sheetCells: 20_000_000,
  /** Bytes of labels that are imported as predictions by one call: gateways refuse bodies of 100 MB and more. */
  stagedBytes: 20_000_000,
  /** Bytes of a server’s answer, such as a project with its labelling config. */
  answerBytes: 20_000_000,
  /** Bytes of an answer with many tasks or annotations, which may hold long texts and masks. */
  tasksBytes: 100_000_000,
  /** Bytes of an answer that reports an error. */
  errorBytes: 10_000_000,
  /** Bytes of a task’s image. */
  imageBytes: 10_000_000,
  /** Tasks of a project or a view whose IDs are listed. */
  tasks: 1_000_000,
  /** Bytes of a submitted text that are kept with its run. */
  storedSourceBytes: 200_000_000,
  /** Milliseconds until a database of this browser opens; an older tab that doesn’t let go of it would hold it up for ever. */
  openDatabaseMs: 5000,
  /** Rows of earlier runs that are kept in memory to recognise them; others are read from the store at each plan. */
  rememberedSentRows: 400_000,
  /** Creating calls that Sheaf’s own server remembers, for a day at most. */
  rememberedCalls: 500_000,
  /** Bytes of their answers, all together. */
  rememberedCallBytes: 100_000_000,
  /** Bytes of one remembered answer other than a 201. */
  rememberedAnswerBytes: 20_000,
  /** UTF-16 code units of task data that are kept for matching and previews, of all projects together: about 120 MB. */
  taskDataUnits: 60_000_000,
  /** UTF-16 code units of one value of a task’s data: a long article. A longer one is cut, and no row is matched by it. */
  taskValueUnits: 50_000,
  /** Keys of the tasks’ data that are kept; a labelling config uses few of them. */
  taskFields: 100,
  /** Pages of one list that are read from a server. */
  pages: 5000,
  /** Tasks that are picked at once. */
  pickedTasks: 100_000,
  /** Tasks that are shown to pick from; others are found by searching. */
  listedTasks: 10_000,
  /** Projects of one batch whose labels are checked. */
  checkedProjects: 50,
  /** UTF-16 code units of a labelling config: about the length of a taxonomy with 40,000 entries. */
  configUnits: 4_000_000,
  /** UTF-16 code units of a tag or of a control’s name in a labelling config; messages repeat them. */
  controlNameUnits: 1000,
  /** UTF-16 code units of a label or choice. */
  labelUnits: 10_000,
  /** UTF-16 code units of a server’s message that are shown: two or three paragraphs. */
  messageUnits: 1000,
  /** Rows above a table, such as titles, that are looked for and can be skipped. */
  rowsAbove: 20,
  /** Columns of a table, and distinct keys of records: more than a sheet of Excel (16,384) or Google Sheets (18,278) has. */
  columns: 20_000,
  /** Days for which a draft is kept after its last change: longer than a holiday, and no archive of other people’s data. */
  draftDays: 30,
  /** Drafts that are kept in a browser. The oldest of closed tabs make room; more than this is not looked through. */
  drafts: 20,
  /** Bytes of a text that is kept as a draft: all drafts together take at most 1 GB of the disk. */
  draftBytes: 50_000_000,
  /** Columns whose values are compared with all labels, a tenth of a millisecond each. Further ones go by their names. */
  columnsByContent: 1000,
  /** Rows whose values are counted when a column’s menu is opened: some 50 ms. */
  profiledRows: 20_000,
  /** Regions of one annotation that its preview shows; further ones are counted. */
  previewRegions: 300,
  /** Points of one polygon in a preview. */
  previewPoints: 5000,
  /** UTF-16 code units of a task’s text in a preview. */
  previewTextUnits: 100_000,
  /** Pixels of a mask in a preview: 4000 × 3000. */
  previewPixels: 12_000_000,
  /** Tasks that are kept for previews, so that typing doesn’t read them again. */
  previewTasks: 20,
  /** Items of a list that a screen holds at once; further ones are found by searching, or only counted. */
  listed: 1000,
  /** Ignored columns of a table that are named; further ones are counted. */
  listedIgnored: 20,
  /** Reasons why rows of a run were not created; each row has its own in the table. */
  listedReasons: 50,
  /** Lines about what happened in a run; alike ones that follow each other are one line. */
  listedActivity: 100,
  /** Spans of time in the curve of a run’s speed; in a longer run each span is longer. */
  speedSpans: 120,
  /** Latest rows that are shown while a run goes on; all of them are in its results. */
  liveRows: 96,
  /** Tasks whose texts are read at once for a table or a list; far below a gateway’s 8 kB for an address. */
  taskTexts: 64,
  /** Data fields of a task that the details of a row show; further ones are counted. */
  shownTaskFields: 30,
  /** UTF-16 code units of one of these fields. Longer ones are cut, with their length. */
  shownTaskUnits: 2000,
  /** The manager’s own columns that the results table offers, and how many of them it shows at once. */
  ownColumns: 200,
  shownOwnColumns: 12,
  /** Projects, users or servers in a menu that filters the runs; others are found by searching. */
  filterChoices: 100,
  /** Bytes of a script that are copied to the clipboard; a longer one is saved as a file. */
  copiedBytes: 1_000_000,
  /** UTF-16 code units of what was sent for one row, as shown; the whole of it is in the exported calls. */
  shownBodyUnits: 20_000,
  /** UTF-16 code units of the tasks’ texts that the review shows, all together; further rows show the task’s ID only. */
  comparedTextUnits: 12_000_000,
  /** Different contents of existing annotations that the review has words for; of others it says that there is one. */
  labelWords: 10_000,
  /** Controls, and labels of each, whose share the review shows; further ones are counted. */
  sharedControls: 6,
  sharedLabels: 8,
  /** Labels of one row that the review shows. */
  rowLabels: 6,
  /** Tasks that the review names as losing their ground truth; further ones are counted. */
  listedGroundTruths: 5,
  /** Rows of a batch that are decided one by one; more are decided by the choice for all, or by changing the batch. */
  decidedRows: 1000,
  /** Problems shown for one row or request; further ones are counted. */
  rowProblems: 100,
  /** UTF-16 code units of a text that is edited in one input of the grid or the form. Longer ones are edited in the text. */
  inputUnits: 10_000,
  /** UTF-16 code units of cells that are pasted into the grid at once: about a million cells. */
  pastedUnits: 20_000_000,
  /** UTF-16 code units of a request that the form shows: about 3,000 regions. Longer ones are edited in the text. */
  formUnits: 1_000_000,
  /** Controls of a project that the form has inputs for. */
  formInputs: 200,
  /** Stars of a rating; a higher one is filled in as a number. */
  stars: 100,
  /** Values of one answer for which the form has an input: texts, choices, paths. */
  answerValues: 100,
  /** Pixels inside all masks of a COCO file, each of which is stepped over once. */
  cocoMaskPixels: 500_000_000,
  /** Different authors of an export that can be kept as annotators. */
  exportAuthors: 1000,
  /** Requests of an export in which controls of another project are looked for. */
  exportControlSearch: 5000,
  /** UTF-16 code units of a text by which a sample names its task; longer ones make a sample that can’t be read. */
  sampleKeyUnits: 300,
  /** UTF-16 code units of a name, label or value on screen: several lines of it. Longer ones are cut, with their length. */
  shownUnits: 300,
} as const;
