import { readFile } from 'node:fs/promises';
import { extractText, getDocumentProxy } from 'unpdf';

/** The text of every page of a PDF, with single blanks. */
export async function pagesOf(file: string): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await readFile(file))));
  return text.map((page) => page.replaceAll(/\s+/g, ' '));
}
