import { Highlight } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { formatTime } from '../../report/index.ts';
import { windowOf, withoutStamp, type LogEntry } from './logs.ts';
import classes from './log-panel.module.css';

const lineHeight = 20;

interface Props {
  lines: readonly LogEntry[];
  height: number;
  follow: boolean;
  /** The person scrolled up. */
  onLeaveEnd: () => void;
  search: string;
}

/** Draws only the lines in view, so that thousands cost as much as a few. */
export function VirtualLines({ lines, height, follow, onLeaveEnd, search }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (follow && element !== null) element.scrollTop = element.scrollHeight;
  }, [follow, lines]);
  const { from, to } = windowOf(lines.length, lineHeight, top, height);
  return (
    <div
      ref={box}
      className={classes.lines}
      style={{ height }}
      role="log"
      aria-label="Logs"
      aria-live="off"
      tabIndex={0}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onWheel={(event) => event.deltaY < 0 && onLeaveEnd()}
      onKeyDown={(event) => (event.key === 'PageUp' || event.key === 'ArrowUp' || event.key === 'Home') && onLeaveEnd()}
    >
      {lines.length === 0 ? (
        <p className={classes.none}>{search === '' ? 'No output yet.' : 'No line matches.'}</p>
      ) : null}
      <div style={{ height: lines.length * lineHeight, position: 'relative' }}>
        <div style={{ transform: `translateY(${from * lineHeight}px)` }}>
          {lines.slice(from, to).map((line) => (
            <div key={line.number} className={classes.line} data-stream={line.stream}>
              <time>{formatTime(line.atMs)}</time>
              <span className={classes.unit}>{line.unit}</span>
              {search === '' ? (
                <span>{withoutStamp(line.line)}</span>
              ) : (
                <Highlight component="span" inherit highlight={search}>
                  {withoutStamp(line.line)}
                </Highlight>
              )}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
