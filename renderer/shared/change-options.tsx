import { Text, type ComboboxItem } from '@mantine/core';
import { changeKindInWords, changesToChoose, own, type Application } from '../../engine/model/index.ts';

/** The changes of an application as a list to choose from, grouped by what they have in common. */
export function changeOptions(application: Pick<Application, 'changes'>) {
  return changesToChoose(application).map(({ group, changes }) => ({
    group,
    items: changes.map(({ name, change }) => ({ value: name, label: change.title })),
  }));
}

/** Shows one of them with its kind. */
export function renderChange({ changes = {} }: Pick<Application, 'changes'>) {
  return function Option({ option }: { option: ComboboxItem }) {
    const change = own(changes, option.value);
    return (
      <span>
        {option.label}{' '}
        {change === undefined ? null : (
          <Text span size="xs" c="dimmed" display="block">
            {changeKindInWords(change.kind)}
          </Text>
        )}
      </span>
    );
  };
}
