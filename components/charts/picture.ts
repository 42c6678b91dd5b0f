import { Chart, type ChartType } from 'chart.js';
import type { BarChartProps } from './bar-chart';
import { drawBars } from './bars';
import type { Drawing } from './chart-canvas';
import { type DumbbellChartProps, dumbbellHeight } from './dumbbell-chart';
import { drawDumbbells } from './dumbbells';
import type { LegendEntry } from './legend';
import { type Look, readLook } from './look';

/** px, at half the size of the picture. */
const WIDTH = 960;
const MARGIN = 24;
const HEAD = 92;
/** The picture has this many pixels for each px. */
const SCALE = 2;

export type Picture = {
  title: string;
  /** Region, audit and time. */
  caption: string;
  legend: LegendEntry[];
  bars: (BarChartProps & { height: number }) | null;
  dumbbells: DumbbellChartProps;
};

/** Draws charts below each other as a PNG of 1,920 pixels, in the theme of the page. */
export async function drawPicture({ title, caption, legend, bars, dumbbells }: Picture): Promise<Blob> {
  const look = readLook();
  const [barsHeight, rowsHeight] = [bars?.height ?? 0, dumbbellHeight(dumbbells.rows.length)];
  const height = HEAD + barsHeight + rowsHeight + MARGIN;
  const canvas = newCanvas(WIDTH, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  context.scale(SCALE, SCALE);
  context.fillStyle = look.colours.surface;
  context.fillRect(0, 0, WIDTH, height);
  drawHead(context, { title, caption, legend }, look);
  if (bars) drawChart(context, drawBars(bars, look), { top: HEAD, height: barsHeight });
  const rows = drawDumbbells({ ...dumbbells, height: rowsHeight }, look);
  drawChart(context, rows, { top: HEAD + barsHeight, height: rowsHeight });
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

function drawChart<Type extends ChartType, Points>(
  context: CanvasRenderingContext2D,
  { options, ...rest }: Drawing<Type, Points>,
  { top, height }: { top: number; height: number },
): void {
  const width = WIDTH - 2 * MARGIN;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const chart = new Chart(canvas, { ...rest, options: { ...options, responsive: false, devicePixelRatio: SCALE } });
  context.drawImage(canvas, MARGIN, top, width, height);
  chart.destroy();
}

type Head = Pick<Picture, 'title' | 'caption' | 'legend'>;

function drawHead(context: CanvasRenderingContext2D, { title, caption, legend }: Head, look: Look): void {
  const { colours, text } = look;
  context.textBaseline = 'alphabetic';
  context.fillStyle = colours.ink;
  context.font = `600 16px ${text}`;
  context.fillText(title, MARGIN, MARGIN + 14);
  context.fillStyle = colours.ink2;
  context.font = `13px ${text}`;
  context.fillText(caption, MARGIN, MARGIN + 36, WIDTH - 2 * MARGIN);
  context.font = `12px ${text}`;
  let x = MARGIN;
  const y = MARGIN + 56;
  for (const { mark, name } of legend) {
    drawMark(context, mark, { x, y, look });
    context.fillStyle = colours.ink2;
    context.fillText(name, x + 20, y + 4);
    x += 20 + context.measureText(name).width + 18;
  }
}

function drawMark(
  context: CanvasRenderingContext2D,
  mark: LegendEntry['mark'],
  { x, y, look: { colours } }: { x: number; y: number; look: Look },
): void {
  context.save();
  context.beginPath();
  context.strokeStyle = {
    now: colours.now,
    after: colours.after,
    mean: colours.ink3,
    warm: colours.warm,
    hot: colours.hot,
  }[mark];
  if (mark === 'now' || mark === 'after') {
    context.arc(x + 6, y, 4.5, 0, 2 * Math.PI);
    context.lineWidth = 1.75;
    context.fillStyle = colours.after;
    if (mark === 'after') context.fill();
    else context.stroke();
  } else {
    context.lineWidth = 1.5;
    context.setLineDash(mark === 'mean' ? [1.5, 3] : [4, 3]);
    context.moveTo(x, y);
    context.lineTo(x + 14, y);
    context.stroke();
  }
  context.restore();
}
