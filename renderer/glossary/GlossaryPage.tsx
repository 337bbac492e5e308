import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { glossary } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import classes from './glossary.module.css';

/** Every term of window and report with its meaning. */
export function GlossaryPage() {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = glossary.filter(({ term, also = [], meaning }) =>
    [term, ...also, meaning].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <PageFrame title="Glossary" lead="What the words in this window and in reports mean.">
      <Card title="Words">
        <TextInput
          aria-label="Search the glossary"
          placeholder="Search"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="md"
        />
        {shown.length === 0 ? <p role="status">No word like that.</p> : null}
        <dl className={classes.words}>
          {shown.map(({ term, also, meaning }) => (
            <div key={term}>
              <dt>
                {term}
                {also === undefined ? null : <small> {also.join(', ')}</small>}
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </PageFrame>
  );
}
