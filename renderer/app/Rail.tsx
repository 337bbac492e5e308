import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { railPageOf, type RailPage } from '../../engine/model/index.ts';
import { useRun } from '../run/run-store.ts';
import { formatHash, useRoute } from '../shared/router.ts';
import { Logo } from './Logo.tsx';
import { navItems, type NavItem } from './nav.ts';
import classes from './shell.module.css';

/** Pages about the window itself, at the foot of the rail. */
const atTheFoot: ReadonlySet<RailPage> = new Set(['glossary', 'settings']);

/** The way to every page, always visible. */
export function Rail() {
  const narrow = useMediaQuery('(max-width: 900px)');
  const itemsAt = (foot: boolean) =>
    navItems
      .filter(({ page }) => atTheFoot.has(page) === foot)
      .map((item) => <RailItem key={item.page} item={item} narrow={narrow} />);
  return (
    <nav className={classes.rail} aria-label="Main">
      <div className={classes.brand}>
        <Logo />
        <span>Cleave</span>
      </div>
      {itemsAt(false)}
      <div className={classes.spring} />
      {itemsAt(true)}
    </nav>
  );
}

function RailItem({ item, narrow }: { item: NavItem; narrow: boolean }) {
  const here = useRoute((state) => railPageOf(state.route.page) === item.page);
  const running = useRun((state) => state.active) && item.page === 'run';
  const Icon = item.icon;
  const link = (
    <a className={classes.item} href={formatHash(item.route)} aria-current={here ? 'page' : undefined}>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <span className={classes.label}>{item.label}</span>
      {running ? <span className={classes.active} role="img" aria-label="a run is active" /> : null}
    </a>
  );
  if (!narrow) return link;
  return (
    <Tooltip label={item.label} position="right">
      {link}
    </Tooltip>
  );
}
