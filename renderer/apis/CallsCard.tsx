import { NativeSelect, Text } from '@mantine/core';
import { IconArrowsExchange, IconBolt } from '@tabler/icons-react';
import { useMemo } from 'react';
import { callsInCut, type Application, type CallInCut, type Topology } from '../../engine/model/index.ts';
import { plural } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { formatHash } from '../shared/router.ts';
import { useApis } from './apis-store.ts';
import { cutInWords, titleOf } from './words.ts';
import classes from './apis.module.css';

interface Props {
  application: Application;
  cuts: readonly Topology[];
  cut: Topology;
  /** Whose API is shown. */
  module: string;
  onModule: (module: string) => void;
}

/** Every call between modules by the unit it comes from, with what the cut makes of it. */
export function CallsCard({ application, cuts, cut, module, onModule }: Props) {
  const calls = useMemo(() => callsInCut(application, cut), [application, cut]);
  return (
    <Card
      title="Who calls whom"
      actions={
        <NativeSelect
          size="xs"
          aria-label="Cut"
          data={cuts.map(({ name }) => name)}
          value={cut.name}
          onChange={(event) => useApis.setState({ cut: event.currentTarget.value })}
        />
      }
    >
      <Text size="sm" role="status" mb="sm">
        {cutInWords(calls, cut.units.length)}
      </Text>
      <div className={classes.scroll} role="group" aria-label="Calls by unit" tabIndex={0}>
        <table className={classes.calls}>
          <caption className={classes.unseen}>Calls between the modules of {cut.name}</caption>
          <thead>
            <tr>
              {['Module', 'Calls', 'Per request', 'In this cut'].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          {cut.units.map((unit) => (
            <tbody key={unit.name}>
              <tr className={classes.unit}>
                <th scope="rowgroup" colSpan={4}>
                  Unit {unit.name}
                  <small>{inside(unit)}</small>
                </th>
              </tr>
              {unit.modules.map((name) => (
                <ModuleRows
                  key={name}
                  title={titleOf(application, name)}
                  calls={calls.filter(({ from }) => from === name)}
                  titled={(other) => titleOf(application, other)}
                  isShown={name === module}
                  onChoose={() => onModule(name)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <Text size="xs" c="dimmed" mt="sm">
        Calls as the application declares them: how many a request makes on average.{' '}
        <a className={classes.link} href={formatHash({ page: 'topologies', name: cut.name })}>
          See this cut drawn
        </a>
      </Text>
    </Card>
  );
}

function inside({ modules, instances = 1 }: Topology['units'][number]): string {
  const copies = instances === 1 ? 'one process' : `${instances} instances, each a process`;
  return `${plural(modules.length, 'module')} in ${copies}`;
}

interface RowsProps {
  title: string;
  calls: readonly CallInCut[];
  titled: (module: string) => string;
  isShown: boolean;
  onChoose: () => void;
}

/** A row for each call of a module; one that says so where it calls nobody. */
function ModuleRows({ title, calls, titled, isShown, onChoose }: RowsProps) {
  const [first, ...rest] = calls;
  return (
    <>
      <tr>
        <th scope="row" rowSpan={Math.max(1, calls.length)}>
          <button type="button" className={classes.choose} aria-pressed={isShown} onClick={onChoose}>
            {title}
          </button>
        </th>
        {first === undefined ? (
          <td colSpan={3} className={classes.quiet}>
            calls no other module
          </td>
        ) : (
          <CallCells call={first} titled={titled} />
        )}
      </tr>
      {rest.map((call) => (
        <tr key={call.to}>
          <CallCells call={call} titled={titled} />
        </tr>
      ))}
    </>
  );
}

function CallCells({ call, titled }: { call: CallInCut; titled: (module: string) => string }) {
  const { to, toUnit, need, callsPerRequest, crosses } = call;
  return (
    <>
      <td>
        {titled(to)}
        {need === 'optional' ? <small className={classes.quiet}> can do without it</small> : null}
      </td>
      <td className="number">{callsPerRequest}</td>
      <td>
        <span className={classes.mark} data-crosses={crosses ? true : undefined}>
          {crosses ? (
            <IconArrowsExchange size={14} stroke={2} aria-hidden="true" />
          ) : (
            <IconBolt size={14} stroke={2} aria-hidden="true" />
          )}
          {crosses ? `over the network, to unit ${toUnit}` : 'function call in the same process'}
        </span>
      </td>
    </>
  );
}
