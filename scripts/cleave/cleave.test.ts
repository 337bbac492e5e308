import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { withPlace } from './bundle.ts';
import { mergeRepeatedSignals } from './one-signal.ts';

describe('mergeRepeatedSignals', () => {
  function heard(presses: readonly (readonly [atMs: number, signal: string])[]): string[] {
    const target = new EventEmitter() as NodeJS.Process;
    const signals: string[] = [];
    let nowMs = 0;
    mergeRepeatedSignals(target, () => nowMs);
    for (const signal of ['SIGINT', 'SIGTERM', 'exit']) target.on(signal, () => signals.push(signal));
    for (const [atMs, signal] of presses) {
      nowMs = atMs;
      target.emit(signal as 'SIGINT', 'SIGINT');
    }
    return signals;
  }

  it('makes the copies of one key press one signal', () => {
    expect(
      heard([
        [1000, 'SIGINT'],
        [1001, 'SIGINT'],
        [1090, 'SIGINT'],
      ]),
    ).toEqual(['SIGINT']);
  });

  it('lets a second press through', () => {
    expect(
      heard([
        [1000, 'SIGINT'],
        [2000, 'SIGINT'],
      ]),
    ).toEqual(['SIGINT', 'SIGINT']);
  });

  it('keeps other signals and events apart', () => {
    expect(
      heard([
        [1000, 'SIGINT'],
        [1001, 'SIGTERM'],
        [1002, 'exit'],
        [1003, 'exit'],
      ]),
    ).toEqual(['SIGINT', 'SIGTERM', 'exit', 'exit']);
  });
});

describe('withPlace', () => {
  it('answers for the file where it stands', () => {
    const source = 'a(import.meta.dirname, import.meta.url, import.meta.main, import.meta.env);';
    expect(withPlace(source, '/r/engine/x.ts', '/r/cli/main.ts')).toBe(
      'a("/r/engine", "file:///r/engine/x.ts", false, import.meta.env);',
    );
    expect(withPlace('import.meta.main', '/r/cli/main.ts', '/r/cli/main.ts')).toBe('true');
  });
});
