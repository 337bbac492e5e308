import { describe, expect, it } from 'vitest';
import { faultKindSchema } from '../../engine/model/index.ts';
import { stateTogether, stateUnder, troubleIn, unitWords } from './unit-words.ts';

describe('how a unit looks', () => {
  it('shows what a fault does to the whole unit', () => {
    expect(stateUnder('ready', [])).toBe('ready');
    expect(stateUnder('ready', ['crash-stays-down'])).toBe('killed');
    expect(stateUnder('ready', ['crash'])).toBe('restarting');
    expect(stateUnder('ready', ['freeze'])).toBe('paused');
    expect(stateUnder('ready', ['slow'])).toBe('faulted');
    expect(stateUnder('ready', ['none'])).toBe('ready');
    expect(stateUnder('starting', ['slow'])).toBe('starting');
  });

  it('is never well while any real fault is on it', () => {
    for (const kind of faultKindSchema.options)
      expect(unitWords[stateUnder('ready', [kind])].tone).toBe(kind === 'none' ? 'good' : 'bad');
  });

  it('a unit that restarts by itself is not "nothing is broken"', () => {
    expect(troubleIn([{ name: 'shop', state: 'restarting' }])).toBe('No fault is on, but shop is restarting.');
    expect(troubleIn([{ name: 'shop', state: 'killed' }])).toContain('shop is killed');
    expect(
      troubleIn([
        { name: 'shop', state: 'ready' },
        { name: 'cart', state: 'starting' },
      ]),
    ).toBeNull();
  });

  it('of several instances is ready when all of them are, and as bad as the worst', () => {
    expect(stateTogether(['ready', 'ready'], 2)).toBe('ready');
    expect(stateTogether(['ready', 'starting'], 2)).toBe('starting');
    expect(stateTogether(['starting', 'killed', 'ready'], 3)).toBe('killed');
    expect(stateTogether(['ready'], 2)).toBe('creating');
    expect(stateTogether([], 2)).toBe('stopped');
  });

  it('is what the next one is where one took the place of another', () => {
    expect(stateTogether(['stopped', 'ready'])).toBe('ready');
    expect(stateTogether(['stopped', 'starting'])).toBe('starting');
    expect(stateTogether(['stopped', 'ready'], 2)).toBe('stopped');
    expect(stateTogether(['stopped', 'stopped'], 2)).toBe('stopped');
  });
});
