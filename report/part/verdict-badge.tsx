import type { Verdict } from '../../engine/model/index.ts';

const strokes: Record<Verdict, string> = {
  better: 'M4 8h8M8 4v8',
  worse: 'M4 8h8',
  equivalent: 'M4 6.2h8M4 9.8h8',
  inconclusive: 'M5.8 6.3a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.8-1.1 1.6M8 12v.1',
};

/** A verdict as word, sign and colour: plus, minus, equals, question mark. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return (
    <span className={`cr-verdict cr-verdict-${verdict}`}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="7.2" fill="currentColor" />
        <path d={strokes[verdict]} stroke="var(--cr-paper)" strokeWidth="1.8" strokeLinecap="round" fill="none" />
      </svg>
      {verdict}
    </span>
  );
}
