import { own, type Application, type Settings } from '../../../engine/model/index.ts';
import { formatExact } from '../../../report/index.ts';
import { OptionalNumberField } from '../NumberField.tsx';
import { withTunable } from './tunables.ts';
import classes from '../experiments.module.css';

interface Props {
  tunables: Settings['tunables'];
  application: Application;
  of: string;
  errors: Record<string, string>;
  onChange: (tunables: Settings['tunables']) => void;
}

/** How much work the application's modules do; empty leaves it to the application. */
export function TunableFields({ tunables, application, of, errors, onChange }: Props) {
  return (
    <div className={classes.pair}>
      {Object.entries(application.tunables).map(([name, tunable]) => (
        <OptionalNumberField
          key={name}
          label={tunable.title}
          name={`${tunable.title} ${of}`}
          description={`${formatExact(tunable.min)} to ${formatExact(tunable.max)}`}
          placeholder={formatExact(tunable.default)}
          value={own(tunables, name) ?? null}
          min={tunable.min}
          max={tunable.max}
          error={own(errors, name)}
          onChange={(value) => onChange(withTunable(tunables, application, name, value))}
        />
      ))}
    </div>
  );
}
