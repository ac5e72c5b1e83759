"use strict";
const specs = JSON.parse(document.getElementById("specs").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
function theme() {
  const style = getComputedStyle(document.documentElement);
  const [text, quiet, line] = ["--text", "--quiet", "--line"].map(name => style.getPropertyValue(name).trim());
  return {
    background: "transparent",
    font: "system-ui, sans-serif",
    view: { stroke: null },
    axis: { labelColor: text, titleColor: quiet, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    legend: { labelColor: text, titleColor: quiet, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" },
    mark: { color: "#4c8dd6" },
    range: { heatmap: dark.matches ? ["#1f3550", "#9cc9ff"] : ["#d6e6f8", "#0f4c8f"] }
  };
}
async function draw() {
  const charts = [...document.querySelectorAll(".chart")];
  await Promise.all(charts.map(chart => vegaEmbed(chart, specs[chart.dataset.figure],
    { renderer: "svg", actions: false, config: theme(), ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true } })));
  document.documentElement.dataset.drawn = "true";
}
dark.addEventListener("change", draw);
draw();
