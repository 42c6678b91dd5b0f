import { Button } from '../ui/button';

type Props = {
  action: string /** "the move of web-9" */;
  what: string;
  onSkip: (action: string, what: string) => void;
};

/** Skips an action that is left out already, without a start. */
export const SkipButton = ({ action, what, onSkip }: Props) => (
  <Button onClick={() => onSkip(action, what)}>
    Skip for good…<span className="visually-hidden"> {what}</span>
  </Button>
);
