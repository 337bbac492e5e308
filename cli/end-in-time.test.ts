import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const door = JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'end-in-time.ts')).href);

async function ended(program: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

it('a program that something keeps alive is ended with its exit code, and says what that is', async () => {
  const { code, stderr } = await ended(
    `import { endInTime } from ${door}; process.exitCode = 3; setInterval(() => undefined, 1000); endInTime(10);`,
  );
  expect(code).toBe(3);
  expect(stderr).toMatch(/^Everything is done; ended without waiting for what is still open: .*\bTimeout\.\n$/);
});

it('a program that ends by itself says nothing, and writes all it has', async () => {
  const { code, stdout, stderr } = await ended(
    `import { endInTime } from ${door}; process.stdout.write('x'.repeat(5_000_000)); endInTime();`,
  );
  expect([code, stdout.length, stderr]).toEqual([0, 5_000_000, '']);
});
