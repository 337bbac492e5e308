import { NumberInput } from '@mantine/core';

interface Props {
  label: string;
  value: number | null;
  onChange: (value: number) => void;
  /** One of what is shown is this much of what is kept: 1000 shows ms as seconds. */
  scale?: number;
  suffix?: string;
  error?: string | undefined;
  description?: string;
  min?: number;
  max?: number;
  step?: number;
  disabled?: boolean;
}

/** A number with its unit. What cannot be read is kept as NaN, so that the check refuses it at this field. */
export function NumberField({ label, value, onChange, scale = 1, suffix, error, description, ...rest }: Props) {
  return (
    <NumberInput
      label={label}
      description={description}
      suffix={suffix === undefined ? undefined : ` ${suffix}`}
      value={value === null || Number.isNaN(value) ? '' : Number((value / scale).toFixed(6))}
      error={error}
      clampBehavior="none"
      onChange={(next) => onChange(typeof next === 'number' ? Number((next * scale).toFixed(6)) : Number.NaN)}
      {...rest}
    />
  );
}
