import { IconChevronRight } from '@tabler/icons-react';
import type { Application, JudgedClaim } from '../../engine/model/index.ts';
import { formatHash } from '../shared/router.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';
import { MeasureButton } from './MeasureButton.tsx';
import { evidenceWords, outcomeWords } from './words.ts';
import classes from './claims.module.css';

interface Props {
  claim: JudgedClaim;
  application: Application;
  startsOpen: boolean;
  /** A run is active. */
  busy: boolean;
}

/** One claim: the verdict at a glance, and behind it all that it was judged by. */
export function ClaimCard({ claim, application, startsOpen, busy }: Props) {
  const { title, said, outcome, sentence, missing } = claim;
  const { text, tone } = outcomeWords[outcome];
  return (
    <details className={classes.claim} open={startsOpen}>
      <summary>
        <IconChevronRight size={15} className={classes.chevron} aria-hidden="true" />
        <span className={classes.head}>
          <span className={classes.title}>
            <h3>{title}</h3>
            <ToneBadge tone={tone}>{text}</ToneBadge>
          </span>
          <span className={classes.said}>{said}</span>
          <span>{sentence}</span>
        </span>
      </summary>
      <Grounds claim={claim} />
      {missing.length === 0 ? null : (
        <div className={classes.missing}>
          {missing.map(({ preset }) => (
            <MeasureButton key={preset} preset={preset} application={application} busy={busy} />
          ))}
          {outcome === 'undecided' ? (
            <p className={classes.quiet}>
              Whoever measures again until something is decided is wrong more often than one verdict is. More
              deployments of one result are no such thing: “Measure more” on its page.
            </p>
          ) : null}
        </div>
      )}
    </details>
  );
}

function Grounds({ claim: { tested, evidence, published, cannot } }: { claim: JudgedClaim }) {
  return (
    <div className={classes.grounds}>
      <h4>How it is tested</h4>
      <p>{tested}</p>
      <h4>What was measured here</h4>
      {evidence.length === 0 ? (
        <p className={classes.quiet}>Nothing yet.</p>
      ) : (
        <ul className={classes.evidence}>
          {evidence.map(({ title, says, sentence, result, counted }) => (
            <li key={`${title} ${result?.id ?? ''}`}>
              <ToneBadge tone={evidenceWords[says].tone}>{evidenceWords[says].text}</ToneBadge>
              <span>
                {sentence}{' '}
                {result === null ? null : (
                  <a className={classes.link} href={formatHash({ page: 'result', id: result.id })}>
                    {result.title}
                  </a>
                )}
                {counted ? <span className={classes.quiet}> Counted, not estimated.</span> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
      <h4>What others published</h4>
      {published.length === 0 ? (
        <p className={classes.quiet}>No number that could stand beside these is known here.</p>
      ) : (
        <ul>
          {published.map(({ text, source }) => (
            <li key={text}>
              {text} <cite>{source}</cite>
            </li>
          ))}
        </ul>
      )}
      <h4>What cannot be shown here</h4>
      <ul>
        {cannot.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
