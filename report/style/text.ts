/** Type, spacing and the frame of the page. */
export const textCss = `
.cleave-report{background:var(--cr-paper);color:var(--cr-ink);font:15px/1.5 "Inter","Segoe UI Variable Text","Segoe UI",system-ui,-apple-system,"Helvetica Neue","DejaVu Sans",Arial,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%;padding:40px 32px 64px;box-sizing:border-box}
.cleave-report *{box-sizing:border-box}
.cleave-report>*{max-width:1104px;margin-left:auto;margin-right:auto}
.cleave-report h1{font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:4px 0 14px;text-wrap:balance}
.cleave-report h2{font-size:20px;line-height:1.3;font-weight:650;letter-spacing:-.008em;margin:0 0 6px}
.cleave-report h3{font-size:15px;font-weight:650;margin:26px 0 8px}
.cleave-report h4{font-size:14px;font-weight:650;margin:16px 0 2px}
.cleave-report p{margin:0 0 10px}
.cleave-report ul{margin:0 0 12px;padding-left:18px}
.cleave-report li{margin:2px 0}
.cleave-report a,.cleave-report .cr-metric{color:inherit;text-decoration:underline;text-decoration-color:var(--cr-strong-line);text-decoration-thickness:1px;text-underline-offset:3px}
.cleave-report .cr-metric{background:none;border:0;padding:0;font:inherit;cursor:pointer;text-align:left}
.cleave-report a:focus-visible,.cleave-report button:focus-visible,.cleave-report summary:focus-visible,.cleave-report .cr-scroll:focus-visible{outline:2px solid var(--cr-accent);outline-offset:2px}
.cr-eyebrow{font-size:12px;letter-spacing:.08em;text-transform:uppercase;color:var(--cr-quiet);font-weight:600}
.cr-header{padding-bottom:18px;border-bottom:2px solid var(--cr-ink)}
.cr-facts{color:var(--cr-quiet);display:flex;flex-wrap:wrap;gap:2px 0}
.cr-facts span:not(:last-child)::after{content:"\\00b7";padding:0 8px}
.cr-badges{display:flex;flex-wrap:wrap;gap:8px 20px}
.cr-notice,.cr-empty{background:var(--cr-ground);border-left:3px solid var(--cr-strong-line);padding:10px 14px}
.cr-contents{display:flex;flex-wrap:wrap;gap:4px 18px;padding:12px 0;border-bottom:1px solid var(--cr-line);font-size:13px}
.cleave-report .cr-contents a{text-decoration:none;color:var(--cr-quiet)}
.cleave-report .cr-contents a:hover{color:var(--cr-ink);text-decoration:underline}
.cr-section{margin-top:48px;scroll-margin-top:16px}
.cr-term{text-decoration:underline dotted var(--cr-quiet);text-underline-offset:3px;cursor:help}
.cr-lead{color:var(--cr-quiet);max-width:78ch;text-wrap:pretty}
.cr-legend{display:flex;flex-wrap:wrap;gap:4px 22px}
.cr-variant{display:inline-flex;align-items:center;gap:5px;font-weight:600;white-space:nowrap}
.cr-quiet{color:var(--cr-quiet);font-weight:400}.cr-faint{color:var(--cr-faint);fill:var(--cr-faint);font-weight:400}
.cr-under{display:block;color:var(--cr-quiet);font-size:12px;font-weight:400;line-height:1.35}
.cr-small{font-size:12px;color:var(--cr-quiet)}
.cr-unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.cr-verdict{display:inline-flex;align-items:center;gap:5px;font-weight:600;white-space:nowrap}
.cr-verdict-better{color:var(--cr-better)}.cr-verdict-worse{color:var(--cr-worse)}.cr-verdict-equivalent{color:var(--cr-equivalent)}.cr-verdict-inconclusive{color:var(--cr-inconclusive)}
.cr-status{white-space:nowrap;font-weight:600}
.cr-sign{display:inline-block;width:1.1em;font-weight:700}
.cr-status-good .cr-sign{color:var(--cr-better)}.cr-status-bad,.cr-status-bad .cr-sign{color:var(--cr-worse)}.cr-status-note,.cr-status-note .cr-sign{color:var(--cr-note)}.cr-status-plain{color:var(--cr-quiet)}
.cr-fold{margin:12px 0;border-top:1px solid var(--cr-line);border-bottom:1px solid var(--cr-line)}
.cr-fold+.cr-fold{margin-top:-13px}
.cr-fold summary{cursor:pointer;padding:8px 0;font-weight:600;font-size:14px}
.cr-fold-body{padding:4px 0 12px}
.cr-definitions{display:grid;grid-template-columns:repeat(auto-fill,minmax(400px,1fr));gap:14px 32px;margin:0;font-size:14px}
.cr-definitions div{scroll-margin-top:20px}
.cr-definitions div:target{outline:2px solid var(--cr-accent);outline-offset:6px}
.cr-definitions dt{font-weight:650}.cr-definitions dd{margin:0}
.cr-footer{margin-top:56px;padding-top:12px;border-top:1px solid var(--cr-line);font-size:12px;color:var(--cr-quiet)}
.cr-protocol{max-width:88ch}
@media (max-width:640px){.cleave-report{padding:20px 14px 40px}.cr-definitions{grid-template-columns:1fr}}
`;
