import { isHeadline, languageOf, languageTitles, own, type Result, type Unit } from '../../engine/model/index.ts';
import { answerOf, pairsOf, type Answer } from '../data/findings.ts';
import { spokenAnswer } from '../data/spoken.ts';
import { trustIn } from '../data/trust.ts';
import { variantIndex, variantTitle } from '../data/variants.ts';
import { Empty, Section } from '../part/section.tsx';
import { StatusWord } from '../part/status-word.tsx';
import { VariantTag } from '../part/variant-tag.tsx';
import { FindingCard } from './finding-card.tsx';

/** What the cut costs and buys, in words first, then as cards. */
export function AnswerSection({ result }: { result: Result }) {
  const pairs = pairsOf(result);
  return (
    <Section id="answer" title="What the cut costs and buys">
      {pairs.length === 0 ? <Empty>{nothingToCompare(result)}</Empty> : null}
      {pairs.map((pair) => (
        <AnswerBlock key={`${pair.baseline} ${pair.variant}`} result={result} answer={answerOf(pair)} />
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
  return (
    <div className="cr-answer">
      <div className="cr-opening">
        <div>
          {spokenAnswer(result, answer).map((sentence) => (
            <p key={sentence} className="cr-claim">
              {sentence}
            </p>
          ))}
          <TrustLine result={result} />
        </div>
        <Cuts result={result} names={[pair.baseline, pair.variant]} />
      </div>
      <div className="cr-cards">
        {pair.findings.filter(isHeadline).map((finding) => (
          <FindingCard key={finding.id} result={result} finding={finding} />
        ))}
      </div>
    </div>
  );
}

const trustTones = { high: 'good', some: 'note', little: 'bad' } as const;

/** How far to trust the answer, and why. */
function TrustLine({ result }: { result: Result }) {
  const { level, words, facts } = trustIn(result);
  return (
    <p className="cr-trust">
      <StatusWord tone={trustTones[level]}>{words}</StatusWord>
      <span className="cr-quiet"> {facts.join('; ')}.</span>
    </p>
  );
}

const isOther = (unit: Unit): boolean => languageOf(unit) !== 'typescript';

/** The cuts that are compared: a box for each unit, with its modules in it, and its language where that is another one. */
function Cuts({ result, names }: { result: Result; names: readonly string[] }) {
  const { experiment, application } = result;
  return (
    <div className="cr-cuts">
      {names.map((name) => {
        const variant = experiment.variants.find((one) => one.name === name);
        if (variant === undefined) return null;
        const { units } = variant.topology;
        return (
          <figure key={name} className="cr-cut">
            <figcaption>
              <VariantTag index={variantIndex(result, name)} title={variantTitle(result, name)} />
              <span className="cr-quiet">
                {' '}
                {units.length} {units.length === 1 ? 'unit' : 'units'}
              </span>
            </figcaption>
            <ul className="cr-units">
              {units.map((unit) => (
                <li
                  key={unit.name}
                  aria-label={`Unit ${unit.name}${isOther(unit) ? `, in ${languageTitles[languageOf(unit)]}` : ''}`}
                >
                  {unit.modules.map((module) => (
                    <span key={module}>{own(application.modules, module)?.title ?? module}</span>
                  ))}
                  {isOther(unit) ? <b className="cr-language">{languageTitles[languageOf(unit)]}</b> : null}
                </li>
              ))}
            </ul>
          </figure>
        );
      })}
    </div>
  );
}
