import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { isComposing } from '../shared/hotkeys.ts';

interface Props {
  label: string;
  value: string;
  placeholder?: string;
  suffix?: string;
  /** Says what is wrong with a text; null when nothing is. */
  check: (text: string) => string | null;
  onKeep: (text: string) => void;
}

/** A field that keeps its text on Enter or when left, and refuses a wrong one in place. */
export function DraftField({ label, value, placeholder, suffix, check, onKeep }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const problem = check(text.trim());
  const keep = (): void => {
    if (problem === null && text.trim() !== value) onKeep(text.trim());
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      value={text}
      error={problem}
      rightSection={suffix}
      rightSectionWidth={suffix === undefined ? undefined : 48}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && !isComposing(event.nativeEvent) && keep()}
    />
  );
}

/** A check for whole numbers; empty is allowed and means that Cleave chooses. */
export function wholeNumber(min: number, max: number): (text: string) => string | null {
  return (text) => {
    if (text === '') return null;
    const value = Number(text);
    return Number.isInteger(value) && value >= min && value <= max
      ? null
      : `A whole number from ${min} to ${max}, or empty.`;
  };
}
