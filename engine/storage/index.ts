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
export { readResultOrJournal, type FindingsOf } from './recover.ts';
export { readExperimentOf } from './experiment-of.ts';
export { formatResult, readResultFile } from './result-file.ts';
export {
  emptyTrash,
  exportResult,
  getResult,
  importResult,
  listResults,
  recoverResult,
  renameResult,
  restoreResult,
  storeResult,
  tagResult,
  trashResult,
  unknownJournals,
} from './results.ts';
export { StorageError, type StorageErrorCode } from './storage-error.ts';
