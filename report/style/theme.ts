import { colorVariables } from '../colors.ts';

const light = `
--cr-paper:#ffffff;--cr-ground:#f6f7f9;--cr-ink:#1a2230;--cr-quiet:#566072;--cr-faint:#626c7d;--cr-line:#dfe3ea;--cr-strong-line:#b9c1ce;
--cr-noise:#dfe4ec;--cr-margin:#edf0f5;--cr-hurt:#b8321f;--cr-accent:#1f4e79;--cr-note:#7a5200;--cr-fault:#f3e3c3;color-scheme:light;`;
const dark = `
--cr-paper:#14181f;--cr-ground:#1b2029;--cr-ink:#e6eaf1;--cr-quiet:#a7b0bf;--cr-faint:#97a1b2;--cr-line:#2d3542;--cr-strong-line:#4a5567;
--cr-noise:#303a4a;--cr-margin:#252d39;--cr-hurt:#e0604c;--cr-accent:#8fc0ea;--cr-note:#e5bb62;--cr-fault:#43371d;color-scheme:dark;`;

/** The colours of both themes; `data-theme` decides, else the reader's system. */
export const themeCss = `
.cleave-report{${light}${colorVariables('light')}}
@media (prefers-color-scheme:dark){.cleave-report:not([data-theme="light"]){${dark}${colorVariables('dark')}}}
.cleave-report[data-theme="dark"]{${dark}${colorVariables('dark')}}
@media print{.cleave-report,.cleave-report:not([data-theme="light"]),.cleave-report[data-theme="dark"]{${light}${colorVariables('light')}}}
`;
