import { readFile, stat, writeFile } from 'node:fs/promises';

/** Whether `file` is there and was made of exactly the sources that are there now. */
export async function isMadeOfTheSame(file: string): Promise<boolean> {
  try {
    const [kept] = await Promise.all([readFile(stampOf(file), 'utf8'), stat(file)]);
    const before = JSON.parse(kept) as Record<string, string>;
    const now = await factsOf(Object.keys(before));
    return Object.entries(now).every(([source, facts]) => facts === before[source]);
  } catch {
    return false;
  }
}

/** Remembers what `file` was made of, unless one of the sources was written at or after `sinceMs` (ms since 1970) and may have been read before that. */
export async function rememberSources(file: string, sources: readonly string[], sinceMs: number): Promise<void> {
  const times = await Promise.all(sources.map(async (source) => (await stat(source)).mtimeMs));
  if (times.some((ms) => ms >= sinceMs)) return;
  await writeFile(stampOf(file), JSON.stringify(await factsOf(sources)));
}

function stampOf(file: string): string {
  return `${file}.made-of.json`;
}

/** Size and time of every file: cheap to ask, and different whenever one was written. */
async function factsOf(files: readonly string[]): Promise<Record<string, string>> {
  const facts = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return [file, `${size} ${mtimeMs}`] as const;
    }),
  );
  return Object.fromEntries(facts);
}
