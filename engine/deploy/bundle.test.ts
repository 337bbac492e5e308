import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../model/index.ts';
import type { UnitSource } from '../runtime/index.ts';
import { BundleError, bundleUnits } from './bundle.ts';
import { loadApplication } from './manifest.ts';

const applications = path.join(import.meta.dirname, 'testing', 'applications');
const pair = await loadApplication(applications, 'pair');
const unit = (name: string, ...modules: string[]): Unit => ({ name, modules });
async function bundled(...modules: string[]): Promise<UnitSource> {
  const [only] = (await bundleUnits(applications, pair, [unit('unit', ...modules)])).values();
  if (only === undefined) throw new Error('nothing was bundled');
  return only;
}

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

  it('is the same whatever is bundled with it', async () => {
    const units = [unit('all', 'front', 'work', 'extra'), unit('one', 'work'), unit('two', 'front', 'extra')];
    const together = await bundleUnits(applications, pair, units);
    expect([...together.keys()]).toEqual(['all', 'one', 'two']);
    for (const { name, modules } of units) {
      const alone = await bundleUnits(applications, pair, [unit(name, ...modules)]);
      expect([name, together.get(name)]).toEqual([name, alone.get(name)]);
      expect(together.get(name)?.hash).toBe((await bundled(...modules)).hash);
    }
  });

  it('that cannot be made is refused in one line that names the unit', async () => {
    const gone = { ...pair, modules: { ...pair.modules, work: { ...pair.modules['work']!, source: './gone.ts' } } };
    const units = [unit('sound', 'front'), unit('unit', 'work')];
    const refusals = [bundled('nothing'), bundleUnits(applications, gone, units)];
    for (const refused of refusals) {
      const error: unknown = await refused.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(BundleError);
      expect(String(error)).toMatch(/^BundleError: unit "unit" .+$/);
    }
  });
});
