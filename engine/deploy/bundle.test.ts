import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BundleError, bundleUnit } from './bundle.ts';
import { loadApplication } from './manifest.ts';

const applications = path.join(import.meta.dirname, 'testing', 'applications');
const pair = await loadApplication(applications, 'pair');
const bundled = (...modules: string[]) => bundleUnit(applications, pair, { name: 'unit', modules });

describe('a bundle', () => {
  it('starts the modules of its unit and no other', async () => {
    const { bundle } = await bundled('front', 'work');
    const program = ['--input-type=module', '--eval', new TextDecoder().decode(bundle)];
    const { stdout } = await promisify(execFile)(process.execPath, program);
    expect(stdout).toBe('front,work');
  });

  it('is the same for the same modules, and another for others', async () => {
    const [one, again, other] = await Promise.all([bundled('work'), bundled('work'), bundled('extra')]);
    expect(again).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  it('that cannot be made is refused in one line that names the unit', async () => {
    const gone = { ...pair, modules: { ...pair.modules, work: { ...pair.modules['work']!, source: './gone.ts' } } };
    const refusals = [bundled('nothing'), bundleUnit(applications, gone, { name: 'unit', modules: ['work'] })];
    for (const refused of refusals) {
      const error: unknown = await refused.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(BundleError);
      expect(String(error)).toMatch(/^BundleError: unit "unit" .+$/);
    }
  });
});
