import { allPrintable, isVisible, printable } from '../model/index.ts';

const longestTitle = 200;
/** The largest parts of a result hold no titles. */
const untitled = new Set(['rounds', 'round', 'findings']);

/**
 * Content of a file as today's schemas want its texts: earlier versions let titles and words through that act on what shows them, and their
 * files still open. `text` is what the content was parsed from: where nothing in it can act, nothing is looked through.
 */
export function withPlainText(content: unknown, text: string): unknown {
  const mayAct = /\\u[0-9a-f]{4}/i.test(text) || printable(text) !== text;
  return withTitles(mayAct ? allPrintable(content) : content);
}

function withTitles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTitles);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mended(name, inner)]));
}

function mended(name: string, value: unknown): unknown {
  if (untitled.has(name)) return value;
  if (name === 'title' && typeof value === 'string') return titleOf(value);
  if (name === 'tags' && Array.isArray(value))
    return value.map((tag: unknown) => (typeof tag === 'string' ? oneLine(tag) : tag)).filter((tag) => tag !== '');
  return withTitles(value);
}

function titleOf(text: string): string {
  return oneLine(text).slice(0, longestTitle).toWellFormed() || 'Untitled';
}

/** Nothing where there is nothing to see. */
function oneLine(text: string): string {
  return isVisible(text) ? text.replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ') : '';
}
