import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import {
  decisionQuestions,
  mostWeight,
  startingWeights,
  type DecisionQuestion,
  type DecisionQuestionName,
  type DecisionWeights,
} from '../../engine/model/index.ts';
import type { Decision } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { setWeight, setWeights, useIsSaid, useWeights } from './decide-store.ts';
import classes from './decide.module.css';

const levels = ['Not', 'A little', 'Some', 'Much', 'Most'].map((label, value) => ({ label, value: `${value}` }));

/** What counts, question by question; those that nothing here measures are asked in words alone. */
export function WeightsCard({ application, decision }: { application: string; decision: Decision | null }) {
  const weights = useWeights(application);
  const isSaid = useIsSaid(application);
  const asked: readonly DecisionQuestion[] = decisionQuestions;
  const measured = asked.filter(({ measuredBy }) => measuredBy.length > 0);
  const without = new Set(decision?.unmeasured.map(({ name }) => name));
  return (
    <Card title="What counts for you">
      <Group gap="xs" mb="md" role="group" aria-label="Weights to begin with">
        {Object.entries(startingWeights).map(([name, set]) => (
          <Button
            key={name}
            size="xs"
            variant={isSame(set.weights, weights) ? 'filled' : 'light'}
            aria-pressed={isSame(set.weights, weights)}
            onClick={() => setWeights(application, set.weights)}
          >
            {set.title}
          </Button>
        ))}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          disabled={!isSaid}
          onClick={() => setWeights(application, null)}
        >
          Reset
        </Button>
      </Group>
      {measured.map(({ name, title, question }) => (
        <fieldset key={name} className={classes.question}>
          <legend>
            <strong>{title}</strong>
            {without.has(name) ? <span className={classes.unmeasured}>not measured: no number</span> : null}
          </legend>
          <Text size="sm" c="dimmed" mb={6}>
            {question}
          </Text>
          <SegmentedControl
            size="xs"
            data={levels}
            aria-label={`How much ${title.toLowerCase()} counts`}
            value={`${levelOf(weights, name)}`}
            onChange={(value) => setWeight(application, name as DecisionQuestionName, Number(value))}
          />
        </fieldset>
      ))}
      <h3 className={classes.subtitle}>Not measured here, and in no number</h3>
      <ul className={classes.asked}>
        {asked
          .filter(({ measuredBy }) => measuredBy.length === 0)
          .map(({ name, title, question, speaksFor }) => (
            <li key={name}>
              <strong>{title}.</strong> {question} {speaksFor}
            </li>
          ))}
      </ul>
    </Card>
  );
}

function levelOf(weights: DecisionWeights, name: string): number {
  const weight = new Map(Object.entries(weights)).get(name) ?? 0;
  return Math.max(0, Math.min(mostWeight, Math.round(weight)));
}

function isSame(one: DecisionWeights, other: DecisionWeights): boolean {
  return decisionQuestions.every(({ name }) => levelOf(one, name) === levelOf(other, name));
}
