extension ScorePage {
  /// How the page looks, on a screen by day and by night, and on paper.
  static let style = """
    :root { color-scheme: light dark; --ink: #1d2126; --soft: #68717c; --line: #d9dde2;
      --paper: #ffffff; --accent: #1f6fb2; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e9ed; --soft: #9aa4af; --line: #3a424b; --paper: #15181c; --accent: #6db3f2; }
    }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
    h1 { font-size: 1.7rem; margin: 0; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
    .note, figcaption { color: var(--soft); font-size: .875rem; }
    .question { font-style: italic; }
    figure { margin: 1.25rem 0; }
    svg { display: block; width: 100%; max-width: 34rem; height: auto;
      font: 12px system-ui, sans-serif; }
    svg text { fill: var(--ink); }
    svg .tick, svg .count { fill: var(--soft); font-size: 11px; }
    svg .middle { text-anchor: middle; }
    svg .grid { stroke: var(--line); }
    svg .mark { stroke: var(--ink); stroke-dasharray: 5 4; }
    svg .thin { stroke: var(--accent); stroke-width: 2; }
    svg .thick { stroke: var(--accent); stroke-width: 7; stroke-linecap: round; opacity: .45; }
    svg .dot, svg .bar { fill: var(--accent); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .8125rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right;
      vertical-align: bottom; }
    td, th[scope="row"] { white-space: nowrap; }
    th:first-child { text-align: left; }
    thead th { color: var(--soft); font-weight: 500; }
    .confusion td { padding: 1px; border: 0; }
    .cell { display: block; min-width: 1.6rem; padding: .3rem .4rem; text-align: center;
      background: color-mix(in srgb, var(--accent) calc(var(--part) * 75%), transparent); }
    summary { cursor: pointer; margin: 1rem 0; }
    @media print { main { max-width: none; } .wide { overflow: visible; }
      table { font-size: .5625rem; } }
    """
}
