/** Colours and type of a chart, read from the same CSS variables as the rest of the window. */
export function chartTheme(): Record<string, unknown> {
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string): string => style.getPropertyValue(name).trim();
  const ink = variable('--ink');
  const muted = variable('--ink-muted');
  const line = variable('--line');
  // ECharts writes the family into an attribute of exported SVG, where a double quote would end it.
  const sans = variable('--sans').replaceAll('"', "'");
  const axis = {
    axisLine: { show: true, lineStyle: { color: variable('--line-strong') } },
    axisTick: { lineStyle: { color: variable('--line-strong') } },
    axisLabel: { color: muted, fontSize: 12 },
    splitLine: { lineStyle: { color: line } },
    nameTextStyle: { color: muted, fontSize: 12 },
  };
  return {
    color: seriesColours(),
    backgroundColor: 'transparent',
    textStyle: { color: ink, fontFamily: sans },
    valueAxis: { ...axis, axisLine: { show: false }, axisTick: { show: false } },
    logAxis: axis,
    timeAxis: { ...axis, splitLine: { show: false } },
    categoryAxis: { ...axis, splitLine: { show: false } },
    legend: { textStyle: { color: ink } },
    tooltip: {
      backgroundColor: variable('--surface'),
      borderColor: variable('--line-strong'),
      textStyle: { color: ink, fontSize: 12 },
      axisPointer: { lineStyle: { color: muted }, crossStyle: { color: muted } },
    },
    dataZoom: {
      borderColor: variable('--line-strong'),
      textStyle: { color: muted },
      handleStyle: { color: variable('--surface'), borderColor: variable('--accent') },
      fillerColor: variable('--selected'),
    },
  };
}

/** For words beside lines: plain ink, without the halo that ECharts would draw around them. */
export function plainLabel(): { readonly color: string; readonly textBorderWidth: number } {
  const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
  return { color: ink, textBorderWidth: 0 };
}

/** The label colours in order, for series. */
export function seriesColours(): readonly string[] {
  const style = getComputedStyle(document.documentElement);
  return Array.from({ length: 8 }, (_, index) => style.getPropertyValue(`--label-${index + 1}`).trim());
}
