import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLoader2, IconPlayerStop } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { languageTitles, type Language, type UnitState } from '../../engine/model/index.ts';
import { plural } from '../../report/index.ts';
import { LanguageMark } from './LanguageMark.tsx';
import { unitWords, type UnitWords } from './unit-words.ts';
import classes from './unit-box.module.css';

const icons: Record<UnitWords['tone'], typeof IconCheck> = {
  good: IconCheck,
  busy: IconLoader2,
  bad: IconAlertTriangle,
  off: IconPlayerStop,
};

interface Props {
  name: string;
  modules: readonly string[];
  state: UnitState;
  detail?: string | null;
  /** Modules with an active fault. */
  broken?: ReadonlySet<string>;
  restarts?: number;
  /** Instances that there are, or should be; told where there are several. */
  instances?: number;
  /** Told where its modules could be in another, or are. */
  language?: Language | null;
  /** What can be done to it. */
  menu?: ReactNode;
  footer?: ReactNode;
}

/** One unit with its modules; colour, icon and word tell its state. */
export const UnitBox = memo(function UnitBox({
  name,
  modules,
  state,
  detail = null,
  broken,
  restarts = 0,
  instances = 1,
  language = null,
  menu,
  footer,
}: Props) {
  const { text, tone } = unitWords[state];
  const Icon = icons[tone];
  return (
    <article
      className={classes.box}
      data-tone={tone}
      aria-label={[
        `Unit ${name}: ${text}`,
        ...(instances === 1 ? [] : [plural(instances, 'instance')]),
        ...(restarts === 0 ? [] : [plural(restarts, 'restart')]),
        ...(language === null ? [] : [`in ${languageTitles[language]}`]),
      ].join(', ')}
    >
      <div className={classes.head}>
        <span className={classes.name}>
          <span title={name}>{name}</span>
          {instances === 1 ? null : <small title={plural(instances, 'instance')}>×{instances}</small>}
          {language === null ? null : <LanguageMark language={language} />}
          {restarts === 0 ? null : <small title={plural(restarts, 'restart')}>↻{restarts}</small>}
        </span>
        <Tooltip label={detail} disabled={detail === null}>
          <span className={classes.state} data-tone={tone} tabIndex={detail === null ? undefined : 0}>
            <Icon size={13} stroke={2.2} aria-hidden="true" />
            {text}
          </span>
        </Tooltip>
        {menu}
      </div>
      {modules.length === 1 && modules[0] === name ? null : (
        <ul className={classes.modules}>
          {modules.map((module) => (
            <li key={module} data-broken={broken?.has(module) ? true : undefined}>
              {module}
            </li>
          ))}
        </ul>
      )}
      {footer === undefined ? null : <div className={classes.foot}>{footer}</div>}
    </article>
  );
});
