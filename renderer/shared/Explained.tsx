import { Tooltip } from '@mantine/core';
import { piecesOf } from '../../engine/model/index.ts';
import classes from './page.module.css';

/** A text whose terms explain themselves on hover and focus. */
export function Explained({ children, only }: { children: string; only?: readonly string[] }) {
  return piecesOf(children, only).map(({ text, term }, index) =>
    term === null ? (
      text
    ) : (
      <Tooltip key={index} label={term.meaning} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
        <dfn className={classes.term}>{text}</dfn>
      </Tooltip>
    ),
  );
}
