import {
  IconActivity,
  IconApi,
  IconBook2,
  IconBox,
  IconCompass,
  IconDirections,
  IconFlask,
  IconHistory,
  IconLayoutGrid,
  IconQuote,
  IconScale,
  IconSettings,
} from '@tabler/icons-react';
import { pages, railPages, routeOf, type RailPage, type Route } from '../../engine/model/index.ts';

/** A page of the rail as the window shows it. */
export interface NavItem {
  page: RailPage;
  label: string;
  icon: typeof IconActivity;
  route: Route;
  /** Shortcut with the command key. */
  key: string;
}

const icons: Record<RailPage, typeof IconActivity> = {
  home: IconLayoutGrid,
  explore: IconCompass,
  topologies: IconBox,
  apis: IconApi,
  claims: IconQuote,
  decide: IconDirections,
  experiments: IconFlask,
  run: IconActivity,
  history: IconHistory,
  compare: IconScale,
  glossary: IconBook2,
  settings: IconSettings,
};

/** The pages of the rail, in order. */
export const navItems: readonly NavItem[] = railPages.map((page) => ({
  page,
  label: pages[page].title,
  icon: icons[page],
  route: routeOf(page),
  key: pages[page].key,
}));
