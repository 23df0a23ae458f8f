/**
 * The limits of what Sheaf accepts. Each is enforced where data comes in: from a file, a paste, a server’s answer or
 * the browser’s storage. Its message names the limit and the fix.
 */
export const limits = {
  /** Bytes of a file, unpacked. Below the maximum string length (2 ** 29 - 24 units), and a tab survives it. */
  fileBytes: 500_000_000,
  /** Files opened together, including those in an archive: the label files of a large set of images. */
  openedFiles: 20_000,
  /**
   * Bytes of the unpacked parts of a workbook. A part becomes one string, and its cells about ten times as much memory.
   */
  workbookBytes: 200_000_000,
  /** Cells that a sheet may span, including empty ones: a full sheet of 20 columns. */
  sheetCells: 20_000_000,
  /** Bytes of labels imported as predictions by one call: gateways refuse bodies of 100 MB and more. */
  stagedBytes: 20_000_000,
  /** Bytes of a server’s answer, such as a project with its labelling config. */
  answerBytes: 20_000_000,
  /** Bytes of an answer with many tasks or annotations, which may contain long texts and masks. */
  tasksBytes: 100_000_000,
  /** Bytes of an answer that reports an error. */
  errorBytes: 10_000_000,
  /** Bytes of a task’s image. */
  imageBytes: 10_000_000,
  /** Tasks of a project or a view whose IDs are listed. */
  tasks: 1_000_000,
  /** Bytes of a submitted text kept with its run. */
  storedSourceBytes: 200_000_000,
  /** Milliseconds to wait for a database of this browser: an older tab that keeps it open would block it forever. */
  openDatabaseMs: 5000,
  /** Rows of earlier runs kept in memory to recognise them; others are read from the store at each plan. */
  rememberedSentRows: 400_000,
  /** Creating calls that Sheaf’s own server remembers, for a day at most. */
  rememberedCalls: 500_000,
  /** Bytes of all their answers together. */
  rememberedCallBytes: 100_000_000,
  /** Bytes of one remembered answer other than a 201. */
  rememberedAnswerBytes: 20_000,
  /** UTF-16 code units of task data kept for matching and previews, for all projects together: about 120 MB. */
  taskDataUnits: 60_000_000,
  /** UTF-16 code units of one value of a task’s data: a long article. Longer values are cut and never matched. */
  taskValueUnits: 50_000,
  /** Keys of the tasks’ data that are kept; a labelling config uses only a few. */
  taskFields: 100,
  /** Pages of one list that are read from a server. */
  pages: 5000,
  /** Tasks that can be picked at once. */
  pickedTasks: 100_000,
  /** Tasks listed to pick from; others are found by searching. */
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
  /** Rows above a table, such as titles, that can be skipped. */
  rowsAbove: 20,
  /** Columns of a table, and distinct keys of records: more than a sheet of Excel (16,384) or Google Sheets (18,278) has. */
  columns: 20_000,
  /**
   * Days for which a draft is kept after its last change: longer than a holiday, but no archive of other people’s data.
   */
  draftDays: 30,
  /** Drafts kept in a browser. The oldest of closed tabs make room; more than this aren’t searched. */
  drafts: 20,
  /** Bytes of a text kept as a draft: all drafts together take at most 1 GB. */
  draftBytes: 50_000_000,
  /**
   * Columns whose values are compared with all labels, a tenth of a millisecond each. Others are recognised by name.
   */
  columnsByContent: 1000,
  /** Rows whose values are counted when a column’s menu is opened: about 50 ms. */
  profiledRows: 20_000,
  /** Regions shown in the preview of one annotation; others are counted. */
  previewRegions: 300,
  /** Points of one polygon in a preview. */
  previewPoints: 5000,
  /** UTF-16 code units of a task’s text in a preview. */
  previewTextUnits: 100_000,
  /** Pixels of a mask in a preview: 4000 × 3000. */
  previewPixels: 12_000_000,
  /** Tasks kept for previews, so that typing doesn’t read them again. */
  previewTasks: 20,
  /** Items of a list that a screen holds at once; others are found by searching, or only counted. */
  listed: 1000,
  /** Ignored columns that are named; others are counted. */
  listedIgnored: 20,
  /** Reasons listed for rows that weren’t created; the table has the reason of each row. */
  listedReasons: 50,
  /** Lines in the activity log of a run; consecutive similar ones are one line. */
  listedActivity: 100,
  /** Data points in the speed chart of a run; in a longer run each covers more time. */
  speedSpans: 120,
  /** Latest rows shown during a run; the results have all rows. */
  liveRows: 96,
  /** Tasks whose texts are read at once for a table or list; far below a gateway’s 8 kB for a URL. */
  taskTexts: 64,
  /** Data fields of a task shown in the details of a row; others are counted. */
  shownTaskFields: 30,
  /** UTF-16 code units of one of these fields. Longer ones are cut, with their length. */
  shownTaskUnits: 2000,
  /** Columns of the submitted file offered in the results table, and how many are shown at once. */
  ownColumns: 200,
  shownOwnColumns: 12,
  /** Projects, users or servers in a menu that filters the runs; others are found by searching. */
  filterChoices: 100,
  /** Bytes of a script copied to the clipboard; a longer one is saved as a file. */
  copiedBytes: 1_000_000,
  /** UTF-16 code units shown of a row’s request; the exported calls have all of it. */
  shownBodyUnits: 20_000,
  /** UTF-16 code units of all task texts in the review; further rows show only the task’s ID. */
  comparedTextUnits: 12_000_000,
  /** Distinct contents of existing annotations kept in words by the review; others are only counted. */
  labelWords: 10_000,
  /** Controls, and labels of each, whose share the review shows; others are counted. */
  sharedControls: 6,
  sharedLabels: 8,
  /** Labels of one row shown in the review. */
  rowLabels: 6,
  /** Tasks named as losing their ground truth; others are counted. */
  listedGroundTruths: 5,
  /** Rows decided one by one; for more, use the policy for all or change the batch. */
  decidedRows: 1000,
  /** Problems shown for one row or request; others are counted. */
  rowProblems: 100,
  /** UTF-16 code units of a text edited in one input of the grid or the form. Longer ones are edited in the text. */
  inputUnits: 10_000,
  /** UTF-16 code units of cells pasted into the grid at once: about a million cells. */
  pastedUnits: 20_000_000,
  /** UTF-16 code units of a request shown in the form: about 3,000 regions. Longer ones are edited in the text. */
  formUnits: 1_000_000,
  /** Controls of a project with inputs in the form. */
  formInputs: 200,
  /** Stars of a rating; larger ratings are typed as a number. */
  stars: 100,
  /** Values of one answer with an input in the form: texts, choices, paths. */
  answerValues: 100,
  /** Pixels in all masks of a COCO file; each is visited once. */
  cocoMaskPixels: 500_000_000,
  /** Distinct authors of an export that can be kept as annotators. */
  exportAuthors: 1000,
  /** Requests of an export that are searched for controls of another project. */
  exportControlSearch: 5000,
  /** UTF-16 code units of a text that identifies a task in a sample; longer ones would make it unreadable. */
  sampleKeyUnits: 300,
  /** UTF-16 code units of a name, label or value on screen: several lines. Longer ones are cut, with their length. */
  shownUnits: 300,
} as const;
