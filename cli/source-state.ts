import { execFileSync } from 'node:child_process';

/** Which commit a checkout is of, and whether its files are others (changed, or new ones that would be built); null where there is no history, as in an unpacked archive. */
export function sourceState(root: string): { commit: string | null; dirty: boolean | null } {
  const changes = gitSays(root, ['status', '--porcelain']);
  return { commit: gitSays(root, ['rev-parse', 'HEAD']), dirty: changes === null ? null : changes !== '' };
}

function gitSays(root: string, question: string[]): string | null {
  try {
    return execFileSync('git', question, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000,
    }).trim();
  } catch {
    return null;
  }
}
