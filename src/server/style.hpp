#pragma once
/// The style of the pages: the colours and letters of the report page (web/figures/src/page.css).

#include <string_view>

namespace stave {

inline constexpr std::string_view page_style = R"css(:root {
  --page: #ffffff; --panel: #f4f5f3; --ink: #16202a; --ink-soft: #55616c; --grid: #e3e6e6;
  --rule: #7a858e; --link: #0f5685; --short: #c4500a; --alarm: #b3261e; color-scheme: light dark;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #12181e; --panel: #1b232b; --ink: #e9edf0; --ink-soft: #a7b3bd; --grid: #27313a;
    --rule: #6a7883; --link: #7cc0ee; --short: #ff9a5a; --alarm: #ff7b6e;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 1180px; margin: 0 auto; padding: 0 32px 64px; background: var(--page);
  color: var(--ink); overflow-wrap: break-word; -webkit-text-size-adjust: 100%;
  font: 16px/1.55 Inter, 'Source Sans 3', 'Segoe UI', -apple-system, Roboto, 'Noto Sans',
    'Liberation Sans', Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
}
a { color: var(--link); text-underline-offset: 2px; }
:focus-visible { outline: 2.5px solid var(--link); outline-offset: 2px; border-radius: 2px; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between;
  padding: 16px 0; border-bottom: 1px solid var(--grid); }
header a { font-weight: 700; font-size: 18px; color: var(--ink); text-decoration: none; }
header a + a { font-weight: 400; font-size: 15px; color: var(--link); }
h1 { max-width: 24em; margin: 36px 0 10px; font-size: clamp(26px, 4.4vw, 40px); line-height: 1.12;
  letter-spacing: -0.022em; }
h2 { position: relative; margin: 48px 0 8px; padding-top: 14px; font-size: 22px; line-height: 1.25; }
h2::before { content: ''; position: absolute; top: 0; left: 0; width: 38px; height: 5px;
  background: var(--short); }
.soft { max-width: 46em; color: var(--ink-soft); }
.alarm { max-width: 46em; padding: 12px 16px; border-left: 4px solid var(--alarm);
  background: var(--panel); }
.scroller { overflow-x: auto; }
table { min-width: 100%; border-collapse: collapse; font-size: 14.5px; line-height: 1.4;
  font-variant-numeric: tabular-nums; }
th { padding: 6px 14px 6px 0; border-bottom: 1.5px solid var(--ink); text-align: left;
  font-size: 13px; }
td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
.number { text-align: right; }
td.number { white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(7em, 12em) 1fr; margin: 16px 0; }
dt, dd { margin: 0; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--grid); }
dt { color: var(--ink-soft); }
label { display: block; max-width: 40em; margin: 16px 0 0; font-weight: 600; }
label small { display: block; color: var(--ink-soft); font-weight: 400; font-size: 14px; }
input, select, textarea { display: block; width: 100%; max-width: 28em; margin-top: 4px; padding: 7px 9px;
  border: 1px solid var(--rule); border-radius: 4px; background: var(--page); color: var(--ink);
  font: inherit; font-weight: 400; }
textarea { min-height: 8em; max-width: 40em; font-family: monospace; }
button { margin: 18px 8px 0 0; padding: 7px 16px; border: 1px solid var(--rule);
  border-radius: 4px; background: none; color: var(--link); font: inherit; cursor: pointer; }
button.first { border-color: var(--link); background: var(--link); color: var(--page); }
progress { width: 100%; max-width: 28em; height: 14px; accent-color: var(--link); }
.search { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: end; }
.search label { flex: 1 1 14em; max-width: 28em; margin: 0; }
@media (max-width: 540px) {
  body { padding: 0 16px 48px; }
  h1 { margin-top: 24px; }
  dl { grid-template-columns: 1fr; }
  dt { padding-bottom: 0; border: 0; }
}
)css";

}  // namespace stave
