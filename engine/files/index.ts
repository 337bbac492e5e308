export { dataFolders, folderOfVariable, homeHere, temporaryFolder } from './folders.ts';
export { inTime, isAnyQuestionStuck } from './in-time.ts';
export { makeFolder, makeFolderSync } from './make-folder.ts';
export { openQuickly } from './open-quickly.ts';
export { readRest, whileOpen } from './reading.ts';
export { replaceFile, replaceFileSync, syncFolder } from './replace-file.ts';
export { tryFolder } from './try-folder.ts';
export { writeInto } from './write-into.ts';
export { parseYaml } from './yaml.ts';
