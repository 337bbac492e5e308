import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeNewest, followNotes, useNotes } from './notes.ts';
import { attempt, showDone } from './problem.ts';
import { useRoute } from './router.ts';
import { offerUndo, withdrawUndo } from './undo.ts';

const shown = () => useNotes.getState().notes.map(({ text }) => text);
const nothing = (): void => undefined;
const failing = () => attempt('It failed', () => Promise.reject(new Error('Because.')));

describe('notes', () => {
  let stop = nothing;
  beforeEach(() => {
    vi.useFakeTimers();
    useNotes.setState({ notes: [] });
    useRoute.setState({ route: { page: 'history' } });
    stop = followNotes();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it('of what was done go by themselves, of what can be undone do not', () => {
    offerUndo('result a', 'Moved a.', nothing);
    showDone('Saved.');
    expect(shown()).toEqual(['Moved a.', 'Saved.']);
    vi.advanceTimersByTime(3_600_000);
    expect(shown()).toEqual(['Moved a.']);
  });

  it('of what can be undone go once there is nothing to undo', () => {
    const undo = vi.fn<() => void>();
    offerUndo('result a', 'Moved a.', undo);
    withdrawUndo('result b');
    expect(shown()).toEqual(['Moved a.']);
    withdrawUndo('result a');
    expect(shown()).toEqual([]);
    offerUndo('result a', 'Moved a.', undo);
    useNotes.getState().notes[0]?.undo?.();
    expect(undo).toHaveBeenCalledOnce();
    expect(shown()).toEqual([]);
    offerUndo('result a', 'Moved a.', undo);
    offerUndo('result b', 'Moved b.', undo);
    expect(shown()).toEqual(['Moved b.']);
    withdrawUndo();
    expect(shown()).toEqual([]);
  });

  it('of what failed stand once, and go when the same succeeds', async () => {
    await failing();
    await failing();
    expect(shown()).toEqual(['Because.']);
    await attempt('Something else', () => Promise.resolve());
    expect(shown()).toEqual(['Because.']);
    await attempt('It failed', () => Promise.resolve());
    expect(shown()).toEqual([]);
  });

  it('stay within their part of the window, and are left behind with it', async () => {
    await failing();
    offerUndo('result a', 'Moved a.', nothing);
    showDone('Saved.');
    useRoute.setState({ route: { page: 'trash' } });
    expect(shown()).toEqual(['Because.', 'Moved a.', 'Saved.']);
    useRoute.setState({ route: { page: 'settings' } });
    expect(shown()).toEqual(['Saved.']);
  });

  it('are closed one by one, the newest first', async () => {
    await failing();
    showDone('Saved.');
    closeNewest();
    expect(shown()).toEqual(['Because.']);
    closeNewest();
    closeNewest();
    expect(shown()).toEqual([]);
  });
});
