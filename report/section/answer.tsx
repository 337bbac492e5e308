import { isHeadline, type Finding, type Result } from '../../engine/model/index.ts';
import { answerOf, findingPhrase, boundText, pairsOf, type Answer } from '../data/findings.ts';
import { variantTitle } from '../data/variants.ts';
import { Empty, Section } from '../part/section.tsx';
import { FindingCard } from './finding-card.tsx';

/** What the cut costs and buys, in words first, then as cards. */
export function AnswerSection({ result }: { result: Result }) {
  const pairs = pairsOf(result);
  return (
    <Section id="answer" title="What the cut costs and buys">
      {pairs.length === 0 ? <Empty>{nothingToCompare(result)}</Empty> : null}
      {pairs.map((pair) => (
        <AnswerBlock key={`${pair.baseline} ${pair.variant}`} result={result} answer={answerOf(result, pair)} />
      ))}
    </Section>
  );
}

function nothingToCompare(result: Result): string {
  if (result.rounds.length === 0) return 'No round finished, so there is nothing to compare.';
  if (result.experiment.variants.length < 2)
    return 'Only one variant ran, so there is nothing to compare it with. What was measured follows.';
  return 'No measure could be compared: no block has a complete round of each variant.';
}

function AnswerBlock({ result, answer }: { result: Result; answer: Answer }) {
  const { pair } = answer;
  const name = variantTitle(result, pair.variant);
  return (
    <div className="cr-answer">
      <p className="cr-claim">{answer.sentence}</p>
      <div className="cr-ledger">
        <Entries
          result={result}
          title={`${name} costs`}
          tone="worse"
          findings={answer.costs}
          none={answer.open.length > 0 ? 'nothing decided so far' : 'no measurable price'}
        />
        <Entries
          result={result}
          title={`${name} buys`}
          tone="better"
          findings={answer.buys}
          none={answer.open.length > 0 ? 'nothing decided so far' : 'no measurable gain'}
        />
        <Entries
          result={result}
          title="No difference that matters"
          tone="equivalent"
          findings={answer.same}
          none={null}
        />
        <Entries result={result} title="Not decided" tone="inconclusive" findings={answer.open} none={null} />
      </div>
      <div className="cr-cards">
        {pair.findings.filter(isHeadline).map((finding) => (
          <FindingCard key={finding.id} result={result} finding={finding} />
        ))}
      </div>
    </div>
  );
}

interface EntriesProps {
  result: Result;
  title: string;
  tone: Finding['verdict'];
  findings: Finding[];
  /** What to say when there are none; null to leave the list out. */
  none: string | null;
}

function Entries({ result, title, tone, findings, none }: EntriesProps) {
  if (findings.length === 0 && none === null) return null;
  return (
    <div className={`cr-entries cr-entries-${tone}`}>
      <h3>{title}</h3>
      {findings.length === 0 ? (
        <p className="cr-quiet">{none}</p>
      ) : (
        <ul>
          {findings.map((finding) => (
            <li key={finding.id}>
              {findingPhrase(result, finding)}
              {boundText(finding) === null ? null : <span className="cr-quiet"> {boundText(finding)}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
