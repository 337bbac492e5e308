import { SegmentedControl } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { faultInWords, own, type UnitState } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { stateUnder } from '../shared/unit-words.ts';
import { UnitBox } from '../shared/UnitBox.tsx';
import { useRun } from './run-store.ts';
import { currentRound } from './view/derive.ts';
import classes from './run.module.css';

/** The units of the variant at work (or of a chosen one); they light up when broken or restarting. */
export const UnitMap = memo(function UnitMap() {
  const experiment = useRun((state) => state.view.head.experiment);
  const units = useRun((state) => state.view.units);
  const faults = useRun((state) => state.view.faults);
  const current = useRun((state) => currentRound(state.view.rounds)?.variant ?? null);
  const [chosen, setChosen] = useState<string | null>(null);
  const names = experiment?.variants.map((variant) => variant.name) ?? [];
  const shown = chosen ?? current ?? names[0] ?? '';
  const variant = experiment?.variants.find((one) => one.name === shown);
  const states = useMemo(() => new Map((own(units, shown) ?? []).map((unit) => [unit.name, unit])), [units, shown]);
  const here = faults.filter((fault) => fault.variant === shown && fault.phase !== 'injecting');
  const broken = useMemo(() => new Set(here.map((fault) => fault.fault.module)), [here]);
  const at = (name: string): UnitState => {
    const kinds = here.filter((fault) => fault.unit === name).map(({ fault }) => fault.kind);
    return stateUnder(states.get(name)?.state ?? 'stopped', kinds);
  };
  return (
    <Card
      title="Units"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Variant of the units"
          data={names}
          value={shown}
          onChange={(value) => setChosen(value === current ? null : value)}
        />
      }
    >
      <div className={classes.units}>
        {variant?.topology.units.map((unit) => (
          <UnitBox
            key={unit.name}
            name={unit.name}
            modules={unit.modules}
            state={at(unit.name)}
            detail={states.get(unit.name)?.detail}
            broken={broken}
            restarts={states.get(unit.name)?.restarts ?? 0}
          />
        ))}
      </div>
      {here.map((fault) => (
        <div key={faultInWords(fault.fault)} className={classes.fault}>
          {fault.phase === 'undoing' ? 'Undoing' : 'Broken'}: {faultInWords(fault.fault)}
        </div>
      ))}
    </Card>
  );
});
