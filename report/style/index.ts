import { answerCss } from './answer.ts';
import { chartCss } from './chart.ts';
import { printCss } from './print.ts';
import { tableCss } from './table.ts';
import { textCss } from './text.ts';
import { themeCss } from './theme.ts';

/** The whole style of the document; every rule stays inside `.cleave-report`. */
export const reportCss = [themeCss, textCss, answerCss, tableCss, chartCss, printCss]
  .join('')
  .replace(/\n+/g, '\n')
  .trim();
