import { Fold } from '../../part/fold.tsx';
import { Termed } from '../../part/termed.tsx';

const notes: [title: string, meaning: string][] = [
  ['Lines', 'lines of code in files of its own that are in the program; blank lines and comments are not counted.'],
  ['Operations', 'operations of the contracts of its modules: the more there are, the more it answers for.'],
  ['Packages', 'packages of others in its program, with the bytes they take there. Each unit ships its own copy.'],
  [
    'Program',
    'bytes of the whole program: own code, kit and packages; below it those of the image that it was deployed from, with the base that all units share.',
  ],
  [
    'Called by',
    'other units (modules) that call it: absolute importance, AIS (Rud, Schmietendorf, Dumke 2006). People at the entry are not counted.',
  ],
  ['Calls', 'other units (modules) that it calls: absolute dependence, ADS (Rud, Schmietendorf, Dumke 2006).'],
  [
    'Instability',
    'calls / (called by + calls) (Martin 1994). 0: others lean on it and it on none, so that its changes concern many; 1: it leans on others and none on it.',
  ],
  [
    'In, out a journey',
    'calls of a mean journey from other units and to them, as the manifest declares; below it as they were seen where requests were followed.',
  ],
];

/** What the columns mean, in small letters. */
export function ColumnNotes({ usageKnown }: { usageKnown: boolean }) {
  const usage = `mean share of its operations that a client uses, SIUC (Perepletchikov, Ryan, Frampton 2007). 100 %: every client uses all of it. ${
    usageKnown
      ? 'As far as it was seen where requests were followed, or while contracts changed.'
      : 'Unknown here: requests were not followed (probe Calls), and no release changed a contract.'
  }`;
  return (
    <Fold title="What the columns mean">
      <dl className="cr-definitions">
        {[...notes, ['Used of it', usage] as const].map(([title, meaning]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <Termed>{meaning}</Termed>
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}
