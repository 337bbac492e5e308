import { describe } from 'vitest';
import { findGo } from '../../engine/languages/go/compiler.ts';
import { findPython } from '../../engine/languages/python/interpreter.ts';

const isCi = ![undefined, '', 'false', '0'].includes(process.env['CI']);

/** Like `describe`, for tests that compile Go and run Python: skipped with a loud line where either is missing (where CI is set, they fail). */
export async function describeLanguages(name: string, suite: () => void): Promise<void> {
  const missing = [
    ...((await findGo()) === null ? ['Go (apt-get install golang-1.19-go)'] : []),
    ...((await findPython()) === null ? ['Python 3.10 or newer (apt-get install python3)'] : []),
  ];
  if (missing.length > 0 && isCi) throw new Error(`These tests need ${missing.join(' and ')}.`);
  if (missing.length > 0) console.warn(`\n*** "${name}" IS SKIPPED: it needs ${missing.join(' and ')} ***\n`);
  describe.skipIf(missing.length > 0)(name, suite);
}
