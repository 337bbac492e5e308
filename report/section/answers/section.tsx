import type { Result } from '../../../engine/model/index.ts';
import { formatEffect } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Quantity } from '../../part/quantity.tsx';
import { Section } from '../../part/section.tsx';
import { VariantLegend } from '../../part/variant-tag.tsx';
import { VerdictBadge } from '../../part/verdict-badge.tsx';
import {
  answersInWords,
  askedVariants,
  builtInWords,
  findingOf,
  headsOf,
  isSwapped,
  swappedQuantities,
  type AnswersView,
} from './data.ts';
import { answersSentences } from './sentences.ts';

/** A module in several languages, side by side; left out where it is in one. */
export function SwapSection({ result }: { result: Result }) {
  return isSwapped(result) ? (
    <Answers
      result={result}
      id="another-language"
      title="Another language"
      lead="One module, written in several languages behind the same contract, in the same cut. Each was asked the same questions, drawn by the seed of the experiment, with nothing else going on; that they are answered alike is counted over all deployments and not estimated. What is told below the answers is of the unit that has the module, or of endpoints that use it."
    />
  ) : null;
}

/** The same for a module whose language is the same everywhere. */
export function SameAnswersSection({ result }: { result: Result }) {
  return askedVariants(result).length === 0 || isSwapped(result) ? null : (
    <Answers
      result={result}
      id="same-answers"
      title="The same answers"
      lead="One module was asked the same questions in every deployment, drawn by the seed of the experiment, with nothing else going on. That they are answered alike is counted over all deployments and not estimated."
    />
  );
}

function Answers({ result, ...section }: { result: Result; id: string; title: string; lead: string }) {
  const views = askedVariants(result);
  return (
    <Section {...section}>
      <ul>
        {answersSentences(result).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <VariantLegend variants={views.map(({ view }) => view)} />
      <QuantitiesTable result={result} views={views} />
    </Section>
  );
}

function QuantitiesTable({ result, views }: { result: Result; views: readonly AnswersView[] }) {
  const quantities = swappedQuantities(result);
  const heads = headsOf(views);
  return (
    <DataTable
      caption="The module in each variant: average over the deployments, and the verdict against the first"
      columns={[
        { key: 'quantity', title: 'Quantity' },
        ...views.map(({ view }, index) => ({ key: view.name, title: heads[index] })),
      ]}
      rows={[
        {
          key: 'answers',
          cells: ['Questions with another answer', ...views.map((one) => answersInWords(one))],
        },
        ...quantities.map((quantity) => ({
          key: quantity.title,
          cells: [
            quantity.title,
            ...views.map(({ view }) => (
              <Cell key={view.name} result={result} quantity={quantity} variant={view.name} baseline={view.baseline} />
            )),
          ],
        })),
        {
          key: 'built',
          cells: ["Build of the module's unit, once", ...views.map((one) => builtInWords(result, one))],
        },
      ]}
    />
  );
}

function Cell({
  result,
  quantity,
  variant,
  baseline,
}: {
  result: Result;
  quantity: ReturnType<typeof swappedQuantities>[number];
  variant: string;
  baseline: boolean;
}) {
  const finding = baseline ? undefined : findingOf(result, quantity, variant);
  return (
    <>
      <Quantity result={result} metric={quantity.metric} scope={quantity.scope} variant={variant} none="not measured" />
      {finding === undefined ? null : (
        <>
          {' '}
          <span className="cr-quiet">{formatEffect(finding.effect, finding.unit, finding.openEnd)}</span>{' '}
          <VerdictBadge verdict={finding.verdict} />
        </>
      )}
    </>
  );
}
