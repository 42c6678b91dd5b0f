import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';

/** The parts of chart.js that are used; nothing else is shipped. */
Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);
