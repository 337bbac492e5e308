import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { getResult, listResults } from './index.ts';
import { dataFolders, example } from './testing/data-folders.ts';

const place = dataFolders();

describe('a writer killed at any moment', () => {
  it('leaves a whole result and every round that it had been told is kept', { timeout: 60_000 }, async () => {
    const source = path.join(place.home, 'source.json');
    await writeFile(source, JSON.stringify(example));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const folder = path.join(place.home, `killed-${attempt}`);
      const program = new URL('./testing/endless-writer.ts', import.meta.url).pathname;
      const child = spawn(process.execPath, ['--no-warnings', program, folder, source], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let durable = 0;
      await new Promise<void>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', () => resolve());
        child.stdout.on('data', (chunk: Buffer) => {
          durable = Number(chunk.toString().trim().split('\n').at(-1));
          // Not at the same place each time: in the middle of whatever step comes then.
          if (durable > attempt) setImmediate(() => child.kill('SIGKILL'));
        });
      });
      expect(durable).toBeGreaterThan(0);
      const stored = await getResult(folder, example.id);
      expect(Number(stored.title.replace('Version ', ''))).toBeGreaterThanOrEqual(durable);
      const recovered = await getResult(folder, `${example.id}-journal`);
      expect(recovered.status).toBe('interrupted');
      expect(recovered.rounds.length).toBeGreaterThanOrEqual(durable);
      expect(recovered.rounds.map((one) => one.id)).toEqual(recovered.rounds.map((_, index) => `round-${index + 1}`));
      expect((await listResults(folder)).map((summary) => summary.status).toSorted()).toEqual([
        'completed',
        'interrupted',
      ]);
    }
  });
});
