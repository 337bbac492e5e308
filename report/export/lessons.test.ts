import { describe, expect, it } from 'vitest';
import { judgeClaims, machineOf, sourceOf } from '../../engine/evaluation/index.ts';
import { presetLoad } from '../../engine/model/index.ts';
import { acting, actingIn, hostile, quickResult } from '../testing/index.ts';
import { lessonsOf } from './lessons.ts';

const result = { ...quickResult(), experiment: { ...quickResult().experiment, load: presetLoad } };
const { environment, application } = result;
const claims = judgeClaims({
  ...{ application, sourceHash: environment.sourceHash, machine: machineOf(environment) },
  sources: [sourceOf(result)],
});

describe('lesson cards', () => {
  it('have hypothesis, run, observation and question for every claim', () => {
    for (const reader of ['teacher', 'student'] as const) {
      const cards = lessonsOf(claims, reader).split('\n## ').slice(1);
      expect(cards).toHaveLength(claims.claims.length);
      for (const card of cards)
        for (const part of ['**Hypothesis.**', '**Run.**', '**Observation.**', '**Question.**'])
          expect(card).toContain(part);
    }
  });

  it('tell a teacher what was measured, and a student nothing of it', () => {
    const measured = claims.claims.flatMap(({ evidence }) => evidence);
    expect(measured.length).toBeGreaterThan(0);
    const [teacher, student] = [lessonsOf(claims, 'teacher'), lessonsOf(claims, 'student')];
    const number = /\d\.\d+ x /;
    expect(teacher).toMatch(number);
    expect(student).not.toMatch(number);
    expect(student).not.toMatch(/holds here|other way round/i);
  });

  it('hold nothing that acts on what shows them, and no markup but their own', () => {
    const sentence = `${hostile}\n# ${acting}`;
    const all = claims.claims.map((claim) => ({ ...claim, sentence }));
    const cards = lessonsOf({ ...claims, claims: all }, 'teacher');
    expect(cards).toContain('31mb');
    expect(actingIn(cards)).toBeUndefined();
    expect(cards).not.toMatch(/<img|<script/);
    expect(cards.match(/^# /gm)).toHaveLength(1);
  });
});
