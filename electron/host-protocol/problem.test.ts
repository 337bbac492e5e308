import { describe, expect, test } from 'vitest';
import { Problem, problemData } from './problem.ts';

describe('problemData', () => {
  test('keeps what a problem says', () => {
    expect(problemData(new Problem('a', 'b', 'c'))).toEqual({ code: 'a', message: 'b', nextStep: 'c' });
  });

  test('makes one line without a stack of anything', () => {
    const data = problemData(new Error('\nfirst\n    at x (/secret/file.js:1:1)'));
    expect(data).toEqual({ code: 'failed', message: 'first', nextStep: null });
    expect(problemData(new Error('it ended; its last words:\n  help')).message).toBe('it ended');
    expect(problemData('text').message).toBe('text');
    expect(problemData(undefined).message).toBe('undefined');
  });

  test('knows the usual trouble with files and keeps paths to itself', () => {
    const denied = Object.assign(new Error("EACCES: permission denied, open '/secret'"), { code: 'EACCES' });
    expect(problemData(denied)).toMatchObject({ code: 'not-writable' });
    expect(JSON.stringify(problemData(denied))).not.toContain('secret');
  });

  test('takes over the next step an engine error carries', () => {
    expect(problemData(Object.assign(new Error('no engine'), { nextStep: 'start it' })).nextStep).toBe('start it');
  });
});
