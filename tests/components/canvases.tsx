/** Stands in for react-chartjs-2, since happy-dom draws no canvas: a chart is its text alternative here. */
export const Chart = ({ 'aria-label': label }: { 'aria-label'?: string }) => <span role="img" aria-label={label} />;
