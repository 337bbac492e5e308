export { writeAtomically } from './atomic-file.ts';
export {
  readExperimentFile,
  readSettings,
  savedExperiments,
  savedTopologies,
  writeSettings,
  type Collection,
} from './collection.ts';
export { openJournal, type Journal, type JournalHeader } from './journal.ts';
export { kindOfFile } from './kind-of-file.ts';
export { readResultOrJournal, type FindingsOf } from './recover.ts';
export { readExperimentOf } from './experiment-of.ts';
export { formatResult, readResultFile } from './result-file.ts';
export {
  exportResult,
  getResult,
  importResult,
  listResults,
  noteResult,
  recoverResult,
  renameResult,
  storeResult,
  tagResult,
  unknownJournals,
} from './results.ts';
export { StorageError, type StorageErrorCode } from './storage-error.ts';
export { emptyTrash, listTrash, restore, restoreResult, trashResult } from './trash.ts';
