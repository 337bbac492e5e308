/** Drawings. */
export const chartCss = `
.cr-chart{display:block;overflow:visible;max-width:980px}.cr-small-chart{max-width:460px}
.cr-chart text{font-family:inherit}.cr-chart text:not([fill]){fill:var(--cr-ink)}
.cr-chart .cr-tick{font-size:11px}.cr-chart .cr-tick:not([fill]){fill:var(--cr-quiet)}
.cr-chart .cr-axis-title{font-size:11.5px}.cr-chart .cr-axis-title:not([fill]){fill:var(--cr-quiet)}
.cr-chart .cr-label{font-size:12.5px}
.cr-chart .cr-strong{font-weight:650}.cr-chart .cr-node-name{font-size:11px}.cr-chart .cr-edge{font-size:10.5px}
.cr-chart .cr-figures{font-variant-numeric:tabular-nums}
.cr-chart .cr-faint{fill:var(--cr-faint)}
.cr-chart .cr-halo{paint-order:stroke;stroke:var(--cr-paper);stroke-width:5px;stroke-linejoin:round}
.cr-grid{stroke:var(--cr-line);stroke-width:1}
.cr-rule{stroke:var(--cr-line);stroke-width:1}
.cr-centre{stroke:var(--cr-ink);stroke-width:1.5}
.cr-nochange{stroke:var(--cr-quiet);stroke-width:1.2}
.cr-noise-band{fill:var(--cr-noise)}.cr-margin-band{fill:var(--cr-margin)}
.cr-floor{stroke:var(--cr-ink);stroke-width:1.4;stroke-dasharray:1.5 3}
.cr-limit{stroke:var(--cr-ink);stroke-width:1.2;stroke-dasharray:4 3}
.cr-fault-span{fill:var(--cr-fault)}.cr-fault-start{stroke:var(--cr-note);stroke-width:1.5}
.cr-event{fill:var(--cr-ink)}
.cr-heat-ground{fill:var(--cr-ground)}.cr-heat{fill:var(--cr-hurt)}
.cr-node{fill:var(--cr-paper);stroke:var(--cr-strong-line);stroke-width:1.2}
.cr-stories{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:12px 24px}
.cleave-report figure{margin:0;break-inside:avoid}
.cr-graph{margin:18px 0!important}
.cleave-report figcaption{margin-bottom:6px}
`;
