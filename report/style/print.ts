/** Paper: A4, nothing cut in two, nothing to click. */
export const printCss = `
@page{size:A4;margin:14mm 13mm 16mm}
@media print{
.cleave-report{padding:0;font-size:10.5pt}
.cleave-report,.cleave-report *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.cr-contents{display:none}
.cr-section{margin-top:26px}
.cleave-report h2,.cleave-report h3,.cleave-report h4,.cr-lead,.cr-claim,.cr-legend,.cr-fold summary,.cleave-report figcaption,.cr-table caption{break-after:avoid}
.cleave-report tr,.cr-chart,.cr-card,.cr-entries,.cr-lead,.cr-claim,.cr-ledger,.cr-fault li{break-inside:avoid}
.cr-scroll{overflow:visible}
.cr-table{font-size:8.4pt}.cr-table th,.cr-table td{padding-right:8px}
.cr-matrix{font-size:8pt;break-inside:avoid}
.cr-matrices{grid-template-columns:repeat(auto-fit,minmax(calc(90px + var(--cr-columns)*66px),1fr))}
.cr-matrix td{min-width:0}
.cr-cards{grid-template-columns:repeat(2,1fr)}
.cr-stories{grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:8px 14px}
.cr-definitions{grid-template-columns:1fr 1fr}
.cr-fold:not([open]){display:none}
.cr-fold summary{list-style:none}
}
`;
