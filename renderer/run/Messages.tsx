import { memo } from 'react';
import { formatTime } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { useRun } from './run-store.ts';
import classes from './run.module.css';

/** What the run had to say, newest first. */
export const Messages = memo(function Messages() {
  const messages = useRun((state) => state.view.messages);
  if (messages.length === 0) return null;
  return (
    <Card title="Messages" flush>
      <ul className={classes.messages} aria-label="Messages" tabIndex={0}>
        {messages.toReversed().map((message, index) => (
          <li key={messages.length - index} data-level={message.level}>
            <time>{formatTime(message.atMs)}</time>
            <span>{message.text}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
});
