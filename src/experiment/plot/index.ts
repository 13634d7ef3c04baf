/** Plots of an experiment: plain data in, SVG out. Load this only to draw; see `draw.ts`. */
export { type BandPlot, type BandPoint, bandPlot, type Reference, tradePlot } from './bands.ts';
export { type LatencyPlot, latencyPlot } from './latency.ts';
export { type PhasePlot, phasePlot } from './phases.ts';
export { type SensitivityPlot, sensitivityPlot } from './sensitivity.ts';
export { type Timeline, timelinePlot } from './timeline.ts';
