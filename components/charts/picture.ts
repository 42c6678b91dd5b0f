import { Chart, type ChartConfiguration } from 'chart.js';
import type { LoadLimits } from '@/lib/domain/cluster/levels';
import './register';
import { formatPercent } from '@/lib/format';
import { type Look, readLook } from './colours';
import { makeDistribution } from './distribution';
import { makeDumbbell } from './dumbbell';
import { type Frame, layOutFrame } from './frame';
import { DISTRIBUTION_HEIGHT, dumbbellHeight, FEWEST_FOR_DISTRIBUTION, type HostLoad } from './host-loads';

/** px, before the two of each that a picture has. */
const WIDTH = 960;
const MARGIN = 24;
const HEAD = 92;
const SCALE = 2;

export type Picture = {
  title: string;
  /** Region, audit and time. */
  caption: string;
  loads: HostLoad[];
  rows: HostLoad[];
  limits: LoadLimits;
};

/** The chart as a PNG of twice the pixels, on the surface of the present theme. */
export async function drawPicture({ title, caption, loads, rows, limits }: Picture): Promise<Blob> {
  const look = readLook();
  const inner = WIDTH - 2 * MARGIN;
  const frame = layOutFrame({ loads, rows, limits, look, width: inner, narrow: false });
  const distribution = loads.length >= FEWEST_FOR_DISTRIBUTION ? DISTRIBUTION_HEIGHT : 0;
  const height = HEAD + distribution + dumbbellHeight(rows.length) + MARGIN;
  const canvas = newCanvas(WIDTH, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  context.scale(SCALE, SCALE);
  context.fillStyle = look.colours.surface;
  context.fillRect(0, 0, WIDTH, height);
  drawHead(context, title, caption, frame);
  if (distribution > 0) {
    const part = drawChart(makeDistribution(loads, frame), inner, distribution);
    context.drawImage(part, MARGIN, HEAD, inner, distribution);
  }
  const part = drawChart(makeDumbbell(rows, frame, SCALE), inner, dumbbellHeight(rows.length));
  context.drawImage(part, MARGIN, HEAD + distribution, inner, dumbbellHeight(rows.length));
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))), 'image/png');
  });
}

function newCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  return canvas;
}

function drawChart<Data extends unknown[]>(
  config: ChartConfiguration<'line', Data, string>,
  width: number,
  height: number,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const chart = new Chart(canvas, {
    ...config,
    options: { ...config.options, responsive: false, devicePixelRatio: SCALE },
  });
  const copy = newCanvas(width, height);
  copy.getContext('2d')?.drawImage(canvas, 0, 0, copy.width, copy.height);
  chart.destroy();
  return copy;
}

function drawHead(context: CanvasRenderingContext2D, title: string, caption: string, frame: Frame): void {
  const { look, limits, mean } = frame;
  const { colours, text } = look;
  context.textBaseline = 'alphabetic';
  context.fillStyle = colours.ink;
  context.font = `600 16px ${text}`;
  context.fillText(title, MARGIN, MARGIN + 14);
  context.fillStyle = colours.ink2;
  context.font = `13px ${text}`;
  context.fillText(caption, MARGIN, MARGIN + 36, WIDTH - 2 * MARGIN);
  let x = MARGIN;
  const y = MARGIN + 56;
  const entry = (name: string, mark: (at: number) => void) => {
    context.save();
    mark(x);
    context.restore();
    context.fillStyle = colours.ink2;
    context.font = `12px ${text}`;
    context.fillText(name, x + 20, y + 4);
    x += 20 + context.measureText(name).width + 18;
  };
  entry('now', (at) => drawDot(context, at + 6, y, look, false));
  entry('after the plan', (at) => drawDot(context, at + 6, y, look, true));
  entry(`mean ${formatPercent(mean, 0)}`, (at) => drawDash(context, at, y, colours.ink3, [1.5, 3]));
  entry(`warm ${formatPercent(limits.warm, 0)}`, (at) => drawDash(context, at, y, colours.warm, [4, 3]));
  entry(`hot ${formatPercent(limits.hot, 0)}`, (at) => drawDash(context, at, y, colours.hot, [4, 3]));
}

function drawDot(context: CanvasRenderingContext2D, x: number, y: number, { colours }: Look, filled: boolean): void {
  context.beginPath();
  context.arc(x, y, 4.5, 0, 2 * Math.PI);
  context.lineWidth = 1.75;
  context.strokeStyle = colours.now;
  context.fillStyle = colours.after;
  if (filled) context.fill();
  else context.stroke();
}

function drawDash(context: CanvasRenderingContext2D, x: number, y: number, colour: string, dash: number[]): void {
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 14, y);
  context.stroke();
}
