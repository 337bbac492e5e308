import { SegmentedControl } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { faultInWords, own } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { UnitBox } from '../shared/UnitBox.tsx';
import { useRun } from './run-store.ts';
import { currentRound } from './view/derive.ts';
import { drawnUnit } from './view/units.ts';
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
  const here = faults.filter((fault) => fault.variant === shown && fault.phase !== 'injecting');
  const broken = useMemo(() => new Set(here.map((fault) => fault.fault.module)), [here]);
  const drawn = (name: string, wanted: number) =>
    drawnUnit(
      (own(units, shown) ?? []).filter((unit) => unit.name === name),
      wanted,
      here.filter(({ unit }) => unit === name).map(({ fault }) => fault),
    );
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
            {...drawn(unit.name, unit.instances ?? 1)}
            instances={unit.instances}
            language={unit.language}
            broken={broken}
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
