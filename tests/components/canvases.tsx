/** Replaces react-chartjs-2 with the text alternative of a chart, since happy-dom has no canvas. */
export const Chart = ({ 'aria-label': label }: { 'aria-label'?: string }) => <span role="img" aria-label={label} />;
