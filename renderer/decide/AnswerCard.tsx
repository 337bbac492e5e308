import { Button, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { Bar, BarChart, Cell, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import {
  formatShare,
  mostWeight,
  type Application,
  type Claims,
  type DecisionWeights,
} from '../../engine/model/index.ts';
import {
  decideForSets,
  groundsOf,
  leftOutInWords,
  recommendationOf,
  tippingOf,
  weightsInWords,
  whyAllAgree,
  type Decision,
} from '../../report/index.ts';
import { MeasureButton } from '../claims/MeasureButton.tsx';
import { Card } from '../shared/Card.tsx';
import { attempt, showDone } from '../shared/problem.ts';
import classes from './decide.module.css';

interface Props {
  decision: Decision | null;
  claims: Claims;
  application: Application;
  weights: DecisionWeights;
  busy: boolean;
}

const cutTitle = (cut: string): string => cut;

/** The recommendation with how firm it is, what it rests on, what would turn it, and what would tell most. */
export function AnswerCard({ decision, claims, application, weights, busy }: Props) {
  if (decision === null)
    return (
      <Card title="What that leads to">
        <Text size="sm" mb="sm">
          No two cuts were compared here by anything that a decision weighs, so there is nothing to decide by yet.
        </Text>
        <MeasureButton preset="quick" application={application} busy={busy} />
      </Card>
    );
  const agree = whyAllAgree(decideForSets(claims), cutTitle);
  const words = [
    recommendationOf(decision, cutTitle),
    groundsOf(decision),
    tippingOf(decision, cutTitle),
    ...leftOutInWords(decision, cutTitle),
    `Made for these weights: ${weightsInWords(weights)}.`,
  ].filter((text) => text !== '');
  const [headline, ...rest] = words;
  return (
    <Card
      title="What that leads to"
      actions={
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconCopy size={14} />}
          onClick={() =>
            void attempt('The answer could not be copied', async () => {
              await navigator.clipboard.writeText(words.join('\n'));
              showDone('The answer was copied, with the weights it was made for.');
            })
          }
        >
          Copy
        </Button>
      }
    >
      <div role="status">
        <p className={classes.headline}>{headline}</p>
        {rest.map((text) => (
          <p key={text} className={classes.ground}>
            {text}
          </p>
        ))}
      </div>
      {agree === null ? null : <p className={classes.ground}>{agree}</p>}
      {decision.firmness === 'none' ? null : (
        <>
          <Options decision={decision} />
          <Tornado decision={decision} />
        </>
      )}
      {decision.mostTelling === null ? null : (
        <>
          <h3 className={classes.subtitle}>What would tell most</h3>
          <MeasureButton preset={decision.mostTelling.preset} application={application} busy={busy} />
        </>
      )}
    </Card>
  );
}

function Options({ decision: { options } }: { decision: Decision }) {
  return (
    <table className={classes.options}>
      <caption className={classes.unseen}>Cuts that were compared, best first</caption>
      <thead>
        <tr>
          {['Cut', 'Units', 'Score', 'Best in'].map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {options.map(({ cut, units, score, best }) => (
          <tr key={cut}>
            <th scope="row">{cut}</th>
            <td>{units}</td>
            <td>{score.toFixed(2)}</td>
            <td>{formatShare(best)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How far the advantage of the best over the second moves with each weight; where a bar crosses nothing, that weight alone turns the answer. */
function Tornado({ decision: { sensitivity, options } }: { decision: Decision }) {
  const [first, second] = options;
  if (first === undefined || second === undefined || sensitivity.length === 0) return null;
  const rows = sensitivity.map(({ title, atNone, atMost }) => ({
    title,
    range: [Math.min(atNone, atMost), Math.max(atNone, atMost)] as [number, number],
    turns: Math.min(atNone, atMost) < 0,
  }));
  const said = rows
    .map(
      ({ title, range, turns }) =>
        `${title} ${range[0].toFixed(2)} to ${range[1].toFixed(2)}${turns ? ', turns it' : ''}`,
    )
    .join('; ');
  return (
    <>
      <h3 className={classes.subtitle}>
        How far each weight moves it: advantage of {first.cut} over {second.cut}, weight 0 to {mostWeight}
      </h3>
      <div role="img" aria-label={said}>
        <ResponsiveContainer width="100%" height={rows.length * 26 + 34}>
          <BarChart data={rows} layout="vertical" margin={{ left: 4, right: 12, top: 2, bottom: 2 }}>
            <XAxis
              type="number"
              domain={['auto', 'auto']}
              tickFormatter={(value: number) => value.toFixed(2)}
              fontSize={11}
            />
            <YAxis type="category" dataKey="title" width={118} fontSize={12} tickLine={false} />
            <ReferenceLine x={0} stroke="var(--ink-soft)" />
            <Bar dataKey="range" isAnimationActive={false} barSize={13} radius={3}>
              {rows.map(({ title, turns }) => (
                <Cell key={title} fill={turns ? 'var(--warn)' : 'var(--accent)'} />
              ))}
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
    </>
  );
}
