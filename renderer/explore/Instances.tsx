import { Progress } from '@mantine/core';
import type { ExploreUnit } from '../../engine/model/index.ts';
import { formatBytes, formatShare } from '../../report/index.ts';
import { unitWords } from '../shared/unit-words.ts';
import type { ShownUnit } from './by-unit.ts';
import classes from './explore.module.css';

/** What the instances of a unit use: the one there is as meters, several as rows. */
export function Instances({ unit, largest }: { unit: ShownUnit; largest: number }) {
  const [first, ...others] = unit.instances;
  if (first === undefined) return 'No instance runs.';
  return others.length === 0 ? <Meters unit={first} largest={largest} /> : <Rows unit={unit} />;
}

function Meters({ unit, largest }: { unit: ExploreUnit; largest: number }) {
  return (
    <div>
      <div className={classes.meter}>
        <span>CPU</span>
        <Progress size={4} value={Math.min(100, (unit.cpuShare ?? 0) * 100)} aria-label={`CPU of ${unit.name}`} />
        <b>{cpuOf(unit)}</b>
      </div>
      <div className={classes.meter}>
        <span>Mem</span>
        <Progress
          size={4}
          value={((unit.memoryBytes ?? 0) / largest) * 100}
          aria-label={`Memory of ${unit.name} against the largest unit`}
        />
        <b>{memoryOf(unit)}</b>
      </div>
    </div>
  );
}

function Rows({ unit }: { unit: ShownUnit }) {
  return (
    <table className={classes.instances} aria-label={`Instances of ${unit.name}`}>
      <thead>
        <tr>
          <th scope="col" aria-label="Instance">
            #
          </th>
          <th scope="col">State</th>
          <th scope="col">CPU</th>
          <th scope="col">Mem</th>
        </tr>
      </thead>
      <tbody>
        {unit.instances.map((one) => (
          <tr key={one.instance} data-tone={unitWords[one.state].tone}>
            <th scope="row">{one.instance}</th>
            <td>{unitWords[one.state].text}</td>
            <td>{cpuOf(one)}</td>
            <td>{memoryOf(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const cpuOf = ({ cpuShare }: ExploreUnit): string => (cpuShare === null ? '–' : formatShare(cpuShare));
const memoryOf = ({ memoryBytes }: ExploreUnit): string => (memoryBytes === null ? '–' : formatBytes(memoryBytes));
