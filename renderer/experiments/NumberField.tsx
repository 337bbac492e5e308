import { NumberInput } from '@mantine/core';
import { shownIn } from '../shared/format.ts';

interface Props {
  label: string;
  /** What assistive technology calls it, where the label alone would be said of several fields. */
  name?: string;
  value: number | null;
  onChange: (value: number) => void;
  /** One of what is shown is this much of what is kept: 1000 shows ms as seconds. */
  scale?: number;
  suffix?: string;
  error?: string | undefined;
  description?: string;
  /** Shown while nothing is entered. */
  placeholder?: string;
  min?: number;
  max?: number;
  step?: number;
  /** Whether thousands stand apart: not in a number that counts nothing. */
  grouped?: boolean;
  disabled?: boolean;
}

/** A number with its unit. What cannot be read is kept as NaN, so that the check refuses it at this field. */
export function NumberField({
  label,
  name,
  value,
  onChange,
  scale = 1,
  suffix,
  error,
  description,
  grouped = true,
  ...rest
}: Props) {
  return (
    <NumberInput
      label={label}
      aria-label={name}
      description={description}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      suffix={suffix === undefined ? undefined : ` ${suffix}`}
      thousandSeparator={grouped ? ',' : undefined}
      value={value === null || Number.isNaN(value) ? '' : shownIn(value, scale)}
      error={error}
      clampBehavior="none"
      onChange={(next) => onChange(typeof next === 'number' ? Number((next * scale).toPrecision(12)) : Number.NaN)}
      {...rest}
    />
  );
}

/** A number that may be left out: an empty field is null. */
export function OptionalNumberField({
  onChange,
  ...rest
}: Omit<Props, 'onChange'> & { onChange: (value: number | null) => void }) {
  return <NumberField {...rest} onChange={(value) => onChange(Number.isNaN(value) ? null : value)} />;
}
