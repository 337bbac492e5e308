/** Paper: A4, nothing cut in two, nothing to click. */
export const printCss = `
.cr-annex{display:none}
@page{size:A4;margin:14mm 13mm 16mm}
@media print{
.cleave-report{padding:0;font-size:10.5pt;zoom:.92}
.cleave-report,.cleave-report *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.cr-contents{display:none}
.cr-annex{display:block;break-before:page}
.cleave-report thead{display:table-header-group}
.cleave-report th,.cleave-report td{overflow-wrap:normal;word-break:normal;hyphens:manual}
.cleave-report p,.cleave-report li,.cleave-report dd{orphans:3;widows:3}
.cr-section{margin-top:26px}
.cleave-report h2,.cleave-report h3,.cleave-report h4,.cr-lead,.cr-claim,.cr-legend,.cr-key,.cr-fold summary,.cleave-report thead,.cleave-report thead tr,.cleave-report figcaption,.cr-table caption{break-after:avoid}
.cleave-report tr,.cr-chart,.cr-card,.cr-entries,.cr-lead,.cr-claim,.cr-ledger,.cr-fault li{break-inside:avoid}
.cr-scroll{overflow:visible}
.cr-table{font-size:7.8pt}.cr-table th,.cr-table td{padding-right:5px}
.cr-table thead th,.cr-table .cr-under{font-size:7pt;line-height:1.25}
.cr-raw th,.cr-raw td{padding-right:3px}
.cr-table thead .cr-variant{white-space:normal;overflow-wrap:anywhere}
.cr-findings td:first-child,.cr-findings th:first-child{min-width:104px}
.cr-findings td:nth-child(5){min-width:0}.cr-findings td:nth-child(5) svg{width:104px;height:auto}
.cr-term{text-decoration:none}
.cr-matrix{font-size:7.6pt;break-inside:avoid}
.cr-matrices{grid-template-columns:repeat(auto-fit,minmax(calc(90px + var(--cr-columns)*84px),1fr))}
.cr-matrix td{min-width:0}
.cr-matrix thead th{font-size:6.5pt;letter-spacing:-.02em;padding:3px 1px 3px 4px}
.cr-matrix thead th:first-child{width:80px}
.cr-cards{grid-template-columns:repeat(2,1fr)}
.cr-stories{grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:8px 14px}
.cr-definitions{grid-template-columns:1fr 1fr}
.cr-fold:not([open]){display:none}
.cr-fold summary{list-style:none}
}
`;
