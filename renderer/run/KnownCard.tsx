import { memo } from 'react';
import { neverDiffered, withFaultsInWords, type Finding } from '../../engine/model/index.ts';
import { findingTitle, formatEffect, formatInterval, plural } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { useRun } from './run-store.ts';
import classes from './run.module.css';

const verdictWords: Record<Finding['verdict'], string> = {
  better: 'better',
  worse: 'worse',
  equivalent: 'no difference that matters',
  inconclusive: 'not decided yet',
};

/** What the finished blocks say: values at once, intervals and verdicts at the planned looks. */
export const KnownCard = memo(function KnownCard() {
  const known = useRun((state) => state.view.head.known);
  const looks = useRun((state) => state.view.head.experiment?.looks ?? null);
  if (known === null || known.findings.length === 0) return null;
  const { blocks, judged, open, findings } = known;
  const several = new Set(findings.map(({ variant }) => variant.variant)).size > 1;
  const first = looks?.[0]?.blocks;
  const lead = judged
    ? `After ${plural(blocks, 'block')}: ${findings.length - open} of ${plural(findings.length, 'headline')} decided.`
    : `${plural(blocks, 'deployment')} of each, no interval: judged ${first === undefined ? 'at the end' : `from block ${first} on`}.`;
  return (
    <Card title="What is known so far" flush>
      <p className={classes.knownLead} role="status">
        {lead}
      </p>
      <ul className={classes.known}>
        {findings.map((finding) => (
          <li key={finding.id} title={withFaultsInWords(finding.sentence)}>
            <span>
              {several ? `${finding.variant.variant}: ` : ''}
              {findingTitle(finding)}
            </span>
            <span className="number">{formatEffect(finding.effect, finding.unit, finding.openEnd)}</span>
            {judged && finding.effect !== null ? (
              <>
                <span className="number">{formatInterval(finding)}</span>
                <span data-verdict={finding.verdict}>
                  {neverDiffered(finding) ? 'no difference seen' : verdictWords[finding.verdict]}
                </span>
              </>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
});
