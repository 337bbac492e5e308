export { columns, paragraph } from './columns.ts';
export { summaryOf } from './summary.ts';
