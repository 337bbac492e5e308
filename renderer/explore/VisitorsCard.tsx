import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react';
import { own, type Application, type ExploreState, type VisitedEndpoint } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { sufferingInWords, visitsInWords } from './suffering.ts';
import classes from './explore.module.css';

/** What a few visitors still get, by kind of request: who suffers from what is broken, replaced or released. */
export function VisitorsCard({ explore, application }: { explore: ExploreState; application: Application }) {
  const { visitors } = explore;
  return (
    <Card title="Who suffers">
      <Text size="sm" role="status" mb={visitors === null ? 0 : 'xs'}>
        {visitors === null
          ? 'A dozen visitors a second begin as soon as the cut stands.'
          : sufferingInWords(visitors, explore, application)}
      </Text>
      {visitors === null ? null : (
        <ul className={classes.visits} aria-label="What visitors get">
          {visitors.endpoints.map((endpoint) => (
            <Visits
              key={endpoint.name}
              endpoint={endpoint}
              title={own(application.endpoints, endpoint.name)?.title ?? endpoint.name}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Visits({ endpoint, title }: { endpoint: VisitedEndpoint; title: string }) {
  const tone = endpoint.failed > 0 ? 'bad' : endpoint.asked > 0 ? 'good' : 'off';
  const Icon = { bad: IconAlertTriangle, good: IconCheck, off: IconMinus }[tone];
  return (
    <li data-tone={tone}>
      <Icon size={14} stroke={2.2} aria-hidden="true" />
      <span>{title}</span>
      <span className="number">
        {visitsInWords(endpoint)}
        {endpoint.failingNow ? ', failing now' : ''}
      </span>
    </li>
  );
}
