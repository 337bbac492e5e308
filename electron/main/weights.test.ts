import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestSchemas } from '../../engine/model/index.ts';
import { openWeights } from './weights.ts';

let profile = '';
beforeEach(() => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'cleave-weights-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

describe('what counts for a person', () => {
  it('is there after a restart, for each application by itself, until it is taken back', () => {
    const weights = openWeights(profile);
    expect(weights.get('shop')).toBeNull();
    weights.set('shop', { latency: 4 });
    weights.set('depot', { cost: 1 });
    expect(openWeights(profile).get('shop')).toEqual({ latency: 4 });
    openWeights(profile).set('shop', null);
    const again = openWeights(profile);
    expect([again.get('shop'), again.get('depot')]).toEqual([null, { cost: 1 }]);
  });

  it.each(['{', '[]', 'null', '{"shop":5}', '{"shop":{"speed":1}}', '{"shop":{"latency":5}}'])(
    'is nothing where the file says %s',
    (text) => {
      writeFileSync(path.join(profile, 'weights.json'), text);
      expect(openWeights(profile).get('shop')).toBeNull();
    },
  );

  it('of one application stays where that of another does not fit', () => {
    writeFileSync(path.join(profile, 'weights.json'), '{"shop":{"speed":1},"Shop 2":{},"depot":{"cost":2}}');
    expect(openWeights(profile).get('depot')).toEqual({ cost: 2 });
  });

  it('is nothing that the window makes up', () => {
    const isTaken = (...args: unknown[]): boolean => requestSchemas['weights:set'].safeParse(args).success;
    expect([isTaken('shop', { latency: 4, cost: 0 }), isTaken('shop', null)]).toEqual([true, true]);
    for (const wrong of [{ speed: 1 }, { latency: 5 }, { latency: '1' }, 7]) expect(isTaken('shop', wrong)).toBe(false);
    expect(isTaken('../shop', {})).toBe(false);
  });
});
