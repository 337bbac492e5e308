import {
  IconActivity,
  IconBook2,
  IconBox,
  IconCompass,
  IconFlask,
  IconHistory,
  IconLayoutGrid,
  IconScale,
  IconSettings,
} from '@tabler/icons-react';
import type { PageName, Route } from '../shared/router.ts';

export interface NavItem {
  label: string;
  icon: typeof IconActivity;
  route: Route;
  /** Other pages that belong to it. */
  covers: readonly PageName[];
  /** Shortcut with the command key, as a digit. */
  digit: string;
}

/** The pages of the rail, in order. */
export const navItems: readonly NavItem[] = [
  { label: 'Scenarios', icon: IconLayoutGrid, route: { page: 'home' }, covers: ['home', 'sample'], digit: '1' },
  { label: 'Explore', icon: IconCompass, route: { page: 'explore' }, covers: ['explore'], digit: '2' },
  { label: 'Cuts', icon: IconBox, route: { page: 'topologies', name: null }, covers: ['topologies'], digit: '3' },
  {
    label: 'Experiments',
    icon: IconFlask,
    route: { page: 'experiments' },
    covers: ['experiments', 'experiment'],
    digit: '4',
  },
  { label: 'Live run', icon: IconActivity, route: { page: 'run' }, covers: ['run'], digit: '5' },
  {
    label: 'History',
    icon: IconHistory,
    route: { page: 'history' },
    covers: ['history', 'result', 'trash'],
    digit: '6',
  },
  {
    label: 'Compare',
    icon: IconScale,
    route: { page: 'compare', first: null, second: null },
    covers: ['compare'],
    digit: '7',
  },
];
export const glossaryItem: NavItem = {
  label: 'Glossary',
  icon: IconBook2,
  route: { page: 'glossary' },
  covers: ['glossary'],
  digit: '8',
};
export const settingsItem: NavItem = {
  label: 'Settings',
  icon: IconSettings,
  route: { page: 'settings' },
  covers: ['settings'],
  digit: ',',
};
