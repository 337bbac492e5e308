import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { useDrafts } from '../experiments/draft-store.ts';
import { useDrawing } from '../topologies/drawing-store.ts';
import { isEditable, readKeptDrafts } from './read.ts';
import { restoreDrafts, restoreDrawing } from './restore.ts';
import { draftText, readDraftText } from './text.ts';
import { writeLatest } from './write-latest.ts';

const { experiment } = makeResult({ blocks: 1, requests: 10, faults: [], everything: true });
const cut = experiment.variants[0]?.topology ?? { name: 'none', units: [] };
const empty = { experiments: {}, fresh: [], touched: [], drawing: null };

beforeEach(() => {
  useDrafts.setState({ drafts: {}, fresh: new Set(), touched: new Set(), loaded: true });
  useDrawing.setState({ drawing: null, opened: null });
});

describe('the text of what is edited', () => {
  it('reads what it writes, with numbers that could not be read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (inner) => {
        const plain: unknown = JSON.parse(JSON.stringify(inner));
        expect(readDraftText(draftText({ inner, wrong: Number.NaN }))).toEqual({ inner: plain, wrong: Number.NaN });
      }),
    );
    expect(readDraftText('{')).toBeUndefined();
  });
});

describe('what was kept', () => {
  it('comes back with its mistakes, which the form says', () => {
    const wrong = { ...experiment, name: 'No Name', title: '', blocks: Number.NaN, seed: 1.5 };
    const kept = readKeptDrafts(
      draftText({
        experiments: { one: wrong },
        fresh: ['one'],
        touched: [],
        drawing: { drawing: { now: cut, past: [cut], future: [] }, opened: 'x' },
      }),
    );
    expect(kept).toEqual({
      experiments: { one: wrong },
      fresh: ['one'],
      touched: [],
      drawing: { drawing: { now: cut, past: [cut], future: [] }, opened: 'x' },
    });
  });

  it('is left out, part by part, where another version or an accident wrote it', () => {
    for (const part of [
      {},
      null,
      { ...experiment, variants: 'none' },
      { ...experiment, colour: 'red' },
      { ...experiment, load: undefined },
    ]) {
      expect(isEditable(part)).toBe(false);
      expect(readKeptDrafts(draftText({ ...empty, experiments: { bad: part, good: experiment } }))).toEqual({
        ...empty,
        experiments: { good: experiment },
      });
    }
    expect(readKeptDrafts(draftText({ experiments: 5, drawing: { now: 1 } }))).toEqual(empty);
    for (const text of ['', '[', '5', 'null']) expect(readKeptDrafts(text)).toBeNull();
  });

  it('never replaces what was opened meanwhile', () => {
    useDrafts.setState({ drafts: { one: { ...experiment, title: 'Now' } } });
    restoreDrafts({ ...empty, experiments: { one: experiment, two: experiment }, touched: ['one'] });
    const { drafts, fresh, touched } = useDrafts.getState();
    expect(Object.keys(drafts)).toEqual(['one', 'one-2', 'two']);
    expect([drafts['one']?.title, drafts['one-2']?.name, [...fresh], [...touched]]).toEqual([
      'Now',
      'one-2',
      ['one-2'],
      ['one-2'],
    ]);
    const drawn = { now: cut, past: [cut], future: [] };
    restoreDrawing({ ...empty, drawing: { drawing: drawn, opened: 'mine' } });
    restoreDrawing({ ...empty, drawing: { drawing: { ...drawn, past: [] }, opened: 'other' } });
    expect(useDrawing.getState()).toMatchObject({ drawing: drawn, opened: 'mine' });
  });
});

describe('writing the newest', () => {
  it('writes one at a time, skips what is overtaken, goes on after a failure, and at once when the page goes', async () => {
    const written: string[] = [];
    const ends: (() => void)[] = [];
    const writer = writeLatest((text) => {
      written.push(text);
      return new Promise((resolve, reject) =>
        ends.push(text === 'a' ? () => reject(new Error('full')) : () => resolve(0)),
      );
    });
    for (const text of ['a', 'b', 'c']) writer.write(text);
    expect(written).toEqual(['a']);
    ends[0]?.();
    await expect.poll(() => written).toEqual(['a', 'c']);
    writer.write('d');
    writer.flush();
    expect(written).toEqual(['a', 'c', 'd']);
  });
});
