/** Tables and the blast-radius matrices. */
export const tableCss = `
.cr-scroll{overflow-x:auto;margin:14px 0}
.cr-table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.4}
.cr-table caption,.cr-matrix caption{text-align:left;font-weight:650;padding:0 0 6px;font-size:13.5px}
.cr-table th,.cr-table td{padding:6px 14px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--cr-line);font-weight:400}
.cr-table thead th{color:var(--cr-quiet);font-size:12px;border-bottom:1px solid var(--cr-strong-line);vertical-align:bottom;line-height:1.25}
.cr-table tbody th{font-weight:500}
.cr-table .cr-num{text-align:right;white-space:nowrap}
.cr-table thead .cr-num{white-space:normal}
.cr-table th:last-child,.cr-table td:last-child{padding-right:0}
.cr-grouped .cr-group-more th{color:transparent;font-size:0}
.cr-grouped tr:has(+.cr-group-more)>*{border-bottom-color:transparent}
.cr-findings td:nth-child(5){min-width:160px}
.cr-findings .cr-under{white-space:normal}
.cr-facts-table th:first-child{width:230px}
.cr-bar-cell{display:block;min-width:120px}
.cr-bar{display:block;height:6px;margin-top:3px;background:var(--cr-margin)}
.cr-bar span{display:block;height:6px}
.cr-raw td{font-size:12px}
.cr-matrices{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,calc(110px + var(--cr-columns)*80px)),1fr));gap:8px 24px}
.cr-matrix{table-layout:fixed;overflow-wrap:anywhere;hyphens:auto;border-collapse:separate;border-spacing:2px;width:100%;font-size:12.5px;line-height:1.25}
.cr-matrix th{text-align:left;font-weight:500;padding:3px 6px 3px 0;vertical-align:middle}
.cr-matrix thead th{font-weight:600;vertical-align:bottom;padding-left:5px;font-size:12px}
.cr-matrix thead th:first-child{width:104px;padding-left:0;font-weight:400;color:var(--cr-quiet)}
.cr-matrix td{padding:3px 4px 3px 7px;height:53px;vertical-align:top;position:relative;background:var(--cr-ground)}
.cr-matrix .cr-loss{display:block;font-weight:600}.cr-matrix .cr-slow{display:block;font-size:10.5px;color:var(--cr-quiet);white-space:nowrap}
.cr-matrix .cr-unhurt .cr-loss{font-weight:400;color:var(--cr-quiet)}
.cr-matrix .cr-hurt{background:color-mix(in srgb,var(--cr-hurt) var(--cr-strength),var(--cr-paper));box-shadow:inset 3px 0 0 var(--cr-hurt)}
.cr-matrix .cr-hurt .cr-loss,.cr-matrix .cr-hurt .cr-slow,.cr-matrix .cr-hurt .cr-need,.cr-matrix .cr-hurt .cr-surprise{color:var(--cr-ink)}
.cr-matrix .cr-cut-off{background:repeating-linear-gradient(135deg,color-mix(in srgb,var(--cr-hurt) 9%,var(--cr-paper)) 0 6px,var(--cr-paper) 6px 12px)}
.cr-need{display:block;font-size:10.5px;color:var(--cr-quiet)}
.cr-surprise{display:block;font-size:10px;letter-spacing:-.02em;font-weight:600;color:var(--cr-note)}
.cr-cannot{text-align:center;background:repeating-linear-gradient(135deg,var(--cr-ground) 0 6px,var(--cr-paper) 6px 12px)!important;vertical-align:middle!important;color:var(--cr-quiet);font-weight:600}
.cr-cannot span{display:inline-block;background:var(--cr-paper);padding:4px 6px}
.cr-because{display:block;max-width:22ch;margin:4px auto 0;font-weight:400}
.cr-key{font-size:13px;color:var(--cr-quiet);max-width:100ch}
.cr-log{font-size:11px;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere;margin:2px 0 8px;color:var(--cr-quiet)}
.cr-key strong{color:var(--cr-ink)}
.cr-fault ul{font-size:14px}
`;
