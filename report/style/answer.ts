/** The opening: claims, what it costs and buys, cards. */
export const answerCss = `
.cr-answer+.cr-answer{margin-top:40px;padding-top:28px;border-top:1px solid var(--cr-line)}
.cleave-report .cr-claim{font-size:19px;line-height:1.4;font-weight:500;max-width:60ch;margin:6px 0 16px;text-wrap:pretty}
.cr-ledger{display:grid;grid-template-columns:repeat(auto-fit,minmax(236px,1fr));gap:20px 28px;margin-bottom:26px}
.cr-entries{border-top:3px solid;padding-top:8px}
.cr-entries-worse{border-color:var(--cr-worse)}.cr-entries-better{border-color:var(--cr-better)}.cr-entries-equivalent{border-color:var(--cr-equivalent)}.cr-entries-inconclusive{border-color:var(--cr-inconclusive);border-top-style:dashed}
.cleave-report .cr-entries h3{margin:0 0 4px}
.cr-entries ul{list-style:none;padding:0}
.cr-entries li{padding:3px 0}
.cr-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:16px}
.cr-card{border:1px solid var(--cr-line);border-radius:6px;padding:14px 16px 10px;display:flex;flex-direction:column;gap:8px;break-inside:avoid}
.cr-card header{display:flex;justify-content:space-between;gap:12px;align-items:baseline}
.cleave-report .cr-card h3{margin:0;font-size:14px}
.cr-card h3 .cr-scope{display:block;font-weight:400;color:var(--cr-quiet);font-size:13px}
.cr-card .cr-metric{font-weight:650}
.cr-sides{display:grid;grid-template-columns:1fr 1fr;gap:8px;margin:0}
.cr-sides dt{font-size:12px;overflow:hidden}.cr-sides dd{margin:0;font-size:21px;font-weight:600;letter-spacing:-.01em;white-space:nowrap}.cr-unit{font-size:14px;font-weight:500;color:var(--cr-quiet)}
.cleave-report .cr-card p{margin:0}
.cr-effect-line strong{font-size:16px}.cr-effect-line{font-size:13px}
.cr-card .cr-small{margin-top:auto}.cr-card .cr-chart{max-width:320px}
`;
