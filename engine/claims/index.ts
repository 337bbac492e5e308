export { judgeStored, storedSources } from './stored.ts';
