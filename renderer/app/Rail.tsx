import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRun } from '../run/run-store.ts';
import { formatHash, useRoute } from '../shared/router.ts';
import { Logo } from './Logo.tsx';
import { glossaryItem, navItems, settingsItem, type NavItem } from './nav.ts';
import classes from './shell.module.css';

/** The way to every page, always visible. */
export function Rail() {
  const narrow = useMediaQuery('(max-width: 900px)');
  return (
    <nav className={classes.rail} aria-label="Main">
      <div className={classes.brand}>
        <Logo />
        <span>Cleave</span>
      </div>
      {navItems.map((item) => (
        <RailItem key={item.label} item={item} narrow={narrow} />
      ))}
      <div className={classes.spring} />
      <RailItem item={glossaryItem} narrow={narrow} />
      <RailItem item={settingsItem} narrow={narrow} />
    </nav>
  );
}

function RailItem({ item, narrow }: { item: NavItem; narrow: boolean }) {
  const here = useRoute((state) => item.covers.includes(state.route.page));
  const running = useRun((state) => state.active) && item.route.page === 'run';
  const Icon = item.icon;
  const link = (
    <a className={classes.item} href={formatHash(item.route)} aria-current={here ? 'page' : undefined}>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <span className={classes.label}>{item.label}</span>
      {running ? <span className={classes.pulse} role="img" aria-label="a run is active" /> : null}
    </a>
  );
  if (!narrow) return link;
  return (
    <Tooltip label={item.label} position="right">
      {link}
    </Tooltip>
  );
}
