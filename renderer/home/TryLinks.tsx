import { Button } from '@mantine/core';
import { IconBook2, IconCompass } from '@tabler/icons-react';
import type { Route } from '../../engine/model/index.ts';
import { formatHash } from '../shared/router.ts';
import classes from './home.module.css';

const looks: readonly {
  title: string;
  question: string;
  summary: string;
  icon: typeof IconBook2;
  button: string;
  to: Route;
}[] = [
  {
    title: 'Sample result',
    question: 'What does a finished comparison look like?',
    summary: 'One that was really measured, to read before anything ran here.',
    icon: IconBook2,
    button: 'Read the sample',
    to: { page: 'sample' },
  },
  {
    title: 'Explore',
    question: 'Who suffers when I break one module?',
    summary: 'Deploys one cut with a few visitors: shop in it, break a module by hand, see who loses requests.',
    icon: IconCompass,
    button: 'Explore a cut',
    to: { page: 'explore' },
  },
];

/** What can be looked at without measuring anything. */
export function TryLinks() {
  return looks.map(({ title, question, summary, icon: Icon, button, to }) => (
    <article key={title} className={classes.card} aria-label={title}>
      <div className={classes.eyebrow}>{title}</div>
      <h3 className={classes.question} style={{ margin: 0 }}>
        {question}
      </h3>
      <div className={classes.summary}>{summary}</div>
      <div className={classes.actions}>
        <Button variant="light" component="a" href={formatHash(to)} leftSection={<Icon size={15} />}>
          {button}
        </Button>
      </div>
    </article>
  ));
}
