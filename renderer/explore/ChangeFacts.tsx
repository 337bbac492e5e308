import {
  changeKindInWords,
  changeTitle,
  moduleTitle,
  own,
  type Application,
  type ExploreImpact,
  type ExploreState,
} from '../../engine/model/index.ts';
import { useImpact } from './use-impact.ts';
import classes from './explore.module.css';

interface Props {
  change: string;
  explore: ExploreState;
  application: Application;
}

/** What a change is, what it edits, and which units of the cut it gets into. */
export function ChangeFacts({ change: name, explore: { phase, topology }, application }: Props) {
  const impact = useImpact(phase === 'running' ? name : null);
  const change = own(application.changes ?? {}, name);
  if (change === undefined) return null;
  return (
    <dl className={classes.facts}>
      <dt>What it is</dt>
      <dd>
        {sentence(changeKindInWords(change.kind))}
        {change.summary === '' ? null : ` ${change.summary}`}
        {change.after === undefined
          ? null
          : ` It builds on "${changeTitle(application, change.after)}", which is released before it and taken back with it.`}
      </dd>
      <dt>Edits</dt>
      <dd>{impact.state === 'found' ? editsInWords(impact.impact, application) : waitingInWords(impact)}</dd>
      <dt>Another program in</dt>
      <dd>
        {impact.state === 'found'
          ? unitsInWords(impact.impact.units, topology?.units.length ?? 0)
          : waitingInWords(impact)}
      </dd>
    </dl>
  );
}

const sentence = (words: string): string => `${moduleTitle(words)}.`;

const waitingInWords = (impact: { state: 'finding' } | { state: 'failed'; problem: string }): string =>
  impact.state === 'finding' ? 'being found …' : `unknown: ${impact.problem}`;

function editsInWords({ modules }: ExploreImpact, application: Application): string {
  return (
    modules.map((module) => own(application.modules, module)?.title ?? module).join(', ') || 'no module of its own'
  );
}

function unitsInWords(units: readonly string[], of: number): string {
  if (of === 1) return units.length === 0 ? 'not the one unit that there is' : 'the one unit that there is';
  return `${units.length} of ${of} units${units.length === 0 ? '' : `: ${units.join(', ')}`}`;
}
