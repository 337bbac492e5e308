/** The opening: claims, what it costs and buys, cards. */
export const answerCss = `
.cr-answer+.cr-answer{margin-top:40px;padding-top:28px;border-top:1px solid var(--cr-line)}
.cleave-report .cr-claim{font-size:17px;line-height:1.45;font-weight:500;max-width:70ch;margin:6px 0 10px;text-wrap:pretty}
.cr-opening{display:grid;grid-template-columns:minmax(0,3fr) minmax(220px,1fr);gap:20px 36px;margin-bottom:26px;align-items:start}
@media (max-width:760px){.cr-opening{grid-template-columns:minmax(0,1fr)}}
.cleave-report .cr-trust{margin:14px 0 0;max-width:70ch}
.cr-cuts{display:grid;grid-template-columns:minmax(0,1fr);gap:16px}
.cr-cut .cr-variant,.cr-sides .cr-variant{white-space:normal;overflow-wrap:anywhere}
.cr-cut{margin:0;break-inside:avoid}.cr-cut figcaption{margin-bottom:6px}
.cr-units{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:6px}
.cr-units li{border:1.5px solid var(--cr-line);border-radius:6px;padding:4px 8px;display:flex;flex-wrap:wrap;gap:2px 10px;font-size:12px}
.cr-language{border:1px solid var(--cr-ink);border-radius:4px;padding:0 5px;font-size:11px;font-weight:650}
.cr-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:16px}
.cr-card{border:1px solid var(--cr-line);border-radius:6px;padding:14px 16px 10px;display:flex;flex-direction:column;gap:8px;break-inside:avoid}
.cr-card header{display:flex;justify-content:space-between;gap:12px;align-items:baseline}
.cleave-report .cr-card h3{margin:0;font-size:14px}
.cr-card h3 .cr-scope{display:block;font-weight:400;color:var(--cr-quiet);font-size:13px}
.cr-card .cr-metric{font-weight:650}
.cr-sides{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:end;gap:8px;margin:0}
.cr-sides dt{font-size:12px;overflow:hidden}.cr-sides dd{margin:0;font-size:21px;font-weight:600;letter-spacing:-.01em;white-space:nowrap}.cr-unit{font-size:14px;font-weight:500;color:var(--cr-quiet)}
.cleave-report .cr-card p{margin:0}
.cr-effect-line strong{font-size:16px}.cr-effect-line{font-size:13px}
.cr-card .cr-small{margin-top:auto}.cr-card .cr-chart{max-width:320px}
`;
