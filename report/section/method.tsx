import { partsInWords, type Result } from '../../engine/model/index.ts';
import { blocksText, looksText, turnsText } from '../data/blocks.ts';
import { variantIndex, variantTitle } from '../data/variants.ts';
import { formatInstant, formatMs, formatSpan } from '../format/index.ts';
import { DataTable } from '../part/data-table.tsx';
import { Section, Empty } from '../part/section.tsx';
import { gateTone, StatusWord } from '../part/status-word.tsx';
import { VariantTag } from '../part/variant-tag.tsx';

/** The fairness gate, line by line. */
export function GateSection({ result }: { result: Result }) {
  return (
    <Section
      id="gate"
      title="Fairness"
      lead="What must be the same for a comparison of shapes to be one of shapes only, checked before the first round."
    >
      {result.gate.length === 0 ? (
        <Empty>The fairness gate did not run.</Empty>
      ) : (
        <DataTable
          caption="Fairness gate"
          quiet
          columns={[
            { key: 'check', title: 'Check' },
            { key: 'status', title: 'Outcome' },
            { key: 'detail', title: 'Detail' },
          ]}
          rows={result.gate.map((check) => ({
            key: check.name,
            cells: [
              check.title,
              <StatusWord key="status" tone={gateTone(check.status)}>
                {check.status}
              </StatusWord>,
              check.detail,
            ],
          }))}
        />
      )}
    </Section>
  );
}

