import { Select } from '@mantine/core';
import type { Probes } from '../../../../engine/model/index.ts';
import { NumberField } from '../../NumberField.tsx';
import type { FieldsProps } from '../editor-probe.ts';
import classes from '../../experiments.module.css';

type Answers = NonNullable<Probes['answers']>;

/** Which module is asked, and how much. */
export function AnswersFields({ settings, application, errors, onChange }: FieldsProps<Answers>) {
  return (
    <div className={classes.fields}>
      <Select
        label="Module that is asked"
        description="It needs examples from which questions can be drawn"
        data={Object.entries(application.modules).map(([value, { title }]) => ({ value, label: title }))}
        value={settings.module}
        error={errors['module']}
        allowDeselect={false}
        maw={420}
        onChange={(module) => onChange({ ...settings, module: module ?? settings.module })}
      />
      <NumberField
        label="Questions"
        value={settings.questions}
        error={errors['questions']}
        onChange={(questions) => onChange({ ...settings, questions })}
      />
    </div>
  );
}
