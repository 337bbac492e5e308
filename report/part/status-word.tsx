import type { GateCheck } from '../../engine/model/index.ts';

type Tone = 'good' | 'bad' | 'note' | 'plain';
const signs: Record<Tone, string> = { good: '✓', bad: '✕', note: '!', plain: '·' };

/** A word with a sign before it, so that its meaning never hangs on colour. */
export function StatusWord({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`cr-status cr-status-${tone}`}>
      <span className="cr-sign" aria-hidden="true">
        {signs[tone]}
      </span>
      {children}
    </span>
  );
}

/** How a line of the fairness gate looks. */
export function gateTone(status: GateCheck['status']): Tone {
  switch (status) {
    case 'pass':
      return 'good';
    case 'fail':
      return 'bad';
    case 'declared':
      return 'note';
    case 'unknown':
      return 'plain';
  }
}