/** The protocol in sentences, and every round with what became of it. */
export function MethodSection({ result }: { result: Result }) {
  return (
    <Section id="method" title="How it was measured">
      <ul className="cr-protocol">
        {protocol(result).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {result.rounds.length === 0 ? <Empty>No round was run.</Empty> : <RoundsTable result={result} />}
    </Section>
  );
}

/** Whether the second copy of the baseline was not broken; in older results it was. */
const isSpared = ({ rounds }: Result): boolean =>
  rounds.some(({ replica, attempt, only }) => replica && attempt === 1 && only !== null);

/** What was done, one sentence each. */
export function protocol(result: Result): string[] {
  const { experiment } = result;
  const { load, warmUp, probes } = experiment;
  const order = result.order.map((block) => block.map((name) => variantTitle(result, name)).join(', '));
  return [
    'A round is one fresh deployment of one variant: deployed, warmed up, measured, torn down. Rounds, not requests, are what the intervals count.',
    `${blocksText(result)}, each with every variant once in an order drawn from seed ${experiment.seed}${experiment.noiseFloor ? `, and the baseline once more to learn the noise floor${isSpared(result) ? ', without what is broken on purpose' : ''}` : ''}.`,
    ...sittingsText(result),
    ...(order.length === 0
      ? []
      : [`Order: ${order.map((block, index) => `block ${index + 1}: ${block}`).join('; ')}.`]),
    `Load: ${load.journeysPerSecond} journeys a second, ${load.arrivals === 'poisson' ? 'Poisson arrivals' : 'constant spacing'}, in an open loop: a slow answer does not delay the next arrival. A request is good within ${formatMs(load.deadlineMs)} of its due time.`,
    `Each load lasts ${formatMs(probes.latency.durationMs)} after a warm-up of ${formatMs(warmUp.minMs)} to ${formatMs(warmUp.maxMs)} and at least ${warmUp.minRequests} requests, which is not counted.`,
    ...[turnsText(result), looksText(result)].filter((text) => text !== ''),
    ...steadiness(result),
    `${repeatRule(experiment)} Without a good repeat what is disturbed is used and marked, and what is invalid decides nothing. All rounds are listed.`,
    ...repeatSentences(result),
    ...verdictRules(result),
    ...(experiment.declaredDifferences.length === 0
      ? []
      : [`Declared differences: ${experiment.declaredDifferences.join(', ')}.`]),
  ];
}

/** When what did not go well is measured again. */
function repeatRule({ maxRepeats, looks }: Result['experiment']): string {
  const often = `at most ${maxRepeats} ${maxRepeats === 1 ? 'time' : 'times'}, in every variant of the block and nothing else`;
  return looks === null
    ? `What was disturbed or invalid in a block is measured again ${often}, what was disturbed only on a machine that gets quiet at all.`
    : `What was disturbed or invalid in a block is not measured again as long as another block can stand for it; what was invalid is before the last planned look, ${often}.`;
}

/** What was measured again and why, one sentence each. */
function repeatSentences({ repeats }: Result): string[] {
  return repeats.map(
    ({ block, only, reason }) => `Measured again in block ${block + 1}: ${partsInWords(only)} (${reason}).`,
  );
}

/** When it was measured, where that was in several goes. */
function sittingsText({ sittings }: Result): string[] {
  if (sittings.length === 0) return [];
  const goes = sittings.map(
    ({ startedAt, fromBlock }) => `from block ${fromBlock + 1} on at ${formatInstant(startedAt)}`,
  );
  return [`Measured in ${sittings.length} goes, by one plan of looks: ${goes.join('; ')}.`];
}

/** How verdicts were reached, one sentence each. */
function verdictRules({ rules }: Result): string[] {
  if (rules === 1)
    return [
      'Verdicts are those of the rules of version 1, kept as they were: better or worse when no change was excluded at 5 % after a correction over all headlines (Holm) and the effect exceeded the noise floor; equivalent when the 95 % interval lay within the margin or the noise floor. The intervals are plain 95 % intervals, not those of the verdicts.',
    ];
  return [
    'Findings are judged in families, one a question, fixed before anything was measured: deployment, latency, cost, capacity, one for each fault; the details of a question are a family of their own. The chance of any false verdict in a family is at most 5 % (Holm); the interval printed is the one of the level at which the verdict was reached.',
    'Verdicts: equivalent when the interval lies within the margin, whatever the noise; better or worse when it excludes no change and reaches beyond the margin, and the effect exceeds the noise floor where at least eight A/A pairs tell it; otherwise inconclusive, with what the interval rules out.',
    'Where nothing varied there is no spread to test: exact limits are given by request or by deployment, and constants are counted.',
    'Changes of shares and of counts are judged on a scale of their own and printed as the difference they make at the level that the baseline had in this run, as clinical summaries print an absolute effect at an assumed risk; how much that level would differ in another run is not in their interval.',
  ];
}

/** How many warm-ups ended steady; nothing where there was none. */
function steadiness({ rounds }: Result): string[] {
  const warm = rounds.filter((round) => round.warmUp !== null && round.warmUp.durationMs > 0);
  const steady = warm.filter((round) => round.warmUp?.steady === true).length;
  if (warm.length === 0) return [];
  return steady === warm.length
    ? ['Every round had reached a steady state before it was measured.']
    : [
        `${warm.length - steady} of ${warm.length} rounds had not reached a steady state when the warm-up ended, and were measured all the same; the list of rounds names them.`,
      ];
}

function RoundsTable({ result }: { result: Result }) {
  return (
    <DataTable
      caption="Every round, in the order they ran"
      columns={[
        { key: 'round', title: 'Round' },
        { key: 'variant', title: 'Variant' },
        { key: 'status', title: 'Status' },
        { key: 'duration', title: 'Took', numeric: true },
        { key: 'warm', title: 'Warm-up', numeric: true },
        { key: 'lag', title: 'Generator lag p99', numeric: true },
        { key: 'seed', title: 'Seed', numeric: true },
        { key: 'why', title: 'Remarks' },
      ]}
      rows={result.rounds.map((round) => ({
        key: round.id,
        cells: [
          `${round.block + 1}.${round.position + 1}${round.attempt > 1 ? `, attempt ${round.attempt}: ${partsInWords(round.only)}` : ''}`,
          <>
            <VariantTag index={variantIndex(result, round.variant)} title={variantTitle(result, round.variant)} />
            {round.replica ? <span className="cr-quiet"> again (A/A)</span> : null}
          </>,
          <StatusWord
            key="status"
            tone={round.status === 'completed' ? 'good' : round.status === 'failed' ? 'bad' : 'note'}
          >
            {round.status}
          </StatusWord>,
          formatSpan(round.durationMs),
          round.warmUp === null ? 'none' : formatMs(round.warmUp.durationMs),
          round.latency === null ? 'none' : formatMs(round.latency.generator.pacingLagP99Ms),
          String(round.seed),
          [
            ...round.reasons,
            ...(round.warmUp?.steady === false ? ['no steady state'] : []),
            ...(round.latency?.generator.valid === false ? round.latency.generator.reasons : []),
          ].join('; '),
        ],
      }))}
    />
  );
}
