export { LAUNCHER_PROGRAM } from './launcher.ts';
export type { LauncherOrder } from './launcher.ts';
export { databaseUser, reachableFolder } from './reachable.ts';
export { DATABASE, DATABASE_IS_UP, POSTGRES_TITLE, ROLE, databaseRecipe } from './recipe.ts';
export { serverArguments } from './settings.ts';
export { copyTree, ensureTemplate, shareTree } from './template.ts';
export type { DatabaseTemplate } from './template.ts';
