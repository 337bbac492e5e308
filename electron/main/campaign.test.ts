import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Campaign } from '../../engine/model/index.ts';
import { openCampaigns, type NextExperiment } from './campaign.ts';

let profile = '';
beforeEach(() => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'cleave-campaign-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

function opened(begin: (next: NextExperiment) => Promise<unknown> = () => Promise.resolve()) {
  const begun: string[] = [];
  const seen: (Campaign | null)[] = [];
  const logged: string[] = [];
  const campaigns = openCampaigns({
    profile,
    begin: (next) => {
      begun.push(next.preset);
      return begin(next);
    },
    onChange: (campaign) => seen.push(campaign),
    log: (_level, text) => logged.push(text),
  });
  const end = (outcome: 'completed' | 'cancelled' | 'failed', resultId: string | null = 'r'): void =>
    campaigns.ended({ atMs: 1, type: 'run-ended', outcome, resultId, text: `It ${outcome}.` });
  return { campaigns, begun, seen, logged, end };
}

describe('experiments one after another', () => {
  it('are begun each once what the one before left is stored, and forgotten when all are measured', async () => {
    const { campaigns, begun, end, seen } = opened();
    await campaigns.start('shop', ['quick', 'release'], null);
    campaigns.stored();
    expect(begun).toEqual(['quick']);
    end('completed', 'first');
    expect(begun).toEqual(['quick']);
    campaigns.stored();
    campaigns.stored();
    expect(begun).toEqual(['quick', 'release']);
    expect(campaigns.state()).toMatchObject({ left: ['release'], done: [{ preset: 'quick', resultId: 'first' }] });
    end('completed');
    expect(campaigns.state()).toBeNull();
    expect(seen.at(-1)).toBeNull();
  });

  it.each(['cancelled', 'failed'] as const)('stop where one is %s, say why, and go on when asked', async (outcome) => {
    const { campaigns, begun, end } = opened();
    await campaigns.start('shop', ['quick', 'release'], null);
    end(outcome);
    campaigns.stored();
    expect(campaigns.state()).toMatchObject({ state: 'paused', because: `It ${outcome}.`, left: ['quick', 'release'] });
    await campaigns.goOn();
    expect(begun).toEqual(['quick', 'quick']);
    expect(campaigns.state()).toMatchObject({ state: 'running', because: null });
  });

  it('go on with what was measured of the one that was cancelled, in the runtime they were begun for', async () => {
    const asked: NextExperiment[] = [];
    const begin = (next: NextExperiment): Promise<void> => {
      asked.push(next);
      return Promise.resolve();
    };
    const first = opened(begin);
    await first.campaigns.start('shop', ['quick', 'release'], 'process');
    first.end('cancelled', 'half');
    // Also after the program was closed.
    const second = opened(begin);
    await second.campaigns.goOn();
    second.end('completed', 'whole');
    second.campaigns.stored();
    expect(asked.map(({ preset, runtime, measured }) => [preset, runtime, measured])).toEqual([
      ['quick', 'process', null],
      ['quick', 'process', 'half'],
      ['release', 'process', null],
    ]);
  });

  it('go on once, whoever asks twice, and stay forgotten where that is said while the next begins', async () => {
    let letIn = (): void => undefined;
    const opening = new Promise<void>((resolve) => (letIn = resolve));
    let isSlow = false;
    const { campaigns, begun, end } = opened(() => (isSlow ? opening : Promise.resolve()));
    await campaigns.start('shop', ['quick', 'release'], null);
    end('cancelled');
    isSlow = true;
    const asked = [campaigns.goOn(), campaigns.goOn()];
    expect(begun).toEqual(['quick', 'quick']);
    campaigns.drop();
    letIn();
    await Promise.allSettled(asked);
    expect(campaigns.state()).toBeNull();
  });

  it('hear of an end that comes while the next is still beginning', async () => {
    const { campaigns, end } = opened(() => {
      if (isAgain) end('failed');
      return Promise.resolve();
    });
    let isAgain = false;
    await campaigns.start('shop', ['quick', 'release'], null);
    end('cancelled');
    isAgain = true;
    await campaigns.goOn();
    expect(campaigns.state()).toMatchObject({ state: 'paused', because: 'It failed.' });
  });

  it('are there when the program starts anew, and wait to be asked', async () => {
    const first = opened();
    await first.campaigns.start('shop', ['quick', 'release', 'faults'], null);
    first.end('completed');
    const second = opened();
    expect(second.campaigns.state()).toEqual({
      ...{ application: 'shop', left: ['release', 'faults'], done: [{ preset: 'quick', resultId: 'r' }] },
      ...{ runtime: null, measured: null },
      ...{ state: 'paused', because: 'Cleave was closed before everything was measured.' },
    });
    second.campaigns.stored();
    expect(second.begun).toEqual([]);
    await second.campaigns.goOn();
    expect(second.begun).toEqual(['release']);
  });

  it('leave out what there is no more, say so, and go on with the rest', async () => {
    const kept = { application: 'shop', left: ['fastest', 'release', 'slowest'], done: [] };
    writeFileSync(path.join(profile, 'campaign.json'), JSON.stringify({ ...kept, state: 'running', because: null }));
    const { campaigns, begun } = opened();
    expect(campaigns.state()).toMatchObject({ left: ['release'], state: 'paused' });
    expect(campaigns.state()?.because).toContain(
      '2 experiments that this version does not have are left out: "fastest", "slowest".',
    );
    await campaigns.goOn();
    expect(begun).toEqual(['release']);
  });

  it('are none where there is nothing of it any more, which the log says', () => {
    const kept = { application: 'shop', left: ['fastest'], done: [], state: 'paused', because: 'It failed.' };
    writeFileSync(path.join(profile, 'campaign.json'), JSON.stringify(kept));
    const { campaigns, logged } = opened();
    expect(campaigns.state()).toBeNull();
    expect(logged).toEqual(['1 experiment that this version does not have is left out: "fastest".']);
    // Said once.
    expect(opened().logged).toEqual([]);
  });

  it('are none where the first cannot begin, and stop where a later one cannot', async () => {
    const refused = opened(() => Promise.reject(new Error('There is no engine.')));
    await expect(refused.campaigns.start('shop', ['quick'], null)).rejects.toThrow('There is no engine.');
    expect(refused.campaigns.state()).toBeNull();
    const later = opened(({ preset }) =>
      preset === 'release' ? Promise.reject(new Error('There is no engine.')) : Promise.resolve(),
    );
    await later.campaigns.start('shop', ['quick', 'release'], null);
    later.end('completed');
    later.campaigns.stored();
    await vi.waitFor(() =>
      expect(later.campaigns.state()).toMatchObject({ state: 'paused', because: 'There is no engine.' }),
    );
  });

  it('are called off without touching what runs, and refuse a second campaign', async () => {
    const { campaigns, begun, end } = opened();
    await campaigns.start('shop', ['quick', 'release'], null);
    await expect(campaigns.start('shop', ['faults'], null)).rejects.toThrow('already');
    campaigns.drop();
    end('completed');
    campaigns.stored();
    expect(begun).toEqual(['quick']);
    expect(JSON.parse(readFileSync(path.join(profile, 'campaign.json'), 'utf8'))).toBeNull();
    await expect(campaigns.goOn()).rejects.toThrow('nothing left');
  });

  it.each(['{', '{"left":["quick"]}', '[]', 'null'])('are none where the file says %s', (text) => {
    writeFileSync(path.join(profile, 'campaign.json'), text);
    expect(opened().campaigns.state()).toBeNull();
  });
});
